//! What a search rests on, what its probe said, what it found.

use super::super::line::{Line, Paint};
use super::super::moment::{beside, full, seconds};
use super::super::style::Style;
use super::tick;
use crate::domain::search::{Answered, Cost, Finding, Outlook, Suspect, Then, Verdict};

/// Statements that are shown one by one: a search that narrows to more says how many.
const SHOWN: usize = 8;
/// Of a statement as much as tells it from others.
const STATEMENT: usize = 200;

/// Before it begins.
pub(super) fn outlook(outlook: &Outlook) -> Vec<Line> {
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, "A search for the last good moment"),
    ];
    lines.extend(cost_facts(&outlook.cost));
    lines.push(Line::fact("assumes", Paint::Warn, outlook.assumes));
    let each = outlook.usual_s.map_or_else(
        || "unknown: no recorded run of this cluster tells how long a hop takes".to_owned(),
        |usual| {
            let whole = usual.saturating_mul(i64::from(outlook.cost.most));
            format!(
                "some {} in recorded runs, {} at most for all",
                seconds(usual),
                seconds(whole)
            )
        },
    );
    lines.push(Line::fact("time", Paint::Plain, &each));
    lines
}

/// Between what it looks, how many outages it takes, where it ends: also what the one confirmation shows.
pub(in crate::ui) fn cost_facts(cost: &Cost) -> Vec<Line> {
    let what = if cost.suspects {
        "candidates"
    } else {
        "steps of time"
    };
    let ends = match cost.then {
        Then::LastGood => "at the last good moment, verified by the runbook's probes",
        Then::Origin => "where it set out from: the data is then as it is now",
    };
    let discards = cost.discards_s().map(|most| {
        let minutes = most.div_euclid(60) + i64::from(most.rem_euclid(60) > 0);
        let text = format!(
            " at most ({minutes} min): everything since {}, where it would end at the earliest",
            full(cost.good)
        );
        Line::fact("discards", Paint::Bad, &seconds(most)).text(&text)
    });
    let mut lines = vec![
        Line::fact(
            "between",
            Paint::Strong,
            &format!(
                "{} (good) and {} (bad): {} {what}",
                full(cost.good),
                beside(cost.good, cost.bad),
                cost.among
            ),
        ),
        Line::fact(
            "outages",
            Paint::Strong,
            &format!(
                "{} at most: every hop ends all connections; the application stays paused in between",
                cost.most
            ),
        ),
    ];
    lines.extend(discards);
    lines.push(Line::fact("ends", Paint::Plain, ends));
    lines
}

/// After each answer.
pub(super) fn tried(answered: &Answered, style: &Style) -> Vec<Line> {
    let place = match answered.place {
        Some(place) => full(place),
        None => "the present".to_owned(),
    };
    let (paint, mark, word) = match answered.verdict {
        Some(Verdict::Good) => (Paint::Good, tick(true, style), "good"),
        Some(Verdict::Bad) => (Paint::Bad, tick(false, style), "bad"),
        Some(Verdict::Skip) => (Paint::Warn, "", "skip: the probe cannot tell"),
        Some(Verdict::Stop) => (Paint::Bad, "", "NO ANSWER"),
        None => (Paint::Bad, "", "not asked"),
    };
    let more = match answered.left {
        0 => "nothing more to ask".to_owned(),
        left => format!("{left} more places at most, and one hop to where it ends"),
    };
    vec![
        Line::blank(),
        Line::at(0)
            .paint(paint, mark)
            .paint(Paint::Strong, &format!("{place}: "))
            .paint(paint, word),
        Line::fact("probe", Paint::Plain, &answered.how),
        Line::fact(
            "so far",
            Paint::Plain,
            &format!(
                "good at {}, bad at {}; {more}",
                full(answered.good),
                beside(answered.good, answered.bad)
            ),
        ),
    ]
}

/// At its end.
pub(super) fn found(finding: &Finding) -> Vec<Line> {
    let title = match (&finding.stopped, finding.decided) {
        (Some(_), _) => "The search stopped without an answer",
        (None, true) => "Found",
        (None, false) => "Found, as near as the probe could tell",
    };
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, title),
        Line::fact("last good", Paint::Good, &full(finding.good)),
        Line::fact("first bad", Paint::Bad, &beside(finding.good, finding.bad)),
    ];
    lines.extend(
        finding
            .stopped
            .iter()
            .map(|why| Line::fact("stopped", Paint::Bad, why)),
    );
    let mut label = match finding.suspects.len() {
        1 => "culprit",
        _ => "one of",
    };
    for suspect in finding.suspects.iter().take(SHOWN) {
        lines.push(Line::fact(label, Paint::Strong, &statement(suspect)));
        label = "";
    }
    if finding.suspects.len() > SHOWN {
        let more = format!("and {} more", finding.suspects.len() - SHOWN);
        lines.push(Line::fact("", Paint::Plain, &more));
    }
    lines
}

fn statement(suspect: &Suspect) -> String {
    let cut: String = suspect.statement.chars().take(STATEMENT).collect();
    let rest = if cut.len() < suspect.statement.len() {
        "…"
    } else {
        ""
    };
    let place = match (&suspect.file, suspect.line) {
        (Some(file), Some(line)) => format!(" ({file}:{line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, _) => String::new(),
    };
    let at = suspect.at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    format!("{at} {cut}{rest}{place}").replace("  ", " ")
}
