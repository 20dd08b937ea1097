//! The last block: what happened, whether data was touched, what is still paused, what to type next.

use super::super::line::{Line, Paint};
use super::super::moment::{full, seconds};
use crate::domain::notice::OutcomeNotice;
use crate::domain::outcome::Outcome;
use crate::domain::safety_copy::LeftBehind;
use crate::domain::target::Direction;

/// The outcome.
pub(super) fn outcome(end: &OutcomeNotice) -> Vec<Line> {
    let (paint, title) = if end.copy_failed {
        (Paint::Bad, "REFUSED: the safety copy could not be made")
    } else {
        title(end.outcome)
    };
    let mut lines = vec![
        Line::blank(),
        Line::rule(
            paint,
            &format!("{title} ({}, exit {}) ", end.outcome.as_str(), end.exit),
        ),
        Line::fact("happened", Paint::Plain, &end.message),
        data(end),
        paused(end),
    ];
    lines.extend(end.left_behind.iter().flat_map(left_behind));
    if let Some(id) = &end.backtrack_id {
        lines.push(Line::fact("backtrack", Paint::Dim, id));
    }
    if !end.next.is_empty() {
        lines.push(Line::at(2).paint(Paint::Strong, "next"));
        lines.extend(end.next.iter().flat_map(|text| next(text)));
    }
    lines
}

/// Something that stays in the account until somebody takes it away, and how that is done.
fn left_behind(left: &LeftBehind) -> Vec<Line> {
    let what = if left.exists {
        let seen = left.last_seen.as_ref();
        let seen = seen.map(|status| format!(", last seen `{status}`"));
        let instance = left.instance.as_ref().map(|told| format!("; {told}"));
        let more = seen.into_iter().chain(instance).collect::<String>();
        Line::fact(
            "left",
            Paint::Strong,
            &format!("the {} {}{more}", left.what, left.id),
        )
    } else {
        let why = left.why.as_ref().map(|why| format!(" ({why})"));
        let why = why.unwrap_or_default();
        let what = format!("MAY EXIST: the {} {}{why}", left.what, left.id);
        Line::fact("left", Paint::Bad, &what)
    };
    let mut lines = vec![
        what,
        Line::fact("costs", Paint::Plain, &format!("{}, while it stays", left.cost)),
        Line::at(4).paint(Paint::Dim, "# take it away once the incident is closed"),
    ];
    lines.extend(
        left.remove
            .iter()
            .map(|command| Line::typed(4, Paint::Plain, command)),
    );
    lines
}

/// A command with its reason above it: a comment at its end would not survive being wrapped and pasted.
fn next(text: &str) -> Vec<Line> {
    match text.split_once("    # ") {
        Some((command, why)) => {
            vec![
                Line::at(4).paint(Paint::Dim, &format!("# {why}")),
                Line::typed(4, Paint::Plain, command),
            ]
        }
        None => vec![Line::typed(4, Paint::Plain, text)],
    }
}

fn title(outcome: Outcome) -> (Paint, &'static str) {
    match outcome {
        Outcome::Completed => (Paint::Good, "DONE"),
        Outcome::Rehearsed => (Paint::Good, "REHEARSED, nothing was changed"),
        Outcome::Refused => (Paint::Bad, "REFUSED by a check"),
        Outcome::Declined => (Paint::Warn, "DECLINED"),
        Outcome::Interrupted => (Paint::Warn, "INTERRUPTED before any request"),
        Outcome::Detached => (Paint::Warn, "LEFT, not finished"),
        Outcome::Held => (Paint::Warn, "HELD, the application is paused"),
        Outcome::Failed => (Paint::Bad, "FAILED, AWS gave the backtrack up"),
        Outcome::Unresolved => (Paint::Bad, "NOT KNOWN whether AWS accepted the request"),
        Outcome::VerificationFailed => (Paint::Bad, "REWOUND, but the data is not as expected"),
        Outcome::ResumeIncomplete => (Paint::Bad, "NOT ALL OPEN AGAIN"),
        Outcome::JournalDamaged => (Paint::Bad, "THE JOURNAL IS DAMAGED"),
    }
}

fn data(end: &OutcomeNotice) -> Line {
    if end.under_way {
        return Line::fact("data", Paint::Bad, "being moved: AWS is at work");
    }
    match end.data_touched {
        Some(false) => Line::fact("data", Paint::Good, "not touched"),
        None => Line::fact("data", Paint::Bad, "not known whether it was touched"),
        Some(true) => Line::fact("data", Paint::Strong, &told(end)),
    }
}

/// A hop that came to nothing leaves what an earlier one did: that is not told as its own.
fn told(end: &OutcomeNotice) -> String {
    let nothing = matches!(
        end.outcome,
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted
    );
    if nothing {
        format!("not moved on; before this, {}", moved(end))
    } else {
        moved(end)
    }
}

fn moved(end: &OutcomeNotice) -> String {
    let verb = match end.direction {
        Some(Direction::Forward) => "moved forward",
        Some(Direction::Rewind) => "rewound",
        None => "moved",
    };
    let to = end
        .effective
        .or(end.requested)
        .map(|to| format!(" to {}", full(to)));
    let from = end.left.map(|from| format!(" from {}", full(from)));
    let discarded = match end.direction {
        Some(Direction::Rewind) => end
            .discarded_s
            .map(|discarded| format!(", {} discarded", seconds(discarded))),
        Some(Direction::Forward) | None => None,
    };
    [Some(verb.to_owned()), to, from, discarded]
        .into_iter()
        .flatten()
        .collect()
}

fn paused(end: &OutcomeNotice) -> Line {
    if !end.still_paused.is_empty() {
        return Line::fact(
            "paused",
            Paint::Bad,
            &format!("STILL PAUSED: {}", end.still_paused.join(", ")),
        );
    }
    if end.outcome == Outcome::JournalDamaged {
        return Line::fact("paused", Paint::Bad, "not known");
    }
    Line::fact("paused", Paint::Good, "nothing")
}
