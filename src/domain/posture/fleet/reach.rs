//! How far back one gets, against what was asked for.

use chrono::{DateTime, Utc};

use super::live::LiveCluster;
use crate::domain::known::Known;
use crate::domain::posture::Warning;

/// AWS moves the earliest time in steps: less than this is no difference.
const LEAST_SLACK_S: i64 = 60;
const MOST_SLACK_S: i64 = 300;
/// Less than a quarter of an hour is gone before an alert is read.
const TINY_S: i64 = 900;
const HOUR_S: i64 = 3600;

/// The window, asked for and real, at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// `BacktrackWindow`, in seconds, as sent; none where AWS names none.
    pub target_s: Option<i64>,
    /// From `EarliestBacktrackTime` to now, in whole seconds, never less than 0. Not cut to the target: AWS's own instant counts.
    pub actual_s: Option<i64>,
    /// The same since it was made and since the last upgrade in place, where either is later: nothing before them can be
    /// reached, and a clone may be told the earliest time of its source. None where that is not known.
    pub usable_s: Option<i64>,
    /// Since it was created.
    pub age_s: Option<i64>,
    /// What is to be said of the difference.
    pub warnings: Vec<Warning>,
}

impl Reach {
    /// Whether one gets so far back; none where that is not known. What AWS does not keep is out of reach whatever was upgraded.
    pub fn reaches(&self, seconds: i64) -> Option<bool> {
        match (self.usable_s, self.held_s()) {
            (Some(usable), _) => Some(usable >= seconds),
            (None, Some(held)) if held < seconds => Some(false),
            (None, Some(_) | None) => None,
        }
    }

    /// How far back one gets, as far as that is known.
    pub fn back_s(&self) -> Option<i64> {
        self.usable_s.or(self.held_s())
    }

    /// What is kept of its own life; an upgrade may take from it.
    fn held_s(&self) -> Option<i64> {
        let actual = self.actual_s?;
        Some(self.age_s.map_or(actual, |age| age.min(actual)))
    }

    /// Of a cluster that was `upgraded`, as of `now`.
    pub fn of(cluster: &LiveCluster, upgraded: &Known<Option<DateTime<Utc>>>, now: DateTime<Utc>) -> Self {
        let since = |at: DateTime<Utc>| (now - at).num_seconds().max(0);
        let asked_s = cluster.window_s.filter(|seconds| *seconds > 0);
        let actual_s = asked_s.and(cluster.earliest).map(since);
        let age_s = cluster.created.map(since);
        let upgraded = upgraded.value().map(|at| at.map(since));
        let mut reach = Self {
            target_s: cluster.window_s,
            actual_s,
            usable_s: None,
            age_s,
            warnings: Vec::new(),
        };
        let held_s = reach.held_s();
        // Only a clone can be told of a time before it was made.
        let made = age_s.is_some() || cluster.clone_group.is_none();
        reach.usable_s = held_s
            .zip(upgraded)
            .filter(|_| made)
            .map(|(held, upgraded)| upgraded.map_or(held, |upgraded| upgraded.min(held)));
        // Where AWS kept nothing from before an upgrade, the window fills from there as it does in a new cluster.
        let begun = upgraded.flatten().filter(|upgraded| actual_s <= Some(*upgraded));
        let filling_s = [age_s, begun].into_iter().flatten().min();
        reach.warnings = match (asked_s, held_s) {
            (Some(target), Some(held)) => compare(target, held, filling_s),
            (Some(_), None) => vec![Warning::EarliestUnknown],
            (None, _) => Vec::new(),
        };
        reach
    }
}

/// "Still filling" is told from "short" by the age: nothing can be older than its cluster.
fn compare(target: i64, actual: i64, age_s: Option<i64>) -> Vec<Warning> {
    let slack = (target / 100).clamp(LEAST_SLACK_S, MOST_SLACK_S);
    if actual + slack >= target {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let young = age_s.filter(|age| *age < target);
    // A cluster is created some time before Backtrack begins in it: half its age is not yet a loss.
    let short = young.is_none_or(|age| actual + slack < age / 2);
    if young.is_some() {
        warnings.push(Warning::WindowStillFilling);
    }
    if short {
        warnings.push(Warning::ActualShorterThanTarget);
        if actual < TINY_S.max(HOUR_S.min(target / 10)) {
            warnings.push(Warning::ActualTiny);
        }
    }
    warnings
}
