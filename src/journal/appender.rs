//! Write ahead, or stop: each record is durable before its append returns, and after one failure no append
//! succeeds again. It holds no lock and knows no folders.

use super::hash::Hash;
use super::ledger::Extent;
use super::medium::Medium;
use super::payload::Payload;
use super::record::{EncodeError, Record, encode};
use chrono::{DateTime, Utc};
use std::fmt;
use std::io;

/// Why a record is not in the journal.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The record could not be made; nothing was written and the journal is as it was.
    #[error("the record cannot be written: {0}")]
    Refused(String),
    /// The disk refused. The record counts as not written; whether its bytes are still there says `left`.
    #[error("record {seq} is not in the journal: the disk would not {step} ({left})")]
    Failed {
        /// The record's number.
        seq: u64,
        /// What was being done.
        step: Step,
        /// What is left of the record in the file.
        left: Left,
        /// The system's own error.
        source: io::Error,
    },
    /// Another process has taken the run over: another file is in the place of this writer's.
    #[error("another process took the run over; record {seq} is not in its journal")]
    TakenOver {
        /// The record's number.
        seq: u64,
    },
    /// An earlier append failed, and this journal takes no more records from this process.
    #[error("the journal takes no more records since an append failed: {0}")]
    Poisoned(String),
}

/// A step of an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Looking whether the file is still as this writer left it.
    Inspect,
    /// The write.
    Write,
    /// Making it durable.
    Sync,
}

/// What a failed append leaves in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing was written.
    Nothing,
    /// What had been written was taken away again, durably.
    Removed,
    /// Part of the record, or all of it, may still be there.
    Unknown,
}

/// The end of one journal.
#[derive(Debug)]
pub(super) struct Appender {
    medium: Box<dyn Medium>,
    seq: u64,
    head: Hash,
    length: u64,
    poison: Option<String>,
}

impl Appender {
    /// Begins an empty journal.
    pub(super) fn new(medium: Box<dyn Medium>) -> Self {
        Self {
            medium,
            seq: 0,
            head: Hash::ORIGIN,
            length: 0,
            poison: None,
        }
    }

    /// Continues after the whole records of a journal, whose file ends with the last of them.
    pub(super) fn after(medium: Box<dyn Medium>, extent: Extent) -> Self {
        Self {
            medium,
            seq: extent.records,
            head: extent.head,
            length: extent.length,
            poison: None,
        }
    }

    /// The hash of the last durable record.
    pub(super) fn head(&self) -> Hash {
        self.head
    }

    /// The number of the last durable record; 0 before the first.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    /// Writes one record and returns once it is durable.
    pub(super) fn append(&mut self, at: DateTime<Utc>, payload: &Payload) -> Result<Record, AppendError> {
        if let Some(cause) = &self.poison {
            return Err(AppendError::Poisoned(cause.clone()));
        }
        let seq = self.seq + 1;
        let (record, line) = encode(seq, self.head, at, payload)?;
        if let Err((step, source)) = self.put(&line) {
            let left = self.undo(step);
            let cause = format!("record {seq}: the disk would not {step} ({left}): {source}");
            self.poison = Some(cause);
            return Err(AppendError::Failed {
                seq,
                step,
                left,
                source,
            });
        }
        self.seq = seq;
        self.head = record.hash();
        self.length += line.len() as u64;
        Ok(record)
    }

    fn put(&mut self, line: &[u8]) -> Result<(), (Step, io::Error)> {
        let found = self.medium.length().map_err(|error| (Step::Inspect, error))?;
        if found != self.length {
            let text = format!(
                "another hand changed it: expected {} bytes, got {found}",
                self.length
            );
            return Err((Step::Inspect, io::Error::other(text)));
        }
        let taken = self.medium.write(line).map_err(|error| (Step::Write, error))?;
        if taken != line.len() {
            // Disks take part of a write when they run full. A second write could succeed and leave two
            // halves with a power cut between them.
            let text = format!("expected {} bytes to be taken, got {taken}", line.len());
            return Err((Step::Write, io::Error::new(io::ErrorKind::WriteZero, text)));
        }
        self.medium.sync().map_err(|error| (Step::Sync, error))
    }

    fn undo(&mut self, step: Step) -> Left {
        match step {
            // Whatever else stands in the file is another's, and not for cutting.
            Step::Inspect => Left::Nothing,
            Step::Write | Step::Sync => {
                let removed = self.medium.set_len(self.length).and_then(|()| self.medium.sync());
                removed.map_or(Left::Unknown, |()| Left::Removed)
            }
        }
    }
}

impl From<EncodeError> for AppendError {
    fn from(error: EncodeError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Inspect => "show its file",
            Self::Write => "take it",
            Self::Sync => "make it durable",
        })
    }
}

impl fmt::Display for Left {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Nothing => "nothing of it was written",
            Self::Removed => "nothing of it is left",
            Self::Unknown => "part of it may be left",
        })
    }
}
