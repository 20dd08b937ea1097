//! Notices to rows of text: pure, so that every screen is tested as text.
//!
//! One file per subject. Nothing here writes, reads a clock or remembers anything.

mod answer;
mod debts;
mod finding;
mod opening;
mod outcome;
mod reply;
mod search;
mod step;
mod verification;
mod window;

pub use finding::findings;
pub(super) use reply::waiting;
pub(super) use search::cost_facts;
pub(super) use window::{echo, receipt_facts};

use super::drawing::Drawing;
use super::layout::{lay, mark, room};
use super::line::{Line, Paint};
use super::moment::clock;
use super::style::{Device, Style};
use crate::domain::notice::{Notice, NoticeKind};

/// Every row of a notice, marked, wrapped and painted. On a stream each begins with the time.
pub fn render(notice: &Notice, style: &Style) -> Vec<String> {
    lay(&lines(notice, style), &lead(notice, style), notice.mode, style)
}

/// What stands before every row: the time on a stream, nothing on a screen.
pub(super) fn lead(notice: &Notice, style: &Style) -> String {
    match style.device {
        Device::Screen => String::new(),
        Device::Stream => format!("{} ", clock(notice.at)),
    }
}

fn lines(notice: &Notice, style: &Style) -> Vec<Line> {
    match &notice.kind {
        NoticeKind::Opened {
            cluster,
            typed,
            journal,
            again,
        } => opening::opened(notice.run.as_ref(), cluster, typed, journal, *again),
        NoticeKind::Identity(identity) => opening::identity(identity, notice.mode),
        NoticeKind::Window {
            window,
            target,
            present,
            echo,
            direction,
            search,
        } => {
            let drawing = Drawing {
                window: *window,
                target: *target,
                present: *present,
                direction: *direction,
            };
            let room = room(style, mark(notice.mode));
            window::window(&drawing, *search, echo, room, style.marks)
        }
        NoticeKind::Reach { window } => vec![window::reach(*window)],
        NoticeKind::Finding(finding) => finding::one(finding, style),
        NoticeKind::Plan { steps } => opening::plan(steps),
        NoticeKind::Entered { what, by_hand } => {
            opening::entered(notice.phase, what, by_hand.as_deref(), style)
        }
        NoticeKind::Step {
            item,
            way,
            how,
            by,
            result: None,
        } => step::begun(item, *way, how, *by),
        NoticeKind::Step {
            item,
            way,
            result: Some(result),
            how: _,
            by,
        } => step::ended(item, *way, *by, result, style),
        NoticeKind::Receipt(receipt) => window::receipt(receipt),
        NoticeKind::Asked(question) => answer::asked(question),
        NoticeKind::Answered { answer, unattended } => answer::answered(answer, *unattended),
        NoticeKind::Sending { to, send_by } => reply::sending(*to, *send_by),
        NoticeKind::Replied(reply) => reply::replied(reply, style),
        NoticeKind::Record(record) => reply::record(record),
        NoticeKind::Waiting {
            what,
            since,
            estimate_s,
        } => {
            vec![Line::at(2).text(&waiting(what, notice.at - *since, *estimate_s))]
        }
        NoticeKind::Unknown(failure) => reply::unknown(failure, style),
        NoticeKind::Verification(verification) => verification::verification(verification, style),
        NoticeKind::Undo {
            command,
            ceiling,
            until,
            at_the_latest,
        } => verification::undo(command.as_deref(), *ceiling, *until, *at_the_latest),
        NoticeKind::Debts { discarded, debts } => debts::debts(discarded, debts),
        NoticeKind::Search(outlook) => search::outlook(outlook),
        NoticeKind::Tried(answered) => search::tried(answered, style),
        NoticeKind::Found(finding) => search::found(finding),
        NoticeKind::Note { message } => vec![Line::typed(2, Paint::Plain, message)],
        NoticeKind::Outcome(outcome) => outcome::outcome(outcome),
    }
}

/// The mark of what went well or did not.
fn tick(well: bool, style: &Style) -> &'static str {
    match (well, style.marks) {
        (true, true) => "✓ ",
        (false, true) => "✗ ",
        (true, false) => "ok: ",
        (false, false) => "NOT OK: ",
    }
}

#[cfg(test)]
mod tests;
