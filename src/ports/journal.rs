//! Where events become durable.

use chrono::{DateTime, Utc};

use crate::domain::event::Event;

/// An append that did not become durable: nothing may be done that depends on it.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The record cannot be made, whatever the disk does.
    #[error("{0}")]
    Unfit(String),
    /// The disk did not take it.
    #[error("{0}")]
    Disk(String),
}

/// The write-ahead journal of one run. Returns only when the record is durable.
pub trait RunJournal {
    /// Appends one event.
    fn append(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), AppendError>;
}
