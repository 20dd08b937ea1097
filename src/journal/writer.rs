//! The one writer of a run's journal: the end of the file together with the lock that makes it the only one.

use super::appender::{AppendError, Appender, Left, Step};
use super::hash::Hash;
use super::lock::Lock;
use super::payload::Payload;
use super::place::Place;
use super::record::Record;
use crate::domain::run_id::RunId;
use chrono::{DateTime, Utc};
use std::path::Path;

/// The only writer of one run's journal, for as long as it lives.
#[derive(Debug)]
pub struct Writer {
    run: RunId,
    place: Place,
    appender: Appender,
    _lock: Lock,
}

impl Writer {
    pub(super) fn new(run: RunId, place: Place, appender: Appender, lock: Lock) -> Self {
        Self {
            run,
            place,
            appender,
            _lock: lock,
        }
    }

    /// Writes one record and returns it once it is durable: only then may its effect begin.
    ///
    /// After [`AppendError::Failed`] or [`AppendError::TakenOver`] this writer takes nothing more.
    pub fn append(&mut self, at: DateTime<Utc>, payload: &Payload) -> Result<Record, AppendError> {
        let seq = self.appender.seq() + 1;
        // A process that was fenced adds nothing to a file that nobody reads as the journal.
        if !self.stands(seq)? {
            return Err(AppendError::TakenOver { seq });
        }
        let record = match self.appender.append(at, payload) {
            // The exchange can fall between the look above and the append, which then finds its file without a name:
            // what stopped this process is the one that took the run over, and no disk.
            Err(AppendError::Failed { .. }) if !self.stands(seq)? => {
                return Err(AppendError::TakenOver { seq });
            }
            done => done?,
        };
        // Whoever takes the run over puts another file in this one's place, then reads this one to its end: what was
        // written before is seen there, and what is written later must have no effect.
        if self.stands(seq)? {
            Ok(record)
        } else {
            Err(AppendError::TakenOver { seq })
        }
    }

    /// Whether the file is still the journal. One that was deleted has no successor: the append itself says so.
    fn stands(&self, seq: u64) -> Result<bool, AppendError> {
        let looked = self
            .place
            .stands()
            .and_then(|stands| Ok(stands || !self.place.path().try_exists()?));
        looked.map_err(|source| AppendError::Failed {
            seq,
            step: Step::Inspect,
            left: Left::Unknown,
            source,
        })
    }

    /// Tells, at any time, whether nobody took the run over. Not knowing is no.
    pub fn ours(&self) -> impl Fn() -> bool + 'static {
        let place = self.place.clone();
        move || place.stands().unwrap_or(false)
    }

    /// The run.
    pub fn run(&self) -> &RunId {
        &self.run
    }

    /// The journal's file.
    pub fn path(&self) -> &Path {
        self.place.path()
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
