//! The instant to backtrack to: as asked, and as proven.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Earlier or later than what the cluster shows now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To an earlier instant: discards what came after it.
    Rewind,
    /// To a later instant of the history that a rewind left.
    Forward,
}

impl Direction {
    /// The word of contract and screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rewind => "rewind",
            Self::Forward => "forward",
        }
    }
}

/// A target as asked, frozen to one instant at the first look: a later look never reads the text again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedTarget {
    /// Whole seconds, rounded toward the past.
    pub instant: DateTime<Utc>,
    /// What the operator should know of how it was read.
    pub notes: Vec<String>,
}

/// Reachable instants, with when that was observed: the earliest keeps advancing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// `EarliestBacktrackTime`.
    pub earliest: DateTime<Utc>,
    /// The latest instant that can be asked for.
    pub latest: DateTime<Utc>,
    /// When both were read, by the service's clock.
    pub observed: DateTime<Utc>,
}

impl Window {
    /// When `target` will have left the window, if the earliest time advances as the clock does.
    pub fn falls_out(&self, target: DateTime<Utc>) -> DateTime<Utc> {
        self.observed + (target - self.earliest)
    }
}

/// A target that every check let pass; only `checks::judge` builds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ValidatedTarget {
    instant: DateTime<Utc>,
    direction: Direction,
    window: Window,
}

impl ValidatedTarget {
    pub(in crate::domain) fn proven(instant: DateTime<Utc>, direction: Direction, window: Window) -> Self {
        Self {
            instant: floor_second(instant),
            direction,
            window,
        }
    }

    /// The instant, in whole seconds: what goes on the wire.
    pub fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// Rewind or forward.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The window that it was proven against.
    pub fn window(&self) -> Window {
        self.window
    }
}

/// Rounds toward the past, never to nearest: a target after the bad statement is worse than one second lost.
pub fn floor_second(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.duration_trunc(TimeDelta::seconds(1)).unwrap_or(instant)
}

/// `2026-11-20T02:14:05Z`: the form of the wire, of commands to type and of runbook variables.
pub fn wire(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_is_rounded_toward_the_past_also_before_1970() {
        assert_eq!(
            floor_second(at("2026-01-01T00:00:00.999Z")),
            at("2026-01-01T00:00:00Z")
        );
        assert_eq!(
            floor_second(at("1969-12-31T23:59:59.500Z")),
            at("1969-12-31T23:59:59Z")
        );
    }

    #[test]
    fn a_target_falls_out_of_the_window_when_the_earliest_time_reaches_it() {
        let window = Window {
            earliest: at("2026-01-01T00:00:00Z"),
            latest: at("2026-01-02T00:00:00Z"),
            observed: at("2026-01-02T00:00:00Z"),
        };
        assert_eq!(
            window.falls_out(at("2026-01-01T00:40:00Z")),
            at("2026-01-02T00:40:00Z")
        );
    }
}
