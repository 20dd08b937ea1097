//! What journals tell of past runs: how long recovery took, and how late damage was seen.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// One finished run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PastRun {
    /// False for a run on a real cluster.
    pub drill: bool,
    /// How long the application was stopped, in seconds; none where that is not known.
    pub outage_s: Option<i64>,
    /// How long before the command was typed the target lay, in seconds.
    pub lay_back_s: Option<i64>,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Finished runs that moved data.
    pub runs: Vec<PastRun>,
    /// Runs whose journal could not be read.
    pub unreadable: usize,
    /// The last backtrack of each cluster that a journal tells of.
    pub last: BTreeMap<Whose, DateTime<Utc>>,
}

/// Whose backtrack it was: an id alone is that of many clusters, one in each Region of each account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whose {
    /// `DBClusterIdentifier`, in lower case.
    id: String,
    /// Region.
    region: String,
    /// Account; none where the journal does not tell.
    account: Option<String>,
}

impl Whose {
    /// A cluster of a Region, in an account where that is known.
    pub fn new(account: Option<&str>, region: &str, id: &str) -> Self {
        Self {
            id: id.to_ascii_lowercase(),
            region: region.to_owned(),
            account: account.filter(|account| !account.is_empty()).map(str::to_owned),
        }
    }

    /// The same cluster, as far as both tell.
    fn is(&self, other: &Self) -> bool {
        let accounts = self.account.as_ref().zip(other.account.as_ref());
        self.id == other.id && self.region == other.region && accounts.is_none_or(|(one, other)| one == other)
    }
}

impl Past {
    /// A backtrack was asked for at this instant.
    pub fn note(&mut self, whose: Whose, at: DateTime<Utc>) {
        let last = self.last.entry(whose).or_insert(at);
        *last = at.max(*last);
    }

    /// The last one of a cluster.
    pub fn last_of(&self, whose: &Whose) -> Option<DateTime<Utc>> {
        let same = self.last.iter().filter(|(known, _)| known.is(whose));
        same.map(|(_, at)| *at).max()
    }

    /// One value of each live run, or of each drill.
    pub fn values(&self, drills: bool, value: fn(&PastRun) -> Option<i64>) -> Vec<i64> {
        let runs = self.runs.iter().filter(|run| run.drill == drills);
        runs.filter_map(value).collect()
    }
}

/// The middle one.
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}
