//! What is not part of the data any more: logs are not rewound, so a statement stays in them after a backtrack took it out.

use super::keep::Held;
use super::sieve::second;
use crate::domain::lineage::Lineage;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// What is known of the backtracks of the cluster whose logs are searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Backtracks {
    /// The logs are of no cluster that could be asked.
    #[default]
    NotAsked,
    /// As the service lists them.
    Read(Lineage),
    /// Why they could not be read.
    Unread(String),
}

/// The backtrack that took a statement out of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// Its id.
    pub backtrack: String,
    /// Where it went to.
    pub to: DateTime<Utc>,
    /// The instant that it left.
    pub left: DateTime<Utc>,
}

impl Backtracks {
    /// What took out a change of that time, in microseconds since the epoch; none where that is part of the data, or nothing
    /// is known.
    pub fn undid(&self, time_us: i64) -> Option<Undone> {
        let Self::Read(lineage) = self else {
            return None;
        };
        let hop = lineage.undone_by(DateTime::from_timestamp_micros(time_us)?)?;
        Some(Undone {
            backtrack: hop.id.clone(),
            to: hop.to,
            left: hop.left,
        })
    }

    /// Seconds whose writes are gone, from the first of each stretch up to its last, which is not one of them: part of
    /// what was written in that stands.
    pub fn gone_s(&self) -> Vec<(u32, u32)> {
        let Self::Read(lineage) = self else {
            return Vec::new();
        };
        let holes = lineage.holes().into_iter();
        let seconds = |at: DateTime<Utc>| second(at.timestamp_micros());
        holes
            .map(|hole| (seconds(hole.after), seconds(hole.until)))
            .collect()
    }
}

/// Says of each candidate whether a backtrack took it out. What counts is when it took effect: its commit.
pub fn mark(held: &mut [Held], backtracks: &Backtracks) {
    for held in held {
        let candidate = &mut held.candidate;
        candidate.undone_by = backtracks.undid(candidate.effect_us());
        if let Some(undone) = &candidate.undone_by {
            candidate.reason = format!("{}; {undone}", candidate.reason);
        }
    }
}

impl std::fmt::Display for Undone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let time = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ");
        write!(
            out,
            "undone by the backtrack to {} of {}",
            time(self.to),
            time(self.left)
        )
    }
}
