//! How far back one gets, against what was asked for.

use chrono::{DateTime, Utc};

use super::live::LiveCluster;
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
    /// Since it was created.
    pub age_s: Option<i64>,
    /// What is to be said of the difference.
    pub warnings: Vec<Warning>,
}

impl Reach {
    /// Of a cluster, as of `now`.
    pub fn of(cluster: &LiveCluster, now: DateTime<Utc>) -> Self {
        let since = |at: DateTime<Utc>| (now - at).num_seconds().max(0);
        let asked_s = cluster.window_s.filter(|seconds| *seconds > 0);
        let actual_s = asked_s.and(cluster.earliest).map(since);
        let age_s = cluster.created.map(since);
        let warnings = match (asked_s, actual_s) {
            (Some(target), Some(actual)) => compare(target, actual, age_s),
            (Some(_), None) => vec![Warning::EarliestUnknown],
            (None, _) => Vec::new(),
        };
        Self {
            target_s: cluster.window_s,
            actual_s,
            age_s,
            warnings,
        }
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
