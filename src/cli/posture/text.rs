//! The fleet for people: a table that fits, worst first, and the figures with what each means.

mod cells;
mod details;
mod figures;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use self::cells::cells;
use self::details::{details, remedies};
use self::figures::figures;
use crate::cli::args::Global;
use crate::domain::known::Known;
use crate::domain::mode::Mode;
use crate::domain::posture::Verdict;
use crate::domain::posture::fleet::{Kpi, Reading, Row};
use crate::posture::{counted, journals, unread, what};
use crate::ui::{Line, Paint, Style, lay};

/// Rows without -v: more are not read.
const SHOWN: usize = 30;

/// Everything, row by row.
pub(super) fn rows(
    rows: &[Row],
    readings: &[Reading],
    kpi: &Kpi,
    at: DateTime<Utc>,
    global: &Global,
) -> Vec<String> {
    let style = Style::of_stdout(global.color.into(), global.verbose > 0);
    let mut out = lay(&holes(rows, readings, kpi), "", Mode::Live, &style);
    let shown = shown(rows, style.verbose);
    if !shown.is_empty() {
        out.extend(cells(&shown, readings, &style).lines().map(str::to_owned));
    }
    let mut lines: Vec<Line> = left(rows, shown.len()).into_iter().collect();
    if style.verbose {
        lines.extend(shown.iter().flat_map(|row| details(row)));
    } else {
        lines.extend(remedies(rows));
    }
    lines.push(Line::blank());
    lines.extend(figures(kpi, at));
    lines.extend(unknown(readings));
    out.extend(lay(&lines, "", Mode::Live, &style));
    out
}

/// What is not there comes before what is.
fn holes(rows: &[Row], readings: &[Reading], kpi: &Kpi) -> Vec<Line> {
    let regions = readings.iter().filter_map(|reading| unread(reading, rows));
    let holes = regions.chain(journals(kpi));
    holes
        .map(|hole| Line::at(0).hang(2).paint(Paint::Warn, &hole))
        .collect()
}

/// Nothing is to be said of it, or to be done.
fn is_quiet(row: &Row) -> bool {
    let fine = row.verdict == Verdict::Ok && row.rewindable_now == Some(true) && what(row).is_empty();
    fine || row.verdict == Verdict::NotApplicable
}

/// What there is something to say of; with -v, everything.
fn shown(rows: &[Row], all: bool) -> Vec<&Row> {
    if all {
        rows.iter().collect()
    } else {
        rows.iter().filter(|row| !is_quiet(row)).take(SHOWN).collect()
    }
}

/// Who is left out: those that ask for something too, for which there was no room, and those that ask for nothing.
fn left(rows: &[Row], shown: usize) -> Option<Line> {
    if rows.len() == shown {
        return None;
    }
    let mut asking: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !is_quiet(row)).skip(shown) {
        *asking.entry(row.verdict.as_str()).or_default() += 1;
    }
    let quiet = rows.iter().filter(|row| is_quiet(row)).count();
    let mut said: Vec<String> = Vec::new();
    if !asking.is_empty() {
        let verdicts = asking
            .iter()
            .map(|(verdict, count)| format!("{count} {}", verdict.replace('_', " ")));
        let verdicts: Vec<String> = verdicts.collect();
        let verdicts = verdicts.join(", ");
        said.push(format!(
            "for more than {SHOWN} there is no room ({verdicts} left out)"
        ));
    }
    if quiet > 0 {
        said.push(format!(
            "{} nothing to do, or cannot have Backtrack",
            counted_with(quiet)
        ));
    }
    Some(Line::at(0).text(&format!(
        "{}: -v lists all, with reasons and remedies",
        said.join("; ")
    )))
}

/// `1 cluster has`, `2 clusters have`.
fn counted_with(number: usize) -> String {
    let verb = if number == 1 { "has" } else { "have" };
    format!("{} {verb}", counted(number, "cluster"))
}

/// What the lists beside the clusters did not tell.
fn unknown(readings: &[Reading]) -> Vec<Line> {
    let mut lines = Vec::new();
    for reading in readings {
        let around = &reading.around;
        let failed = [
            ("global databases", why(&around.globals)),
            ("upgrades", why(&around.upgrades)),
            ("alarms", why(&around.alarms)),
        ];
        for (what, why) in failed {
            lines.extend(why.map(|why| {
                let said = format!("{what} of {} are not known: {why}", reading.region);
                Line::at(0).paint(Paint::Warn, &said)
            }));
        }
    }
    lines
}

fn why<T>(known: &Known<T>) -> Option<&String> {
    match known {
        Known::Unknown(why) => Some(why),
        Known::Known(_) => None,
    }
}
