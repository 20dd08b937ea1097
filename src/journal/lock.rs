//! Locks of the kernel, on files in `locks/`. The kernel frees them with the process, however it ends; no
//! timer does. Lock files are never deleted: two processes could then hold two files of one name. Only who takes a run
//! over puts a file of its own in the place of another's, and whoever locks looks afterwards whether its file still stands.

use super::holder::Holder;
use super::place::Place;
use rustix::fs::OFlags;
use rustix::io::Errno;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A lock that this process holds until the value is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

/// Why a lock was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// A living process holds it.
    #[error("held by {}", name(.holder.as_ref()))]
    Busy {
        /// Who; `None` while the holder has not written its name yet.
        holder: Option<Holder>,
    },
    /// The lock's file cannot be used.
    #[error("cannot lock {path}: {source}")]
    Unavailable {
        /// The file.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
}

impl Lock {
    /// Takes the lock on the file `path`, which is made if need be, and writes the holder into it.
    pub(super) fn take(path: &Path, holder: &Holder) -> Result<Self, LockError> {
        let mut lock = Self::seize(path)?;
        let write = |file: &mut File| {
            let mut text = serde_json::to_vec(holder)?;
            text.push(b'\n');
            file.write_all(&text)
        };
        write(&mut lock.file).map_err(unavailable(path))?;
        Ok(lock)
    }

    /// Takes the lock whoever holds it, by a file of its own in the place of theirs. Their writes must be fenced by other
    /// means: they still hold what they held.
    pub(super) fn wrest(path: &Path, holder: &Holder) -> Result<Self, LockError> {
        let beside = path.with_extension(format!("{}.lock", holder.pid));
        let lock = Self::take(&beside, holder)?;
        fs::rename(&beside, path).map_err(unavailable(path))?;
        Ok(lock)
    }

    /// Takes the lock without a name in it, for a moment.
    pub(super) fn seize(path: &Path) -> Result<Self, LockError> {
        let mut file = open(path).map_err(unavailable(path))?;
        match file.try_lock() {
            // Its place was taken between the two: that is the file to ask.
            Ok(()) if !is_at(&file, path).map_err(unavailable(path))? => Self::seize(path),
            Ok(()) => {
                // A dead holder's name would mislead whoever finds the lock busy from here on.
                file.set_len(0).map_err(unavailable(path))?;
                Ok(Self { file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Unreadable, empty or half written: the holder stays unnamed, the lock stays busy.
                let holder = file
                    .read_to_string(&mut text)
                    .ok()
                    .and_then(|_| serde_json::from_str(text.trim_end()).ok());
                Err(LockError::Busy { holder })
            }
            Err(TryLockError::Error(source)) => Err(unavailable(path)(source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name goes before the lock does. Should it stay, the next holder removes it.
        let _ = self.file.set_len(0);
    }
}

/// Opens the file of a lock. Whatever a link leads to would be emptied, and two names could lead to one lock.
fn open(path: &Path) -> io::Result<File> {
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path);
    match opened {
        Ok(file) if file.metadata()?.is_file() => Ok(file),
        Ok(_) => Err(io::Error::other("expected a regular file, got something else")),
        Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => Err(io::Error::other(
            "expected a regular file, got a symbolic link: remove it",
        )),
        Err(error) => Err(error),
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    Place::of(file, path)?.stands()
}

fn unavailable(path: &Path) -> impl Fn(io::Error) -> LockError {
    let path = path.to_owned();
    move |source| LockError::Unavailable {
        path: path.clone(),
        source,
    }
}

fn name(holder: Option<&Holder>) -> String {
    holder.map_or_else(
        || "a process that has not written its name".to_owned(),
        Holder::to_string,
    )
}
