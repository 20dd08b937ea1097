//! Steps of the application: the exact command, and what it came to.

use super::super::line::{Line, Paint};
use super::super::style::Style;
use super::tick;
use crate::domain::effect::Way;
use crate::domain::notice::{Doer, Proof, StepResult};

/// A step that begins.
pub(super) fn begun(item: &str, way: Way, how: &str, by: Doer) -> Vec<Line> {
    let verb = match (way, by) {
        (Way::Pause, Doer::Aws) => "taking",
        (Way::Pause, Doer::Command | Doer::Person) => "pausing",
        (Way::Resume, _) => "resuming",
    };
    let how = match by {
        Doer::Command => Line::command(4, Paint::Dim, how),
        Doer::Aws => Line::at(4).paint(Paint::Dim, how),
        Doer::Person => Line::at(4).text(&format!("by a person: {how}")),
    };
    vec![Line::at(2).text(&format!("{verb} {item}")), how]
}

/// A step that ended, or an item that was looked at.
pub(super) fn ended(item: &str, way: Way, by: Doer, result: &StepResult, style: &Style) -> Vec<Line> {
    if result.well && result.proof == Proof::Ran {
        // Whether it did what it should is seen by the check that comes next.
        return vec![Line::at(4).paint(Paint::Dim, &format!("{item}: {}", result.how))];
    }
    let (done, paint) = match (way, result.well) {
        (Way::Pause, true) if by == Doer::Aws => ("is taken", Paint::Good),
        (Way::Pause, false) if by == Doer::Aws => ("is NOT known to be taken", Paint::Bad),
        (Way::Pause, true) => ("is paused", Paint::Good),
        (Way::Pause, false) => ("is NOT known to be paused", Paint::Bad),
        (Way::Resume, true) => ("is open again", Paint::Good),
        (Way::Resume, false) => ("is NOT known to be open again", Paint::Bad),
    };
    let unseen = match (result.well, result.proof) {
        (true, Proof::Unseen) => "; the runbook names no check of it",
        (true | false, Proof::Ran | Proof::Seen | Proof::Unseen) => "",
    };
    vec![
        Line::at(2)
            .hang(4)
            .paint(paint, tick(result.well, style))
            .paint(paint, &format!("{item} {done}"))
            .text(&format!(": {}{unseen}", result.how)),
    ]
}
