//! Looking for the last good moment between one that is known to be good and one that is known to be bad, by moving the
//! cluster to and fro. What is known decides where to look next; nothing here moves anything.
//!
//! It is assumed that bad stays bad. An answer that contradicts that ends the search.

mod hunt;
mod place;
mod told;
mod verdict;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::runbook::Check;
use super::time_text::TimeText;

pub use hunt::{Contradiction, Hunt};
pub use place::Places;
pub use told::{ASSUMES, Answered, Finding, Outlook};
pub use verdict::{Said, Trial, Verdict};

#[cfg(test)]
mod tests;

/// What a search was told. Fixed when its run is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Known to be good.
    pub good: Bound,
    /// Known to be bad, as is everything after it.
    pub bad: Bound,
    /// Where to look between them.
    pub over: Over,
    /// What tells good from bad.
    pub probe: Check,
    /// How often the probe is asked at each place; every answer must be the same.
    pub tries: u32,
    /// Hops that may be spent on places of which the probe cannot tell.
    pub skips: u32,
    /// Where it ends.
    pub then: Then,
}

/// One end of the search, frozen when it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// As typed; none: the present.
    pub text: Option<TimeText>,
    /// The instant, whole seconds.
    pub at: DateTime<Utc>,
}

/// Where it is looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Over time, until good and bad are no farther apart than this.
    Time {
        /// In seconds.
        within_s: u32,
    },
    /// Between these statements, one of which is taken for the culprit. In the order of their time.
    Suspects(Vec<Suspect>),
}

/// One statement that may be the culprit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// When it took effect, as far as that is known.
    pub at: DateTime<Utc>,
    /// Its text; empty where only its time was given.
    pub statement: String,
    /// The file that holds it.
    pub file: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u64>,
}

/// Where a search ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// At the last good moment.
    LastGood,
    /// Where it set out from: what is found is told, and the data is as before.
    Origin,
}

/// Why there is nothing to search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Nothing {
    /// The ends are in the wrong order.
    #[error("expected the good instant before the bad one, got {good} and {bad}")]
    Order {
        /// The good one.
        good: String,
        /// The bad one.
        bad: String,
    },
    /// Good and bad are as near to each other as was asked for.
    #[error(
        "between {good} and {bad} there is no further instant to look at: the resolution is {within_s} s"
    )]
    Near {
        /// The good one.
        good: String,
        /// The bad one.
        bad: String,
        /// The resolution.
        within_s: u32,
    },
    /// No candidate lies between the ends, or none can be told from the others by whole seconds.
    #[error(
        "expected at least two candidates between {good} and {bad} that whole seconds can tell apart, got {got}"
    )]
    Few {
        /// The good one.
        good: String,
        /// The bad one.
        bad: String,
        /// Groups that can be told apart.
        got: usize,
    },
}

/// What a search comes to at most, for the one confirmation of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Hops at most, from here to its end: each is an outage of the whole cluster.
    pub most: u32,
    /// Where it ends.
    pub then: Then,
    /// The earliest moment at which it may end.
    pub good: DateTime<Utc>,
    /// The moment known to be bad.
    pub bad: DateTime<Utc>,
    /// Statements, or steps of time, between them.
    pub among: u64,
    /// True where statements are searched.
    pub suspects: bool,
    /// The instant that the first hop leaves, or left; none before there is a look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<DateTime<Utc>>,
}

impl Cost {
    /// Seconds that are discarded at most: from the last moment known to be good, before which nothing is asked about, to
    /// where the search set out from.
    pub fn discards_s(&self) -> Option<i64> {
        Some((self.origin? - self.good).num_seconds())
    }
}

impl Search {
    /// Both ends, as they were typed.
    pub fn typed(&self) -> String {
        let typed = |bound: &Bound| {
            bound
                .text
                .as_ref()
                .map_or("the present".to_owned(), |text| text.typed().to_owned())
        };
        format!(
            "between {} (good) and {} (bad)",
            typed(&self.good),
            typed(&self.bad)
        )
    }

    /// The places to look at, with the bounds; or why there are none between.
    pub fn places(&self) -> Result<Places, Nothing> {
        Places::of(self)
    }

    /// The statements between two neighbouring places: any of them may be the culprit.
    pub fn between(&self, good: DateTime<Utc>, bad: DateTime<Utc>) -> Vec<&Suspect> {
        match &self.over {
            Over::Time { .. } => Vec::new(),
            Over::Suspects(suspects) => suspects
                .iter()
                .filter(|suspect| suspect.at > good && suspect.at <= bad)
                .collect(),
        }
    }
}
