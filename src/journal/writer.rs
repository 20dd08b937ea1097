//! The one writer of a run's journal: the end of the file together with the lock that makes it the only one.

use super::appender::{AppendError, Appender};
use super::hash::Hash;
use super::lock::Lock;
use super::payload::Payload;
use super::record::Record;
use crate::domain::run_id::RunId;
use chrono::{DateTime, Utc};
use std::io;
use std::path::{Path, PathBuf};

/// The only writer of one run's journal, for as long as it lives.
#[derive(Debug)]
pub struct Writer {
    run: RunId,
    path: PathBuf,
    appender: Appender,
    _lock: Lock,
}

impl Writer {
    pub(super) fn new(run: RunId, path: PathBuf, appender: Appender, lock: Lock) -> Self {
        Self {
            run,
            path,
            appender,
            _lock: lock,
        }
    }

    /// Writes one record and returns it once it is durable: only then may its effect begin.
    ///
    /// After [`AppendError::Failed`] or [`AppendError::TakenOver`] this writer takes nothing more.
    pub fn append(&mut self, at: DateTime<Utc>, payload: &Payload) -> Result<Record, AppendError> {
        let failed = match self.appender.append(at, payload) {
            Ok(record) => return Ok(record),
            Err(failed) => failed,
        };
        if let AppendError::Failed { seq, source, .. } = &failed
            && source.kind() == io::ErrorKind::NotFound
            && self.path.exists()
        {
            return Err(AppendError::TakenOver { seq: *seq });
        }
        Err(failed)
    }

    /// The run.
    pub fn run(&self) -> &RunId {
        &self.run
    }

    /// The journal's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the last durable record.
    pub fn seq(&self) -> u64 {
        self.appender.seq()
    }

    /// The hash of the last durable record.
    pub fn head(&self) -> Hash {
        self.appender.head()
    }
}
