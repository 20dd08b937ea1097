//! What shows that a command still lives although the process that started it is dead.
//!
//! `kill -9` reaches this program and not the command's own process group. So every command inherits a locked file: the
//! kernel holds the lock for as long as anything of the command has it open. Some programs (ssh, sudo) close what they
//! inherit; the file therefore names the command's first process too. Nothing here ends anything.
//!
//! What this cannot see: a command that closes what it inherits, of a process that is killed in the instant between starting
//! it and naming it.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::OFlags;
use rustix::io::{Errno, FdFlags, fcntl_setfd};
use serde::{Deserialize, Serialize};

/// The place of one run's lock.
#[derive(Clone)]
pub struct Tether {
    path: PathBuf,
    ours: Option<Arc<dyn Fn() -> bool>>,
    earlier: Earlier,
}

/// The process that had the run before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// It is dead: the kernel freed its run.
    Dead,
    /// It was fenced, and may live: a lock that it holds itself says nothing of a command.
    Fenced,
}

/// A lock held for one command.
#[derive(Debug)]
pub(super) struct Held {
    file: File,
    noted: Noted,
}

/// What the file says of a command. Neither arguments nor environment: the file stays after its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    /// The program, as the runbook names it.
    pub(super) program: String,
    /// After how many seconds it would have been ended.
    pub(super) timeout_s: u32,
    /// The first process, whose id is that of the process group; none before it is started.
    first: Option<Process>,
}

/// A process, told apart from a later one of the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Process {
    id: u32,
    /// When it began, in ticks since the machine's start; none where the machine does not tell.
    began: Option<u64>,
}

impl fmt::Debug for Tether {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Tether")
            .field("path", &self.path)
            .field("earlier", &self.earlier)
            .finish_non_exhaustive()
    }
}

impl Tether {
    /// The lock on this file, which is made when a command needs it.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            ours: None,
            earlier: Earlier::Dead,
        }
    }

    /// No command is started once `ours` says that the run is another process's.
    #[must_use]
    pub fn while_ours(self, ours: impl Fn() -> bool + 'static) -> Self {
        Self {
            ours: Some(Arc::new(ours)),
            ..self
        }
    }

    /// What became of the process that had the run before.
    #[must_use]
    pub fn after(self, earlier: Earlier) -> Self {
        Self { earlier, ..self }
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the lock for a command that is about to be started.
    ///
    /// # Errors
    /// The file cannot be used, or a command of an earlier process has it.
    pub(super) fn hold(&self, program: &str, timeout_s: u32) -> io::Result<Held> {
        let file = self.file(true)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::WouldBlock, "an earlier command still runs")
            }
            TryLockError::Error(error) => error,
        })?;
        // Looked at with the lock held: whoever takes the run over waits for it before anything else is done.
        if self.ours.as_ref().is_some_and(|ours| !ours()) {
            return Err(io::Error::other("another process took the run over"));
        }
        let mut held = Held {
            file,
            noted: Noted {
                program: program.to_owned(),
                timeout_s,
                first: None,
            },
        };
        held.note()?;
        Ok(held)
    }

    /// The command that an earlier process started and that still lives.
    ///
    /// # Errors
    /// The file cannot be used, so it is not known.
    pub(super) fn alive(&self) -> io::Result<Option<Noted>> {
        let mut file = match self.file(false) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let noted: Option<Noted> = serde_json::from_str(text.trim_end()).ok();
        match file.try_lock() {
            Err(TryLockError::WouldBlock)
                if self.earlier == Earlier::Fenced && noted.as_ref().is_some_and(Noted::is_over) =>
            {
                // The command ended while whoever started it hangs, and so holds the lock for nothing.
                std::fs::remove_file(&self.path)?;
                Ok(None)
            }
            Err(TryLockError::WouldBlock) => Ok(Some(noted.unwrap_or_else(Noted::unnamed))),
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(noted.filter(Noted::runs)),
        }
    }

    /// A link in the file's place would put the lock, and what is written, elsewhere.
    fn file(&self, create: bool) -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(create)
            .truncate(false)
            .mode(0o600)
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&self.path)
            .map_err(|error| match Errno::from_io_error(&error) {
                Some(Errno::LOOP) => {
                    io::Error::other("expected a regular file, got a symbolic link: remove it")
                }
                Some(_) | None => error,
            })
    }
}

