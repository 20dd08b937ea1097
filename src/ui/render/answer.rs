//! What was asked and what was answered, in one line each: the question itself is put by the operator's prompt.

use super::super::line::{Line, Paint};
use super::super::moment::full;
use crate::domain::question::{Answer, Question};

/// A question was put.
pub(super) fn asked(question: &Question) -> Vec<Line> {
    let text = match question {
        Question::Pause => "may the application be paused?".to_owned(),
        Question::Confirm(receipt) => format!(
            "go to {}? Confirmed by `{}`",
            full(receipt.target.instant()),
            receipt.phrase()
        ),
        Question::Accept(_) => "rewound and verified: accept?".to_owned(),
        Question::Unverified(_) => "rewound, and the data is not as expected: what now?".to_owned(),
        Question::AfterFailure => "AWS gave the backtrack up: what now?".to_owned(),
        Question::Strange { what, .. } => format!("{what}: what now?"),
        Question::NoTrace => "no trace of the request was found: what now?".to_owned(),
        Question::Members { missing } => format!("go on without {}?", missing.join(", ")),
        Question::Login { why } => format!("log in again: {why}"),
    };
    vec![
        Line::at(2)
            .hang(4)
            .paint(Paint::Strong, &format!("question: {text}")),
    ]
}

/// It was answered.
pub(super) fn answered(answer: &Answer, unattended: bool) -> Vec<Line> {
    let (paint, text) = match answer {
        Answer::Agreed => (Paint::Plain, "yes".to_owned()),
        Answer::Declined => (Paint::Warn, "no".to_owned()),
        Answer::Nobody => (
            Paint::Warn,
            "there is nobody to ask; that is not a yes".to_owned(),
        ),
        Answer::Confirmed { typed } => (Paint::Plain, format!("confirmed with `{typed}`")),
        Answer::Accepted { reason } => (Paint::Plain, with_reason("accepted", reason.as_deref())),
        Answer::Hop { typed, to } => (Paint::Plain, format!("go to {} (typed: {typed})", full(*to))),
        Answer::Hold => (
            Paint::Plain,
            "leave it as it is, the application stays paused".to_owned(),
        ),
        Answer::Again => (Paint::Plain, "verify once more".to_owned()),
        Answer::GiveUp { reason } => (Paint::Warn, with_reason("give the rewind up", Some(reason))),
        Answer::Resend => (
            Paint::Plain,
            "send again, after checks and a confirmation of its own".to_owned(),
        ),
        Answer::Ours { id } => (Paint::Plain, format!("{id} is this run's own")),
    };
    let by = if unattended && *answer != Answer::Nobody {
        " (given beforehand by --yes)"
    } else {
        ""
    };
    vec![Line::at(2).hang(4).paint(paint, &format!("answer: {text}{by}"))]
}

fn with_reason(what: &str, reason: Option<&str>) -> String {
    reason.map_or_else(|| what.to_owned(), |reason| format!("{what}: \"{reason}\""))
}
