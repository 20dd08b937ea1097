//! What journals tell of past runs: how long recovery took, and how late damage was seen.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// One run that counts: an incident, or a drill that came to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PastRun {
    /// False for a run on a real cluster.
    pub drill: bool,
    /// It moved data, and has ended.
    pub recovered: bool,
    /// How long the application was stopped, in seconds; none where that is not known, or not yet.
    pub outage_s: Option<i64>,
    /// How long before its request the farthest target lay, in seconds, rounded up; before the command was typed, where there
    /// was no request.
    pub lay_back_s: Option<i64>,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Live runs that stopped the application or asked AWS for something, and finished drills that moved data.
    pub runs: Vec<PastRun>,
    /// Runs whose journal could not be read, by name.
    pub unreadable: Vec<String>,
    /// Why the journals could not be listed: then nothing is known of the past.
    pub unlisted: Option<String>,
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

    /// Why a run that is not found here may be there all the same.
    pub fn hole(&self) -> Option<String> {
        let unlisted = self.unlisted.as_ref();
        let unlisted = unlisted.map(|why| format!("the journals could not be listed: {why}"));
        let unreadable = (!self.unreadable.is_empty()).then(|| "not every journal could be read".to_owned());
        unlisted.or(unreadable)
    }

    /// One value of each live run, or of each drill.
    pub fn values(&self, drills: bool, value: fn(&PastRun) -> Option<i64>) -> Vec<i64> {
        let runs = self.runs.iter().filter(|run| run.drill == drills);
        runs.filter_map(value).collect()
    }
}

/// The middle one; of an even number the mean of the two in the middle.
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get((values.len() - 1) / 2)?;
    Some(lower.midpoint(upper))
}
