//! Which stretches of time are not in the database any more, after all hops together.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::effect::Way;
use crate::domain::event::{Done, Event};
use crate::domain::run::SettledHop;
use crate::domain::target::floor_second;
use crate::report::moment::Moment;

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
    fn is_nothing(&self) -> bool {
        self.to.is_some_and(|to| self.from >= floor_second(to))
    }
}

/// What was discarded and was not brought back by a later hop, oldest first.
///
/// After a hop to an instant, everything written after that instant is gone. While the application stays paused, that
/// reaches to what the first of the hops left; once it was open, to what the next hop leaves.
pub fn discarded(moments: &[Moment<'_>]) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = Vec::new();
    let mut opened = false;
    for moment in moments {
        opened |= opens(moment.event);
        let settled = moment.after.hops();
        if settled.len() == moment.before.hops().len() {
            continue;
        }
        if let Some(hop) = settled.last() {
            let first = settled.len() == 1 || opened || moment.before.reopened();
            move_to(&mut intervals, hop, first);
            opened = false;
        }
    }
    intervals.retain(|interval| !interval.is_nothing());
    intervals
}

fn move_to(intervals: &mut Vec<Interval>, hop: &SettledHop, first: bool) {
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

fn opens(event: &Event) -> bool {
    matches!(
        event,
        Event::StepDone {
            way: Way::Resume,
            done: Done::Well { .. },
            ..
        } | Event::Checked {
            way: Way::Resume,
            done: Done::Well { .. },
            ..
        }
    )
}
