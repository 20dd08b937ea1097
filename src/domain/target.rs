//! The instant to backtrack to: as asked, and as proven.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::cluster::Cluster;

/// A history that begins within this of the cluster itself has lost nothing yet.
const SLACK: TimeDelta = TimeDelta::minutes(2);

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

/// Reachable instants, with when that was observed: the earliest keeps advancing, once the window is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// `EarliestBacktrackTime`.
    pub earliest: DateTime<Utc>,
    /// The latest instant that can be asked for.
    pub latest: DateTime<Utc>,
    /// When both were read, by the service's clock.
    pub observed: DateTime<Utc>,
    /// `BacktrackWindow`, in seconds, while the cluster is younger than it and its history begins with the cluster: so
    /// long the earliest time stands still. None once it advances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filling_s: Option<i64>,
}

impl Window {
    /// What `cluster` showed at `observed`: up to `origin`, where a rewind left one, and else to that moment. None where
    /// AWS names no earliest time.
    pub fn of(cluster: &Cluster, origin: Option<DateTime<Utc>>, observed: DateTime<Utc>) -> Option<Self> {
        let earliest = cluster.earliest?;
        let filling = |created: &DateTime<Utc>| {
            let lost_nothing = (earliest - *created).abs() <= SLACK;
            lost_nothing && observed < *created + TimeDelta::seconds(cluster.window_s)
        };
        Some(Self {
            earliest,
            latest: floor_second(origin.map_or(observed, |origin| origin.min(observed))),
            observed,
            filling_s: cluster.created.filter(filling).map(|_| cluster.window_s),
        })
    }

    /// When `target` will have left the window: of one that still fills, when the target is as old as the window is long;
    /// otherwise if the earliest time advances as the clock does.
    pub fn falls_out(&self, target: DateTime<Utc>) -> DateTime<Utc> {
        match self.filling_s {
            Some(window_s) => target + TimeDelta::seconds(window_s),
            None => self.observed + (target - self.earliest),
        }
    }

    /// True while the earliest time stands still.
    pub fn is_filling(&self) -> bool {
        self.filling_s.is_some()
    }

    /// What is said behind `falls_out`.
    pub fn caveat(&self) -> &'static str {
        if self.is_filling() { AT_THE_LATEST } else { "" }
    }
}

/// Behind the end of a window that still fills.
pub const AT_THE_LATEST: &str = " at the latest, if heavy writes do not shorten it";

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
    use crate::domain::fixture;

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
            filling_s: None,
        };
        assert_eq!(
            window.falls_out(at("2026-01-01T00:40:00Z")),
            at("2026-01-02T00:40:00Z")
        );
    }

    #[test]
    fn the_window_of_a_young_cluster_stands_still_until_it_is_full() {
        let mut cluster = fixture::inspection(fixture::BEGIN).cluster;
        cluster.window_s = 86_400;
        let target = at("2026-01-01T00:05:00Z");
        let mut window = |created, earliest, now| {
            (cluster.created, cluster.earliest) = (Some(at(created)), Some(at(earliest)));
            Window::of(&cluster, None, at(now)).unwrap()
        };
        let (made, begins, hour) = (
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:40Z",
            "2026-01-01T01:00:00Z",
        );
        let young = window(made, begins, hour);
        assert_eq!(young.falls_out(target), at("2026-01-02T00:05:00Z"));
        assert!(young.caveat().contains("at the latest"));
        // It lost some of its history already, or it is as old as its window is long: then the earliest time advances.
        for moves in [
            window(made, "2026-01-01T00:03:00Z", hour),
            window(made, begins, "2026-01-02T00:00:00Z"),
        ] {
            assert!(!moves.is_filling());
            assert_eq!(
                moves.falls_out(target),
                moves.observed + (target - moves.earliest)
            );
        }
    }
}
