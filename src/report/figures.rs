//! Single figures of a run, for whoever adds up many.

use chrono::{DateTime, TimeDelta, Utc};

use super::facts::{outages, total};
use super::moment::{Moment, moments};
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::Event;
use crate::domain::run::State;

/// What one run tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The application was stopped, or may have been.
    pub stopped: bool,
    /// For how long, in seconds; none where it was not, or still is.
    pub outage_s: Option<i64>,
    /// The last request that AWS took.
    pub taken: Option<Intent>,
    /// How long before its request the farthest target lay, in seconds and rounded up; before the command was typed, where
    /// there was no request. None where there was no target either.
    pub lay_back_s: Option<i64>,
}

impl Figures {
    /// Of a journal's events. They are told as far as they follow from one another.
    pub fn of(events: &[(DateTime<Utc>, Event)]) -> Self {
        let moments = moments(events);
        let outages = outages(&moments);
        let taken = moments.iter().rev().find_map(|moment| {
            if let State::Applying { intent, .. } = moment.after.state() {
                Some(intent.clone())
            } else {
                None
            }
        });
        let asked = moments.iter().filter_map(|moment| {
            if let Event::Intended(Effect::Send(intent)) = moment.event {
                Some(since(intent.to, intent.intended_at))
            } else {
                None
            }
        });
        Self {
            stopped: !outages.is_empty(),
            outage_s: total(&outages),
            taken,
            lay_back_s: asked.max().or_else(|| moments.last().and_then(typed)),
        }
    }
}

/// How far back the target lay of a run that never asked for it.
fn typed(last: &Moment<'_>) -> Option<i64> {
    let run = &last.after;
    let target = run.requested()?;
    Some(since(target, run.plan().typed_at))
}

/// Whole seconds that a window must hold to reach from `at` back to `target`.
fn since(target: DateTime<Utc>, at: DateTime<Utc>) -> i64 {
    let back = (at - target).max(TimeDelta::zero());
    back.num_seconds() + i64::from(back.subsec_nanos() > 0)
}
