//! Marks: one file beside the runs, whose records are chained as those of a run are. A mark is durable before its append
//! returns; two processes that mark at the same time write one after the other. What a mark says is no matter of this file.

use std::io;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::appender::{AppendError, Appender};
use super::archive::Archive;
use super::folder;
use super::ledger::{Ledger, ReadError, open};
use super::lock::{Lock, LockError};
use super::medium::Disk;
use super::payload::Payload;
use super::record::Record;
use super::store::{Store, proceed, stands};

const FOLDER: &str = "marks";
const FILE: &str = "marks.jsonl";
const LOCK: &str = "marks.lock";

/// Another process writes a mark in some milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(10);

/// Why a mark is not kept. Nothing was added, unless said.
#[derive(Debug, thiserror::Error)]
pub enum MarkError<E> {
    /// What is there does not let it be added.
    #[error("{0}")]
    Unwanted(E),
    /// The lock could not be taken.
    #[error("the marks could not be locked")]
    Locked(#[source] LockError),
    /// What is there cannot be read, or cannot be trusted.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The disk did not take it.
    #[error("the marks could not be written")]
    Unwritable(#[from] io::Error),
    /// The record did not become durable.
    #[error(transparent)]
    Append(#[from] AppendError),
}

impl Archive {
    /// The file of the marks, whether it exists or not.
    pub fn marks_file(&self) -> PathBuf {
        self.root().join(FOLDER).join(FILE)
    }

    /// Every record of the marks, in order. None where there is no such file.
    pub fn marks(&self) -> Result<Vec<Record>, ReadError> {
        let path = self.marks_file();
        match stands(&path) {
            Ok(false) => Ok(Vec::new()),
            Ok(true) => Ok(Ledger::read(&path)?.records().to_vec()),
            Err(source) => Err(ReadError::Unreadable { path, source }),
        }
    }
}

impl Store {
    /// Adds what `decide` makes of the records that are there. Durable when it returns: the file's bytes, and the folder's
    /// entry for it.
    pub fn mark<E>(
        &self,
        at: DateTime<Utc>,
        decide: impl FnOnce(&[Record]) -> Result<Payload, E>,
    ) -> Result<Record, MarkError<E>> {
        let path = self.archive().marks_file();
        let home = self.archive().root().join(FOLDER);
        folder::make_all(&home)?;
        let _lock = wait(&self.locks().join(LOCK)).map_err(MarkError::Locked)?;
        if stands(&path)? {
            let ledger = Ledger::read_from(&open(&path)?).map_err(|stop| stop.at(&path))?;
            let payload = decide(ledger.records()).map_err(MarkError::Unwanted)?;
            let (_, mut appender) = proceed(&path, &ledger)?;
            return Ok(appender.append(at, &payload)?);
        }
        let payload = decide(&[]).map_err(MarkError::Unwanted)?;
        // The file appears together with its first record, or not at all. Mode 0600.
        let staged = tempfile::NamedTempFile::new_in(&home)?;
        let record = Appender::new(Box::new(Disk(staged.reopen()?))).append(at, &payload)?;
        staged.persist_noclobber(&path).map_err(|error| error.error)?;
        folder::sync(&home)?;
        Ok(record)
    }
}

/// Takes the lock, waiting for whoever has it just now.
fn wait(path: &std::path::Path) -> Result<Lock, LockError> {
    let began = Instant::now();
    loop {
        match Lock::seize(path) {
            Err(LockError::Busy { .. }) if began.elapsed() < PATIENCE => sleep(PAUSE),
            taken => return taken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::fs;

    fn payload(name: &str) -> Payload {
        Payload::tagged(serde_json::json!({"type": "marked", "name": name})).unwrap()
    }

    fn add(store: &Store, name: &str) -> Result<Record, MarkError<Infallible>> {
        store.mark(DateTime::UNIX_EPOCH, |_| Ok(payload(name)))
    }

    fn names(store: &Store) -> Vec<String> {
        let name = |record: &Record| record.payload().data()["name"].as_str().unwrap().to_owned();
        store.archive().marks().unwrap().iter().map(name).collect()
    }

    #[test]
    fn marks_are_kept_in_order_and_a_torn_last_line_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(names(&store), [""; 0]);
        add(&store, "a").unwrap();
        add(&store, "b").unwrap();
        let path = store.archive().marks_file();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole[..], b"{\"at\":\"20"].concat()).unwrap();
        assert_eq!(names(&store), ["a", "b"]);
        add(&store, "c").unwrap();
        assert_eq!(names(&store), ["a", "b", "c"]);
    }

    #[test]
    fn a_mark_that_is_not_wanted_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        add(&store, "a").unwrap();
        let seen = |records: &[Record]| Err::<Payload, _>(records.len());
        let refused = store.mark(DateTime::UNIX_EPOCH, seen);
        assert!(matches!(refused, Err(MarkError::Unwanted(1))));
        assert_eq!(names(&store), ["a"]);
    }

    #[test]
    fn damage_names_its_line_and_nothing_is_added() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for name in ["a", "b", "c"] {
            add(&store, name).unwrap();
        }
        let path = store.archive().marks_file();
        let text = fs::read_to_string(&path).unwrap().replace("\"b\"", "\"x\"");
        fs::write(&path, &text).unwrap();
        let refused = add(&store, "d").unwrap_err();
        assert!(refused.to_string().contains("damaged at line 2"), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn marks_of_many_at_once_all_land() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        std::thread::scope(|scope| {
            for number in 0..16 {
                let store = &store;
                scope.spawn(move || add(store, &format!("m{number}")).unwrap());
            }
        });
        let mut found = names(&store);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 16);
    }
}
