//! Who holds a lock: what a second operator is shown. It takes no lock.

use crate::domain::run_id::RunId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The process, machine and person behind a lock, and the run that they hold it for.
///
/// It is for reading only. Neither its age nor its pid says whether the holder lives: the kernel's lock does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The run that the lock is held for.
    pub run: RunId,
    /// The process.
    pub pid: u32,
    /// The machine's own name.
    pub host: String,
    /// The operator, as the caller knows them.
    pub user: String,
    /// When the lock was taken, by the caller's clock.
    pub since: DateTime<Utc>,
}

impl Holder {
    /// This process on this machine.
    pub fn here(run: RunId, user: impl Into<String>, since: DateTime<Utc>) -> Self {
        let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
        Self {
            run,
            pid: std::process::id(),
            host,
            user: user.into(),
            since,
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            run,
            pid,
            host,
            user,
            since,
        } = self;
        write!(
            out,
            "run {run}, {user} on {host}, pid {pid}, since {}",
            since.format("%Y-%m-%dT%H:%M:%SZ")
        )
    }
}
