//! Why the store refuses: a place, a new run, or the continuation of one. Words only.

use super::appender::AppendError;
use super::ledger::ReadError;
use super::lock::LockError;
use crate::domain::run_id::RunId;
use std::io;
use std::path::PathBuf;

/// Bytes that must be free before a run begins. A long run's journal takes a fraction of it.
pub const ROOM: u64 = 1 << 20;

/// Why no journal can be kept here.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A folder is missing and cannot be made.
    #[error("cannot make the folder {path}")]
    Unmade {
        /// The folder.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
    /// A folder takes no files: another owner, a read-only disk, no quota.
    #[error("cannot write into {path}")]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
    /// The disk is nearly full.
    #[error("expected at least {ROOM} bytes free for {path}, got {free}")]
    NoRoom {
        /// The root of the journals.
        path: PathBuf,
        /// Bytes free for this user.
        free: u64,
    },
}

/// Why a run's journal was not begun. Nothing was recorded, unless said.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The run's lock was not taken.
    #[error("cannot begin run {run}")]
    Locked {
        /// The run.
        run: RunId,
        /// Who holds it, or why it cannot be held.
        source: LockError,
    },
    /// There is such a run.
    #[error("expected a new run, got {0}, which exists")]
    Exists(RunId),
    /// Its first record was not written.
    #[error("cannot write the first record of the run")]
    Record(#[from] AppendError),
    /// Its folder was not put in place. If that failed at the very last step, the run may stand there with
    /// its first record alone.
    #[error("cannot put {path} in place")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
}

/// Why a run's journal cannot be continued.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// The run's lock was not taken: another process may be at work on it.
    #[error("cannot continue run {run}")]
    Locked {
        /// The run.
        run: RunId,
        /// Who holds it, or why it cannot be held.
        source: LockError,
    },
    /// There is no such run.
    #[error("expected an existing run, got {0}")]
    Unknown(RunId),
    /// The journal cannot be read, or is damaged.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It can be read and not be written.
    #[error("cannot write to {path}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
}
