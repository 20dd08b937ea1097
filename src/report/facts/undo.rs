//! The way back to what the first rewind left.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::run::{Run, State};
use crate::domain::target::{Direction, Window};
use crate::report::moment::Moment;

/// How to undo the rewind.
#[derive(Serialize)]
pub struct Undo {
    /// The command.
    pub command: String,
    /// The latest instant that can be reached again: `BacktrackedFrom` of the first hop, rounded down.
    pub ceiling: DateTime<Utc>,
    /// When that instant falls out of the window, if the window keeps advancing as the clock does.
    pub until: Option<DateTime<Utc>>,
    /// True of a window that still filled: then that is the latest, and only heavy writes make it sooner.
    pub at_the_latest: bool,
    /// True when the application was opened since: what was written then may be lost by going back.
    pub written_since: bool,
}

/// The way back; none where no data was moved, or where the cluster is at its origin already.
pub fn undo(run: &Run, moments: &[Moment<'_>]) -> Option<Undo> {
    let ceiling = run.origin()?;
    let last = run.hops().last()?;
    if last.direction == Direction::Forward && last.requested >= ceiling {
        return None;
    }
    let window = moments.iter().rev().find_map(window);
    Some(Undo {
        command: format!("backtrackctl forward {} --to origin", run.plan().run),
        ceiling,
        until: window.map(|window| window.falls_out(ceiling)),
        at_the_latest: window.is_some_and(|window| window.is_filling()),
        written_since: run.reopened(),
    })
}

/// The window as it was last proven.
fn window(moment: &Moment<'_>) -> Option<Window> {
    let State::Validated { receipt } = moment.after.state() else {
        return None;
    };
    Some(receipt.target.window())
}
