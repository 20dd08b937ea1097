//! The instants that a search may look at, from the known good one to the known bad one.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Nothing, Over, Search, Suspect};
use crate::domain::target::{floor_second, wire};

/// A target lies so long before the statement that it is to undo, as `locate` has it.
const BEFORE: TimeDelta = TimeDelta::seconds(1);

/// Numbered from 0, the good one; the last is the bad one. Strictly rising, whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// Steps of one length; the last may be shorter.
    Even {
        /// The good one.
        from: DateTime<Utc>,
        /// The bad one.
        to: DateTime<Utc>,
        /// Length of a step, in seconds, from 1.
        step_s: u32,
    },
    /// One by one.
    Listed(Vec<DateTime<Utc>>),
}

impl Places {
    pub(super) fn of(search: &Search) -> Result<Self, Nothing> {
        let (good, bad) = (search.good.at, search.bad.at);
        let (from, to) = (wire(good), wire(bad));
        if good >= bad {
            return Err(Nothing::Order { good: from, bad: to });
        }
        let places = match &search.over {
            Over::Time { within_s } => Self::Even {
                from: good,
                to: bad,
                step_s: (*within_s).max(1),
            },
            Over::Suspects(suspects) => Self::Listed(between(suspects, good, bad)),
        };
        if places.last() >= 2 {
            return Ok(places);
        }
        Err(match &search.over {
            Over::Time { within_s } => Nothing::Near {
                good: from,
                bad: to,
                within_s: *within_s,
            },
            Over::Suspects(_) => Nothing::Few {
                good: from,
                bad: to,
                got: places.last(),
            },
        })
    }

    /// The number of the last, the bad one.
    pub fn last(&self) -> usize {
        match self {
            Self::Listed(places) => places.len().saturating_sub(1),
            Self::Even { from, to, step_s } => {
                let steps = (*to - *from).num_seconds().max(0).unsigned_abs();
                usize::try_from(steps.div_ceil(u64::from(*step_s))).unwrap_or(usize::MAX)
            }
        }
    }

    /// The instant of a place.
    pub fn at(&self, number: usize) -> Option<DateTime<Utc>> {
        match self {
            Self::Listed(places) => places.get(number).copied(),
            Self::Even { from, to, step_s } => {
                if number > self.last() {
                    return None;
                }
                let seconds = i64::try_from(number).ok()?.checked_mul(i64::from(*step_s))?;
                let at = from.checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
                Some(at.min(*to))
            }
        }
    }

    /// The place that has this instant.
    pub fn number(&self, at: DateTime<Utc>) -> Option<usize> {
        match self {
            Self::Listed(places) => places.binary_search(&at).ok(),
            Self::Even { from, to, step_s } => {
                if at == *to {
                    return Some(self.last());
                }
                let seconds = (at - *from).num_seconds();
                let number = usize::try_from(seconds / i64::from(*step_s)).ok()?;
                (self.at(number) == Some(at)).then_some(number)
            }
        }
    }
}

/// One place before each statement that whole seconds can tell from the one before it. The first lies right before the first
/// statement: until then nothing happened that could be the culprit.
fn between(suspects: &[Suspect], good: DateTime<Utc>, bad: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut places = vec![good];
    let mut before: Option<DateTime<Utc>> = None;
    let inside = suspects.iter().filter(|it| it.at > good && it.at <= bad);
    for suspect in inside {
        let place = floor_second(suspect.at - BEFORE);
        let last = places.last().copied().unwrap_or(good);
        match before {
            None if place > good => places = vec![place],
            // A statement of that very second may have come before or after it.
            Some(earlier) if place > earlier && place > last => places.push(place),
            None | Some(_) => {}
        }
        before = Some(suspect.at);
    }
    if before.is_some() && places.last().is_none_or(|last| *last < bad) {
        places.push(bad);
    }
    places
}
