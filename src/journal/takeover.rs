//! Taking a run over from a process that lives, or may live: another host, a process that hangs, a forgotten terminal.
//!
//! Age proves nobody dead, so the old holder is fenced instead. The journal is copied, the copy takes the file's place, and
//! the old file is read once more to its end. A writer looks after each record whether its file still stands: what it
//! wrote before the exchange is in the copy, and what it writes later has no effect. A request whose intent was durable
//! before may still go out until its send-by instant; the machine waits past that before it draws any conclusion.

use super::archive::{FILE, Shelf};
use super::folder;
use super::holder::Holder;
use super::ledger::{Ledger, ReadError, open};
use super::lock::{Lock, LockError};
use super::refusal::ResumeError;
use super::store::{ClusterLock, Store, proceed, stands};
use super::writer::Writer;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// A run taken over.
#[derive(Debug)]
pub struct TakenOver {
    /// Its records, those of the old holder to the last.
    pub ledger: Ledger,
    /// The one writer from now on.
    pub writer: Writer,
    /// Who was fenced; none where nobody held it.
    pub from: Option<Fenced>,
}

/// Who held a run before it was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fenced {
    /// By the name in its lock.
    Named(Holder),
    /// It had not written its name.
    Unnamed,
}

impl Store {
    /// Continues the journal of `holder.run` like [`Store::resume`], although another process may hold it.
    pub fn take_over(&self, holder: &Holder) -> Result<TakenOver, ResumeError> {
        let run = holder.run.clone();
        let locked = |source| ResumeError::Locked {
            run: run.clone(),
            source,
        };
        let home = self.folder_of(Shelf::Runs, &run);
        if !stands(&home).map_err(|source| ReadError::Unreadable {
            path: home.clone(),
            source,
        })? {
            return Err(ResumeError::Unknown(run));
        }
        let (lock, from) = match Lock::take(&self.lock_of(&run), holder) {
            Ok(lock) => (lock, None),
            Err(LockError::Busy { holder: other }) => {
                let lock = Lock::wrest(&self.lock_of(&run), holder).map_err(locked)?;
                (lock, Some(other.map_or(Fenced::Unnamed, Fenced::Named)))
            }
            Err(error) => return Err(locked(error)),
        };
        let path = home.join(FILE);
        if from.is_some() {
            self.exchange(&path, holder)?;
        }
        let ledger = Ledger::read(&path)?;
        let appender = proceed(&path, &ledger).map_err(|source| ResumeError::Unwritable {
            path: path.clone(),
            source,
        })?;
        // Two may take over at once: the file that was opened is then the other's.
        if !lock.stands(&self.lock_of(&run)).map_err(locked)? {
            return Err(locked(LockError::Busy { holder: None }));
        }
        Ok(TakenOver {
            ledger,
            writer: Writer::new(run, path, appender, lock),
            from,
        })
    }

    /// Holds the cluster that `key` names although another process may hold it; that one's run was taken over.
    pub fn take_cluster_over(&self, key: &str, holder: &Holder) -> Result<ClusterLock, LockError> {
        match self.hold(key, holder) {
            Err(LockError::Busy { .. }) => Lock::wrest(&self.cluster_lock(key), holder).map(ClusterLock::of),
            done => done,
        }
    }

    /// Puts a copy of the journal in its place, with every whole record of the old file.
    fn exchange(&self, path: &Path, holder: &Holder) -> Result<(), ResumeError> {
        let unwritable = |source| ResumeError::Unwritable {
            path: path.to_owned(),
            source,
        };
        let mut old = open(path)?;
        let whole = Ledger::read_from(&old).map_err(|stop| stop.at(path))?;
        let length = whole.extent().length;
        let staged = self
            .staging()
            .join(format!("{}.{}.jsonl", holder.run, holder.pid));
        copy(&mut old, 0, length, &staged)
            .and_then(|()| fs::rename(&staged, path))
            .and_then(|()| path.parent().map_or(Ok(()), folder::sync))
            .map_err(unwritable)?;
        // Whatever the old holder made durable before the exchange is there by now.
        old.rewind().map_err(unwritable)?;
        let since = Ledger::read_from(&old).map_err(|stop| stop.at(path))?;
        let more = since.extent().length;
        if more > length {
            copy(&mut old, length, more, path).map_err(unwritable)?;
        }
        Ok(())
    }
}

/// Adds bytes of one file to the end of another, durably.
fn copy(from: &mut File, begin: u64, end: u64, to: &Path) -> io::Result<()> {
    from.seek(SeekFrom::Start(begin))?;
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(to)?;
    io::copy(&mut from.take(end - begin), &mut file)?;
    file.sync_all()
}
