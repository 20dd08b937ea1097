//! One hop under way: where to, and what stands if it is given up.

use chrono::{DateTime, Utc};

use crate::domain::backtrack::BacktrackRecord;
use crate::domain::effect::Intent;
use crate::domain::outcome::Outcome;
use crate::domain::target::Direction;
use crate::domain::time_text::TimeText;

/// A hop from its order to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which hop, from 1. A resend is a hop of its own.
    pub number: u32,
    /// Where to, as asked.
    pub goal: Goal,
    /// When it was ordered, by the service's clock: relative times count from here, however late they are read.
    pub ordered: DateTime<Utc>,
    /// The instant, frozen at the first look.
    pub instant: Option<DateTime<Utc>>,
    /// What it set out from, and falls back to.
    pub footing: Footing,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// Its order leaves the runbook's safety copy out.
    pub without_copy: bool,
    /// True for a hop that a search chose: its one confirmation may cover it.
    pub sought: bool,
    /// A request of it may have been accepted: its number is used up.
    pub sent: bool,
}

/// Where a hop goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// As typed; frozen to an instant at the first look.
    Typed(TimeText),
    /// An instant chosen at a prompt, already frozen.
    Instant(DateTime<Utc>),
    /// The instant that the first rewind left, rounded down.
    Origin,
}

impl Goal {
    /// The instant, where nothing has to be read to know it.
    pub fn frozen(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Instant(instant) => Some(*instant),
            Self::Typed(_) | Self::Origin => None,
        }
    }
}

/// What stands if the hop is refused, declined or interrupted before it was requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Footing {
    /// Nothing was done before: open what was paused, and end.
    Fresh,
    /// Rewound and held: stay so.
    Held,
    /// A finished run: open what was paused, and be finished again.
    Closed(Outcome),
    /// An intent stands without an answer: the application stays paused.
    Unresolved(Intent, Direction),
    /// AWS gave a backtrack up: the application stays paused.
    Failed(BacktrackRecord),
}
