//! The fleet for people: a table that fits, worst first, and the figures with what each means.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdout};

use chrono::{DateTime, SecondsFormat, Utc};

use crate::cli::args::Global;
use crate::domain::known::Known;
use crate::domain::mode::Mode;
use crate::domain::posture::Verdict;
use crate::domain::posture::fleet::{Cause, Kpi, Money, Reading, Remedy, Row, Share};
use crate::posture::{counted, hours, impact, money, needed, recovery, what};
use crate::ui::{Device, Line, Paint, Style, Surroundings, lay, table};

/// Rows without -v: more are not read.
const SHOWN: usize = 30;
/// Columns in which every cell has room.
const ROOM_FOR_ALL: usize = 110;

/// Everything, row by row.
pub(super) fn rows(
    rows: &[Row],
    readings: &[Reading],
    kpi: &Kpi,
    at: DateTime<Utc>,
    global: &Global,
) -> Vec<String> {
    let style = style(global);
    let mut out = Vec::new();
    let (shown, left) = shown(rows, style.verbose);
    if !shown.is_empty() {
        out.extend(cells(&shown, readings, &style).lines().map(str::to_owned));
    }
    let mut lines = Vec::new();
    if left > 0 {
        lines.push(Line::at(0).text(&format!(
            "{left} more clusters have nothing to do, cannot have Backtrack or rank lower: -v lists them, with reasons and remedies"
        )));
    }
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

fn style(global: &Global) -> Style {
    let around = Surroundings::of_stderr();
    let terminal = stdout().is_terminal();
    let around = Surroundings {
        terminal,
        columns: around.columns.filter(|_| terminal),
        ..around
    };
    Style {
        device: Device::Screen,
        ..Style::decide(global.color.into(), &around, Mode::Live, global.verbose > 0)
    }
}

/// What there is something to say of, and how many are left out.
fn shown(rows: &[Row], all: bool) -> (Vec<&Row>, usize) {
    let quiet = |row: &&Row| {
        let fine = row.verdict == Verdict::Ok && row.rewindable_now == Some(true) && what(row).is_empty();
        !fine && row.verdict != Verdict::NotApplicable
    };
    let shown: Vec<&Row> = if all {
        rows.iter().collect()
    } else {
        rows.iter().filter(quiet).take(SHOWN).collect()
    };
    let left = rows.len() - shown.len();
    (shown, left)
}

fn cells(rows: &[&Row], readings: &[Reading], style: &Style) -> String {
    let wide = style.width >= ROOM_FOR_ALL;
    let several = readings.len() > 1;
    // A narrow table says where a cluster is below its name, and only where that is not the usual place.
    let usual = usual_region(rows).filter(|_| several && !wide);
    let mut heads = vec!["cluster", "verdict", "reach", "now"];
    if several && wide {
        heads.push("region");
    }
    if wide {
        heads.extend(["$/month", "owner"]);
    }
    heads.push("what to know");
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let cluster = &row.cluster;
            let elsewhere = usual.is_some_and(|usual| usual != cluster.region);
            let below = if elsewhere {
                format!("\n  {}", cluster.region)
            } else {
                String::new()
            };
            let now = match row.rewindable_now {
                Some(true) => "yes",
                Some(false) => "no",
                None => "?",
            };
            let mut cells = vec![
                format!("{}{below}", cluster.id),
                row.verdict.as_str().replace('_', " "),
                reach(row),
                now.to_owned(),
            ];
            if several && wide {
                cells.push(cluster.region.clone());
            }
            if wide {
                cells.push(row.cost.map_or_else(String::new, Money::text));
                cells.push(row.owner.clone().unwrap_or_default());
            }
            cells.push(what(row).join(", "));
            cells
        })
        .collect();
    let place = usual.map_or_else(String::new, |usual| {
        format!("in {usual}, where no Region stands below:\n")
    });
    format!("{place}{}", table(&heads, &cells, style.width))
}

/// Where most of the rows are.
fn usual_region<'r>(rows: &[&'r Row]) -> Option<&'r str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.cluster.region.as_str()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(region, _)| region)
}

/// `20h of 72h`: as narrow as it can be.
fn reach(row: &Row) -> String {
    let short = |seconds| hours(seconds).replace("min", "m").replace(' ', "");
    let Some(target) = row.reach.target_s.filter(|seconds| *seconds > 0) else {
        return "-".to_owned();
    };
    match row.reach.back_s().map(short) {
        Some(actual) if actual == short(target) => actual,
        Some(actual) => format!("{actual} of {}", short(target)),
        None => format!("? of {}", short(target)),
    }
}

