//! What a text is resolved against, and what it is resolved to.
//!
//! Plain data, all by the service's clock. It asks nothing and decides nothing.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::span::span;

/// What a text is resolved against. All by the service's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearings {
    /// The service's present.
    pub service_now: DateTime<Utc>,
    /// The service's clock less the local one.
    pub skew: TimeDelta,
    /// The oldest point that can be reached, where it is known.
    pub earliest: Option<DateTime<Utc>>,
    /// The latest point that can be reached; the service's present when it is not given.
    pub latest: Option<DateTime<Utc>>,
    /// The point that a run was rewound from, where there is such a run.
    pub origin: Option<DateTime<Utc>>,
    /// The start of the located bad statement, where one is known.
    pub statement: Option<DateTime<Utc>>,
}

impl Bearings {
    /// Bearings that know the clocks and nothing else.
    pub fn new(service_now: DateTime<Utc>, skew: TimeDelta) -> Self {
        Self {
            service_now,
            skew,
            earliest: None,
            latest: None,
            origin: None,
            statement: None,
        }
    }
}

/// One instant, for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    instant: DateTime<Utc>,
    exact: DateTime<Utc>,
    notes: Vec<String>,
}

impl Resolved {
    /// What goes on the wire: whole seconds, never later than [`exact`](Self::exact).
    pub fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// The instant before it was rounded.
    pub fn exact(&self) -> DateTime<Utc> {
        self.exact
    }

    /// What the operator should be told about how the text was read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(super) fn with_note(mut self, note: String) -> Self {
        self.notes.push(note);
        self
    }

    pub(super) fn of(exact: DateTime<Utc>, mut notes: Vec<String>) -> Self {
        let instant = whole_second(exact);
        if instant != exact {
            notes.push(format!(
                "rounded down by {} to the whole second",
                span(exact - instant)
            ));
        }
        Self {
            instant,
            exact,
            notes,
        }
    }
}

/// The whole second that holds the instant: always at or before it.
pub(super) fn whole_second(exact: DateTime<Utc>) -> DateTime<Utc> {
    exact - TimeDelta::nanoseconds(i64::from(exact.timestamp_subsec_nanos()))
}
