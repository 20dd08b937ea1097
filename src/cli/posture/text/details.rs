//! All that is known of a cluster, and what to do about it, step by step.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain::known::Known;
use crate::domain::posture::Verdict;
use crate::domain::posture::fleet::{Cause, Remedy, Row, Step};
use crate::posture::{age, alarms, counted, hours, warned};
use crate::ui::{Line, Paint};

/// All that is known of one, with -v.
pub(super) fn details(row: &Row) -> Vec<Line> {
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
    lines.push(Line::at(2).paint(Paint::Dim, &facts(row).join("; ")));
    let warnings = warned(row);
    if !warnings.is_empty() {
        lines.push(Line::at(2).paint(Paint::Warn, &warnings.join(", ")));
    }
    for finding in &row.findings {
        lines.push(Line::at(2).paint(Paint::Warn, &format!("{}: {}", finding.gap, finding.message)));
        lines.extend(steps(&finding.remedy));
    }
    if let Some(remedy) = &row.remedy {
        lines.push(Line::at(2).text("to do:"));
        lines.extend(steps(&remedy.steps));
    }
    for (name, why) in &row.unknown {
        lines.push(Line::at(2).paint(
            Paint::Dim,
            &format!("{} not known: {why}", name.replace('_', " ")),
        ));
    }
    lines
}

/// Instants and lengths, as far as they are known.
fn facts(row: &Row) -> Vec<String> {
    let mut facts = Vec::new();
    if let (Some(earliest), Some(actual)) = (row.cluster.earliest, row.reach.actual_s) {
        facts.push(format!("earliest {}, {} back", stamp(earliest), hours(actual)));
    }
    if let (Some(created), Some(old)) = (row.cluster.created, row.reach.age_s) {
        facts.push(format!("created {}, {} ago", stamp(created), age(old)));
    }
    if let Known::Known(Some(at)) = row.upgraded {
        facts.push(format!(
            "upgraded {}: nothing before that can be reached",
            stamp(at)
        ));
    }
    match &row.last_backtrack {
        Some(Known::Known(Some(at))) => facts.push(format!("last backtrack {}", stamp(*at))),
        Some(Known::Known(None)) => facts.push("AWS lists no backtrack".to_owned()),
        // Why it is not stands below.
        Some(Known::Unknown(_)) => {}
        None => facts.push("no backtrack in the journals".to_owned()),
    }
    facts.extend(alarms(row));
    facts
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The remedy of the worst cluster of each cause, and how many others need the same. What can be rewound waits for -v, but
/// for a key that is lost after seven days.
pub(super) fn remedies(rows: &[Row]) -> Vec<Line> {
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
            .chain(steps(&remedy.steps))
    });
    told.collect()
}

/// Words, and the command after them alone on its line.
fn steps(steps: &[Step]) -> Vec<Line> {
    let told = steps.iter().flat_map(|step| {
        let colon = if step.command.is_some() { ":" } else { "" };
        let words = Line::at(2).hang(4).text(&format!("{}{colon}", step.words));
        let command = step.command.as_ref();
        let command = command.map(|command| Line::paste(4, Paint::Strong, command));
        std::iter::once(words).chain(command)
    });
    told.collect()
}