/// All that is known of one, with -v.
fn details(row: &Row) -> Vec<Line> {
    let cluster = &row.cluster;
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, &format!("{} in {}", cluster.id, cluster.region)),
        Line::at(2).text(&format!(
            "{}: {}",
            row.verdict.as_str().replace('_', " "),
            row.reason
        )),
    ];
    if let Some(why) = row.why_not.as_ref().filter(|why| **why != row.reason) {
        lines.push(Line::at(2).text(&format!("not now: {why}")));
    }
    for finding in &row.findings {
        lines.push(Line::at(2).paint(Paint::Warn, &format!("{}: {}", finding.rule, finding.message)));
        lines.extend(
            finding
                .remedy
                .iter()
                .map(|remedy| Line::typed(4, Paint::Plain, remedy)),
        );
    }
    if let Some(remedy) = &row.remedy {
        lines.push(Line::at(2).text("to do:"));
        lines.extend(steps(remedy));
    }
    for (name, why) in &row.unknown {
        lines.push(Line::at(2).paint(Paint::Dim, &format!("{name} is not known: {why}")));
    }
    lines
}

/// The remedy of the worst cluster of each cause, and how many others need the same. What can be rewound waits for -v, but
/// for a key that is lost after seven days.
fn remedies(rows: &[Row]) -> Vec<Line> {
    let mut groups: Vec<(Verdict, &Row, &Remedy, usize)> = Vec::new();
    for row in rows {
        let Some(remedy) = &row.remedy else {
            continue;
        };
        let same = |group: &&mut (Verdict, &Row, &Remedy, usize)| {
            group.0 == row.verdict && group.2.cause == remedy.cause
        };
        if let Some(group) = groups.iter_mut().find(same) {
            group.3 += 1;
        } else if row.verdict != Verdict::Ok || remedy.cause == Cause::KeyAway {
            groups.push((row.verdict, row, remedy, 0));
        }
    }
    let told = groups.into_iter().flat_map(|(verdict, row, remedy, others)| {
        let like = match others {
            0 => String::new(),
            others => format!("; {} of the same cause", counted(others, "more cluster")),
        };
        let head = format!(
            "{} ({}{like}), what AWS accepts:",
            row.cluster.id,
            verdict.as_str().replace('_', " ")
        );
        [Line::blank(), Line::at(0).text(&head)]
            .into_iter()
            .chain(steps(remedy))
    });
    told.collect()
}

/// Words, and the command after them alone on its line.
fn steps(remedy: &Remedy) -> Vec<Line> {
    let told = remedy.steps.iter().flat_map(|step| {
        let colon = if step.command.is_some() { ":" } else { "" };
        let words = Line::at(2).hang(4).text(&format!("{}{colon}", step.words));
        let command = step.command.as_ref();
        let command = command.map(|command| Line::paste(4, Paint::Strong, command));
        std::iter::once(words).chain(command)
    });
    told.collect()
}

fn figures(kpi: &Kpi, at: DateTime<Utc>) -> Vec<Line> {
    let fact = |name: &str, value: String| Line::fact(name, Paint::Plain, &value);
    let verdicts: Vec<String> = kpi
        .verdicts
        .iter()
        .map(|(verdict, count)| format!("{count} {}", verdict.replace('_', " ")))
        .collect();
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    vec![
        Line::rule(Paint::Strong, &format!("{} clusters as of {at}", kpi.clusters)),
        fact("verdicts", verdicts.join(", ")),
        fact(
            "coverage",
            format!(
                "{} that have or could have Backtrack can be rewound",
                share(kpi.coverage)
            ),
        ),
        fact(
            "right now",
            format!("{} could be rewound at this moment", share(kpi.now)),
        ),
        fact(
            &format!("at {} h", kpi.hours),
            format!(
                "{} have at least {} h within reach; of {} that is not known",
                share(kpi.at_hours),
                kpi.hours,
                kpi.reach_unknown
            ),
        ),
        fact("watched", watched(kpi.watched)),
        fact(
            "cost",
            format!(
                "{} a month for change records ({} clusters do not tell); about {} at 72 h, if records grow with the window",
                money(kpi.cost),
                kpi.cost_unknown,
                money(kpi.cost_at_72h)
            ),
        ),
        fact("recovery", told(kpi.recover_s.map(hours), &recovery(kpi))),
        fact(
            "impact",
            told(kpi.impact.map(|_| money(kpi.impact)), &impact(kpi)),
        ),
        fact("needed", told(kpi.window_needed_s.map(hours), &needed(kpi))),
    ]
}

/// A figure and what it is of; where there is none, why.
fn told(figure: Option<String>, what: &str) -> String {
    figure.map_or_else(
        || format!("not known: {what}"),
        |figure| format!("{figure} {what}"),
    )
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

fn watched(watched: Share) -> String {
    if watched.whole == 0 {
        return "not known: no alarms could be read".to_owned();
    }
    format!(
        "{} have an alarm on the window that tells somebody",
        share(watched)
    )
}

fn share(share: Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent} %: {} of {}", share.part, share.whole),
        None => "0 of 0".to_owned(),
    }
}