impl Held {
    /// Starts the command so that it inherits the lock, and notes its first process. `start` tells its id.
    ///
    /// # Errors
    /// Those of `start`. That the process could not be noted is none: the command runs, and has the lock.
    pub(super) fn start<C>(
        &mut self,
        start: impl FnOnce() -> io::Result<C>,
        id: impl FnOnce(&C) -> Option<u32>,
    ) -> io::Result<C> {
        // Nothing else is started in between: one thread starts every process of this program.
        fcntl_setfd(&self.file, FdFlags::empty())?;
        let started = start();
        fcntl_setfd(&self.file, FdFlags::CLOEXEC)?;
        let child = started?;
        self.noted.first = id(&child).map(|id| Process { id, began: began(id) });
        let _: io::Result<()> = self.note();
        Ok(child)
    }

    fn note(&mut self) -> io::Result<()> {
        let mut text = serde_json::to_vec(&self.noted)?;
        text.push(b'\n');
        self.file.set_len(0)?;
        rustix::fs::seek(&self.file, rustix::fs::SeekFrom::Start(0))?;
        self.file.write_all(&text)
    }
}

impl Drop for Held {
    /// What the command left running on purpose has the file open too, and does not keep the lock.
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

impl Noted {
    /// The lock is held and its file says nothing.
    fn unnamed() -> Self {
        Self {
            program: "a command".to_owned(),
            timeout_s: crate::domain::runbook::Command::TIMEOUT_S,
            first: None,
        }
    }

    /// The process group, as a person may look for it.
    pub(super) fn group(&self) -> String {
        match &self.first {
            Some(process) => format!("process group {}", process.id),
            None => "its process group is not known".to_owned(),
        }
    }

    /// It was started, and its first process is gone. One that was gone before its beginning could be noted left none;
    /// only a machine that tells of no process at all leaves that open.
    fn is_over(&self) -> bool {
        let told = Path::new("/proc/self/stat").exists();
        told && self.first.is_some() && !self.runs()
    }

    fn runs(&self) -> bool {
        self.first
            .as_ref()
            .is_some_and(|process| process.began.is_some() && process.began == began(process.id))
    }
}

/// When a process that still runs began, in ticks since the machine's start.
fn began(id: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The fields after the name, which stands in parentheses and may hold anything: the state is the third of all,
    // and the beginning the twenty-second.
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    let began = fields.nth(18)?.parse().ok()?;
    (!matches!(state, "Z" | "X")).then_some(began)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_is_started_for_a_run_that_was_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("command.lock");
        let fenced = Tether::at(&path).while_ours(|| false);
        let refused = fenced.hold("stop", 5).unwrap_err();
        assert_eq!(refused.to_string(), "another process took the run over");
        // It let go of the lock: who took over is not kept waiting.
        assert_eq!(Tether::at(&path).alive().unwrap(), None);
        Tether::at(&path).while_ours(|| true).hold("stop", 5).unwrap();
    }

    #[test]
    fn a_lock_that_a_hanging_process_keeps_after_its_command_counts_for_nothing_once_it_was_fenced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("command.lock");
        let mut held = Tether::at(&path).hold("true", 5).unwrap();
        let mut child = held
            .start(
                || std::process::Command::new("true").spawn(),
                |child| Some(child.id()),
            )
            .unwrap();
        child.wait().unwrap();
        assert!(Tether::at(&path).alive().unwrap().is_some());
        let after = Tether::at(&path).after(Earlier::Fenced);
        assert_eq!(after.alive().unwrap(), None);
        after.hold("start", 5).unwrap();
        drop(held);
    }
}
