//! What one hop costs, shown before the single confirmation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::search::Cost;
use super::target::{Direction, ValidatedTarget};

/// The receipt of one hop. Every figure is by the service's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which hop of the run, from 1.
    pub hop: u32,
    /// Cluster, account, Region, caller.
    pub identity: Identity,
    /// Where to.
    pub target: ValidatedTarget,
    /// What the cluster shows now: the service's time for a first rewind, the effective time of the last hop after one.
    pub present: DateTime<Utc>,
    /// When this was reckoned.
    pub observed: DateTime<Utc>,
    /// Length of history between present and target, in seconds: discarded by a rewind, shown again by a forward hop.
    pub span_s: i64,
    /// What the operator types after the cluster id: `span_s` in minutes, rounded up.
    pub minutes: i64,
    /// Until when this very target can still be asked for.
    pub possible_until: DateTime<Utc>,
    /// What the whole search comes to, where this is its first hop: confirmed in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Cost>,
}

impl Receipt {
    /// Builds the receipt of going from `present` to `target`.
    pub fn new(
        hop: u32,
        identity: Identity,
        target: ValidatedTarget,
        present: DateTime<Utc>,
        observed: DateTime<Utc>,
    ) -> Self {
        let span_s = (present - target.instant()).num_seconds().abs();
        Self {
            hop,
            identity,
            target,
            present,
            observed,
            span_s,
            minutes: span_s.div_euclid(60) + i64::from(span_s.rem_euclid(60) > 0),
            possible_until: target.window().falls_out(target.instant()),
            search: None,
        }
    }

    /// The same for a search, whose further hops it covers.
    #[must_use]
    pub fn of_search(self, search: Option<Cost>) -> Self {
        Self { search, ..self }
    }

    /// What is typed after the cluster id: the minutes, or for a search the greatest number of outages.
    pub fn figure(&self) -> i64 {
        self.search
            .as_ref()
            .map_or(self.minutes, |cost| i64::from(cost.most))
    }

    /// The exact words that confirm it.
    pub fn phrase(&self) -> String {
        format!("{} {}", self.identity.cluster, self.figure())
    }

    /// True for a hop that discards history.
    pub fn discards(&self) -> bool {
        self.target.direction() == Direction::Rewind
    }
}
