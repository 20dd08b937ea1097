//! The journals of this machine, for writing: it begins runs, resumes them, and holds clusters. It knows
//! folders, files and locks, and nothing of what records mean.

use super::appender::Appender;
use super::archive::{Archive, FILE, LOCKS, Shelf};
use super::folder;
use super::hash::Hash;
use super::holder::Holder;
use super::ledger::{Ledger, ReadError, open};
use super::lock::{Lock, LockError};
use super::medium::Disk;
use super::payload::Payload;
use super::place::Place;
use super::refusal::{BeginError, ROOM, ResumeError, StoreError};
use super::writer::Writer;
use crate::domain::run_id::RunId;
use chrono::{DateTime, Utc};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A cluster held by this process until the value is dropped.
#[derive(Debug)]
pub struct ClusterLock {
    _lock: Lock,
}

impl ClusterLock {
    pub(super) fn of(lock: Lock) -> Self {
        Self { _lock: lock }
    }
}

/// The journals under one root, proven writable.
#[derive(Debug, Clone)]
pub struct Store {
    archive: Archive,
}

impl Store {
    /// Makes what is missing under `root`, and proves that each folder takes files and the disk has room.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let store = Self {
            archive: Archive::new(root),
        };
        for path in [
            store.archive.shelf(Shelf::Runs),
            store.archive.shelf(Shelf::Rehearsals),
            store.staging(),
            store.locks(),
        ] {
            folder::make_all(&path).map_err(|source| StoreError::Unmade {
                path: path.clone(),
                source,
            })?;
            folder::probe(&path).map_err(|source| StoreError::Unwritable { path, source })?;
        }
        let path = store.archive.root().to_owned();
        match folder::room(&path) {
            Ok(free) if free < ROOM => Err(StoreError::NoRoom { path, free }),
            Ok(_) => Ok(store),
            Err(source) => Err(StoreError::Unwritable { path, source }),
        }
    }

    /// The same journals, for finding and reading.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Begins the journal of `holder.run`, a new run. Its folder appears on the shelf together with its
    /// durable first record, or not at all.
    pub fn begin(
        &self,
        on: Shelf,
        holder: &Holder,
        at: DateTime<Utc>,
        first: &Payload,
    ) -> Result<Writer, BeginError> {
        let run = holder.run.clone();
        let lock = Lock::take(&self.lock_of(&run), holder).map_err(|source| BeginError::Locked {
            run: run.clone(),
            source,
        })?;
        self.sweep();
        for shelf in [Shelf::Runs, Shelf::Rehearsals] {
            let path = self.folder_of(shelf, &run);
            match stands(&path) {
                Ok(false) => {}
                Ok(true) => return Err(BeginError::Exists(run)),
                Err(source) => return Err(BeginError::Folder { path, source }),
            }
        }
        let staged = self.staging().join(run.as_str());
        let appender = stage(&staged, at, first).inspect_err(|_| {
            // Best effort: what stays is swept by the next run.
            let _ = fs::remove_dir_all(&staged);
        })?;
        let home = self.folder_of(on, &run);
        fs::rename(&staged, &home)
            .and_then(|()| folder::sync(&self.archive.shelf(on)))
            .map_err(|source| BeginError::Folder {
                path: home.clone(),
                source,
            })?;
        let place =
            Place::at(&home.join(FILE)).map_err(|source| BeginError::Folder { path: home, source })?;
        Ok(Writer::new(run, place, appender, lock))
    }

    /// Continues the journal of `holder.run`: takes its lock, reads it, and durably cuts off a torn last
    /// line, of which [`Ledger::torn_bytes`] tells the length. Rehearsals are not continued.
    pub fn resume(&self, holder: &Holder) -> Result<(Ledger, Writer), ResumeError> {
        let run = holder.run.clone();
        let path = self.folder_of(Shelf::Runs, &run);
        if !stands(&path).map_err(|source| ReadError::Unreadable { path, source })? {
            return Err(ResumeError::Unknown(run));
        }
        let path = self.archive.journal(Shelf::Runs, &run);
        let lock = self.lock_run(&path, holder)?;
        let file = open(&path)?;
        let ledger = Ledger::read_from(&file).map_err(|stop| stop.at(&path))?;
        let (place, appender) =
            proceed(&path, &ledger).map_err(|source| ResumeError::Unwritable { path, source })?;
        Ok((ledger, Writer::new(run, place, appender, lock)))
    }

    /// Holds the cluster that `key` names, against every other process on this machine.
    ///
    /// The key is any text that tells clusters apart, such as account, region and cluster id.
    pub fn hold(&self, key: &str, holder: &Holder) -> Result<ClusterLock, LockError> {
        Lock::take(&self.cluster_lock(key), holder).map(ClusterLock::of)
    }

    /// The lock's file of the cluster that `key` names.
    pub(super) fn cluster_lock(&self, key: &str) -> PathBuf {
        let plain: String = key
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .take(48)
            .collect();
        // The readable part may be the same for two keys; the hash is not.
        let name = format!("cluster-{plain}-{:.16}.lock", Hash::of(key.as_bytes()));
        self.locks().join(name)
    }

    /// Removes what crashes left in staging: the folders of runs whose lock is free. Failing to tidy up is
    /// no reason to refuse a run.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.staging()) else {
            return;
        };
        for entry in entries.flatten() {
            let Some(run) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<RunId>().ok())
            else {
                continue;
            };
            if let Ok(_lock) = Lock::seize(&self.lock_of(&run)) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    pub(super) fn staging(&self) -> PathBuf {
        self.archive.root().join("staging")
    }

    pub(super) fn locks(&self) -> PathBuf {
        self.archive.root().join(LOCKS)
    }

    pub(super) fn lock_of(&self, run: &RunId) -> PathBuf {
        self.locks().join(format!("run-{run}.lock"))
    }

    pub(super) fn folder_of(&self, on: Shelf, run: &RunId) -> PathBuf {
        self.archive.shelf(on).join(run.as_str())
    }
}

/// Whether anything has this name. Not knowing is an error, never "no".
pub(super) fn stands(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes a run's folder with its first record, durable down to the folder's entry for the file.
fn stage(folder: &Path, at: DateTime<Utc>, first: &Payload) -> Result<Appender, BeginError> {
    let failed = |source| BeginError::Folder {
        path: folder.to_owned(),
        source,
    };
    folder::make(folder).map_err(failed)?;
    let file = OpenOptions::new()
        .append(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.join(FILE))
        .map_err(failed)?;
    let mut appender = Appender::new(Box::new(Disk(file)));
    appender.append(at, first)?;
    folder::sync(folder).map_err(failed)?;
    Ok(appender)
}

/// Opens the end of a journal that has been read, without its torn last line.
pub(super) fn proceed(path: &Path, ledger: &Ledger) -> io::Result<(Place, Appender)> {
    let file: File = OpenOptions::new().append(true).open(path)?;
    if ledger.torn_bytes() > 0 {
        file.set_len(ledger.extent().length)?;
    }
    // The last record may have been written and not made durable; from here on it counts.
    file.sync_all()?;
    let place = Place::of(&file, path)?;
    Ok((place, Appender::after(Box::new(Disk(file)), ledger.extent())))
}
