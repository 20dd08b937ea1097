//! Steps of the application: the exact command, and what it came to.

use super::super::line::{Line, Paint};
use super::super::style::Style;
use super::tick;
use crate::domain::effect::Way;
use crate::domain::notice::StepResult;

/// A step that begins, or ended.
pub(super) fn step(item: &str, way: Way, how: &str, result: Option<&StepResult>, style: &Style) -> Vec<Line> {
    let Some(result) = result else {
        let verb = match way {
            Way::Pause => "pausing",
            Way::Resume => "resuming",
        };
        return vec![Line::at(2).text(&format!("{verb} {item}")), exact(how)];
    };
    let (done, paint) = match (way, result.well) {
        (Way::Pause, true) => ("is paused", Paint::Good),
        (Way::Pause, false) => ("is NOT known to be paused", Paint::Bad),
        (Way::Resume, true) => ("is open again", Paint::Good),
        (Way::Resume, false) => ("is NOT known to be open again", Paint::Bad),
    };
    vec![
        Line::at(2)
            .hang(4)
            .paint(paint, tick(result.well, style))
            .paint(paint, &format!("{item} {done}"))
            .text(&format!(": {}", result.how)),
    ]
}

/// A command can be pasted; an instruction, which begins like a sentence, is read.
fn exact(how: &str) -> Line {
    if how.starts_with(char::is_uppercase) {
        Line::at(4).text(how)
    } else {
        Line::command(4, Paint::Dim, how)
    }
}
