//! What lets a reader check the report against the journal.

use serde::Serialize;

use crate::report::trail::Trail;

/// The journal that the report was made from.
#[derive(Serialize)]
pub struct Audit {
    /// Hash of the last record.
    pub head: String,
    /// Number of records.
    pub records: u64,
    /// Bytes of an unfinished last record.
    pub torn_bytes: u64,
    /// The command that follows the chain and prints the same hash.
    pub verify: String,
}

impl Audit {
    pub fn of(trail: &Trail<'_>) -> Self {
        Self {
            head: trail.head.clone(),
            records: trail.records,
            torn_bytes: trail.torn_bytes,
            verify: format!("backtrackctl journal verify {}", trail.run.plan().run),
        }
    }
}
