//! Whether the data is what it should be, and the way back.

use chrono::{DateTime, Utc};

use super::super::line::{Line, Paint};
use super::super::moment::full;
use super::super::style::Style;
use super::tick;
use crate::domain::target::AT_THE_LATEST;
use crate::domain::verification::Verification;

/// Widest column of names; a longer name pushes its own message on.
const NAMES: usize = 24;

/// Every comparison and probe.
pub(super) fn verification(verification: &Verification, style: &Style) -> Vec<Line> {
    let (all, failed) = (verification.results.len(), verification.failures().len());
    let title = match (all, failed) {
        (0, _) => Line::at(0).paint(
            Paint::Warn,
            "Data: nothing was verified, the runbook names no probe",
        ),
        (_, 0) => Line::at(0).paint(Paint::Good, &format!("Data: as expected ({all} of {all})")),
        (_, _) => Line::at(0).paint(
            Paint::Bad,
            &format!("Data: NOT as expected ({failed} of {all} failed)"),
        ),
    };
    let names = verification
        .results
        .iter()
        .map(|result| result.name.chars().count())
        .max()
        .unwrap_or(0)
        .min(NAMES);
    let row = |result: &crate::domain::verification::Verified| {
        let paint = if result.passed { Paint::Good } else { Paint::Bad };
        Line::at(2)
            .hang(names + 6)
            .paint(paint, tick(result.passed, style))
            .paint(
                if result.passed { Paint::Plain } else { Paint::Bad },
                &format!("{:<names$}  ", result.name),
            )
            .text(&result.message)
    };
    [Line::blank(), title]
        .into_iter()
        .chain(verification.results.iter().map(row))
        .collect()
}

/// What undoes the hop, until when, and what ends it sooner.
pub(super) fn undo(
    command: Option<&str>,
    ceiling: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    at_the_latest: bool,
) -> Vec<Line> {
    let caveat = if at_the_latest {
        AT_THE_LATEST
    } else {
        ", if the window keeps moving as it does"
    };
    let until = until.map_or_else(
        || "until: not known".to_owned(),
        |until| format!("until {}{caveat}", full(until)),
    );
    let mut lines = vec![Line::blank(), Line::at(0).paint(Paint::Strong, "The way back")];
    lines.extend(command.map(|command| Line::paste(2, Paint::Strong, command)));
    lines.extend([
        Line::fact(
            "brings back",
            Paint::Plain,
            &format!("what was discarded, up to {}", full(ceiling)),
        ),
        Line::fact("possible", Paint::Plain, &until),
        Line::fact(
            "but",
            Paint::Warn,
            "what is written after the application is opened may be lost by going back: AWS does not say. Decide before you accept.",
        ),
    ]);
    lines
}
