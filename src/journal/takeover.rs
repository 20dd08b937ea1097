//! Taking a run over from a process that lives, or may live: another host, a process that hangs, a forgotten terminal.
//!
//! Age proves nobody dead, so the old holder is fenced instead. The journal is copied, the copy takes the file's place, and
//! the old file, which keeps a name until then, is read once more to its end. A writer looks after each record whether its file still stands: what it
//! wrote before the exchange is in the copy, and what it writes later has no effect. A request whose intent was durable
//! before may still go out until its send-by instant; the machine waits past that before it draws any conclusion.

use super::archive::{FILE, Shelf};
use super::folder;
use super::holder::Holder;
use super::ledger::{Ledger, ReadError, open};
use super::lock::{Lock, LockError};
use super::place::Place;
use super::refusal::ResumeError;
use super::store::{ClusterLock, Store, proceed, stands};
use super::writer::Writer;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

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
        let _alone = self.alone(holder)?;
        let path = home.join(FILE);
        // The exchange comes before the lock is wrested: whoever fails in between leaves the run to its old holder's lock.
        // It is made although nobody seems to hold the run: a lock can be lost, and a holder without one is fenced too.
        let (lock, from) = match Lock::take(&self.lock_of(&run), holder) {
            Ok(lock) => {
                self.exchange(&path)?;
                (lock, None)
            }
            Err(LockError::Busy { holder: other }) => {
                self.exchange(&path)?;
                let lock = Lock::wrest(&self.lock_of(&run), holder).map_err(locked)?;
                (lock, Some(other.map_or(Fenced::Unnamed, Fenced::Named)))
            }
            Err(error) => return Err(locked(error)),
        };
        let ledger = Ledger::read(&path)?;
        let (place, appender) =
            proceed(&path, &ledger).map_err(|source| ResumeError::Unwritable { path, source })?;
        Ok(TakenOver {
            ledger,
            writer: Writer::new(run, place, appender, lock),
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

    /// Puts a copy of the journal in its place. The old file keeps a name of its own until every whole record of it is
    /// in the copy: whoever is killed half-way leaves that to the next one.
    fn exchange(&self, path: &Path) -> Result<(), ResumeError> {
        let unwritable = |source| ResumeError::Unwritable {
            path: path.to_owned(),
            source,
        };
        absorb(path)?;
        let mut old = open(path)?;
        let whole = Ledger::read_from(&old).map_err(|stop| stop.at(path))?;
        let staged = tempfile::NamedTempFile::new_in(self.staging()).map_err(unwritable)?;
        fs::hard_link(path, fenced(path))
            .and_then(|()| copy(&mut old, 0, whole.extent().length, staged.path()))
            .and_then(|()| staged.persist(path).map(|_| ()).map_err(|error| error.error))
            .and_then(|()| path.parent().map_or(Ok(()), folder::sync))
            .map_err(unwritable)?;
        absorb(path)
    }

    /// Takes the run's lock, once no exchange is under way, and completes one that was left half-way.
    pub(super) fn lock_run(&self, path: &Path, holder: &Holder) -> Result<Lock, ResumeError> {
        let _alone = self.alone(holder)?;
        let lock = Lock::take(&self.lock_of(&holder.run), holder).map_err(|source| ResumeError::Locked {
            run: holder.run.clone(),
            source,
        })?;
        absorb(path)?;
        Ok(lock)
    }

    /// One exchange of a run's journal at a time. The kernel frees it with the process.
    fn alone(&self, holder: &Holder) -> Result<Lock, ResumeError> {
        let path = self.lock_of(&holder.run).with_extension("exchange.lock");
        Lock::take(&path, holder).map_err(|source| ResumeError::Locked {
            run: holder.run.clone(),
            source,
        })
    }
}

/// Adds to the journal whatever the fenced holder made durable before the exchange; nothing where none was begun.
fn absorb(path: &Path) -> Result<(), ResumeError> {
    let left = fenced(path);
    let unwritable = |source| ResumeError::Unwritable {
        path: path.to_owned(),
        source,
    };
    if !stands(&left).map_err(unwritable)? {
        return Ok(());
    }
    let mut old = open(&left)?;
    let exchanged = !Place::of(&old, path)
        .and_then(|place| place.stands())
        .map_err(unwritable)?;
    if exchanged {
        let all = Ledger::read_from(&old).map_err(|stop| stop.at(&left))?.extent();
        // A copy that was cut short by a power cut, or the tail of one, is torn: only whole records count.
        let have = Ledger::read(path)?.extent();
        if have.length < all.length {
            let file = OpenOptions::new().write(true).open(path).map_err(unwritable)?;
            file.set_len(have.length).map_err(unwritable)?;
            copy(&mut old, have.length, all.length, path).map_err(unwritable)?;
        }
    }
    fs::remove_file(&left)
        .and_then(|()| path.parent().map_or(Ok(()), folder::sync))
        .map_err(unwritable)
}

/// The name of the old file while it is being exchanged.
fn fenced(path: &Path) -> PathBuf {
    path.with_file_name("journal.fenced.jsonl")
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
