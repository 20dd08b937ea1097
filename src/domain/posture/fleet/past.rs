//! What journals tell of past runs: how long recovery took, and how late damage was seen.

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
    /// The last backtrack of a cluster that a journal tells of, by id.
    pub last: std::collections::BTreeMap<String, chrono::DateTime<chrono::Utc>>,
}

impl Past {
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
