//! What a report is made of.

use chrono::{DateTime, Utc};

use crate::domain::event::Event;
use crate::domain::run::Run;

/// The audit trail of one run, read and found whole by the caller.
pub struct Trail<'a> {
    /// The run, folded from `events`.
    pub run: &'a Run,
    /// Every event of the journal with when it was recorded, oldest first. The first is `opened`.
    pub events: &'a [(DateTime<Utc>, Event)],
    /// Hash of the journal's last record, hexadecimal.
    pub head: String,
    /// How many records the journal holds.
    pub records: u64,
    /// Bytes of a last record that was being written when its process ended; they count for nothing.
    pub torn_bytes: u64,
}
