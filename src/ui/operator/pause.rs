//! May the application be paused, by these very steps?

use super::interview::Interview;
use super::shell::command_line;
use crate::domain::question::Answer;
use crate::domain::runbook::{Check, PauseItem, Step};
use crate::ui::line::{Line, Paint};

/// Shows the exact steps and asks.
pub(super) fn ask(interview: &mut Interview<'_>) -> Option<Answer> {
    let brief = interview.brief;
    let mut facts = vec![
        Line::fact("cluster", Paint::Strong, &brief.cluster),
        Line::fact(
            "lost",
            Paint::Plain,
            "no data; the application stands still until it is resumed",
        ),
        Line::fact(
            "possible",
            Paint::Plain,
            "as long as you like, but the target keeps getting older",
        ),
        Line::fact(
            "no",
            Paint::Plain,
            "nothing is paused, nothing is changed, the run ends",
        ),
    ];
    facts.extend(brief.items.iter().flat_map(steps));
    if brief.items.is_empty() {
        facts.push(Line::at(2).paint(
            Paint::Warn,
            "The runbook names nothing to pause: whatever writes goes on writing.",
        ));
    }
    interview.head("Pause the application?", facts);
    Some(if interview.yes()? {
        Answer::Agreed
    } else {
        Answer::Declined
    })
}

fn steps(item: &PauseItem) -> Vec<Line> {
    let mut lines = vec![Line::at(2).paint(Paint::Strong, &item.name)];
    match &item.pause {
        Step::Command(command) => lines.push(Line::command(4, Paint::Plain, &command_line(&command.argv))),
        Step::Manual { instruction } => lines.push(Line::at(4).text(&format!("by you: {instruction}"))),
    }
    lines.extend(item.paused.as_ref().map(seen_by));
    lines
}

fn seen_by(check: &Check) -> Line {
    let how = match check {
        Check::Command(command) => command_line(&command.argv),
        Check::Http {
            url,
            status,
            contains,
            timeout_s: _,
        } => {
            let contains = contains
                .as_ref()
                .map(|text| format!(" with \"{text}\""))
                .unwrap_or_default();
            format!("GET {url} answers {status}{contains}")
        }
        Check::Question { text } => format!("you are asked: {text}"),
    };
    Line::at(4).paint(Paint::Dim, &format!("checked by: {how}"))
}
