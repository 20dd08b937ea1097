//! Which stretches of time are not in the database any more, after all hops together.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::run::SettledHop;
use crate::domain::target::floor_second;

/// Writes of this time are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// What the cluster shows: AWS's effective time, else the instant asked for.
    pub from: DateTime<Utc>,
    /// What the hop left, as AWS reported it (`BacktrackedFrom`); none where it did not.
    pub to: Option<DateTime<Utc>>,
    /// Its length in whole seconds, with `to` rounded down to its second.
    pub discarded_s: Option<i64>,
}

impl Interval {
    fn new(from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> Self {
        Self {
            from,
            to,
            discarded_s: to.map(|to| (floor_second(to) - from).num_seconds()),
        }
    }

    /// The cluster went back to the very second that it had left.
    pub(super) fn is_nothing(&self) -> bool {
        self.to.is_some_and(|to| self.from >= floor_second(to))
    }
}

/// What one more hop makes of them. `first`: what it left was written by an open application, and by no hop.
pub(super) fn move_to(intervals: &mut Vec<Interval>, hop: &SettledHop, first: bool) {
    let left = if first {
        hop.record.from
    } else {
        intervals.pop().and_then(|last| last.to)
    };
    let shows = hop.shows();
    // An earlier stretch stays lost only where the instant lies behind it.
    intervals.retain(|earlier| earlier.to.is_none_or(|to| to <= shows));
    intervals.push(Interval::new(shows, left));
}
