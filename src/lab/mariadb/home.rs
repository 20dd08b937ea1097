//! The one directory of a lab: made by it, marked, locked while it runs, and removed at its end.
//!
//! What a killed lab left behind is removed by the next one, and only that: a directory of this name, of this user, with
//! the marker, whose lock is free. Everything else is left alone.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};

use super::fault::MariadbError;

const PREFIX: &str = "backtrackctl-lab-";
const MARKER: &str = "backtrackctl-lab";
const MARKED: &str = "The server of a running lab, made by backtrackctl. It is removed when the lab ends.\n";
const LOCK: &str = "lock";

/// A lab's directory. Dropping it removes it.
#[derive(Debug)]
pub(super) struct Home {
    root: PathBuf,
    /// Held as long as the lab runs.
    _lock: File,
}

impl Home {
    /// A new one below `parent`.
    pub(super) fn create(parent: &Path) -> Result<Self, MariadbError> {
        let root = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(parent)
            .map_err(MariadbError::system("could not make a directory in", parent))?
            .keep();
        let lock_path = root.join(LOCK);
        let lock = File::create(&lock_path).map_err(MariadbError::system("could not make", &lock_path))?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|error| MariadbError::system("could not lock", &lock_path)(error.into()))?;
        // Marked only once it is locked: whoever finds the marker and a free lock finds a dead lab.
        let home = Self { root, _lock: lock };
        let marker = home.root.join(MARKER);
        File::create(&marker)
            .and_then(|mut file| file.write_all(MARKED.as_bytes()))
            .map_err(MariadbError::system("could not write", &marker))?;
        for folder in [home.data(), home.temporary()] {
            fs::create_dir(&folder).map_err(MariadbError::system("could not make", &folder))?;
        }
        Ok(home)
    }

    /// Takes a directory over that a dead lab left behind.
    fn adopt(root: &Path) -> Result<Self, MariadbError> {
        let path = root.to_owned();
        let marked = fs::read_to_string(root.join(MARKER)).is_ok_and(|text| text == MARKED);
        let mine = fs::metadata(root).is_ok_and(|it| it.uid() == rustix::process::geteuid().as_raw());
        if !marked || !mine {
            return Err(MariadbError::NotOurs { path, marker: MARKER });
        }
        let lock_path = root.join(LOCK);
        let lock = File::options()
            .write(true)
            .open(&lock_path)
            .map_err(MariadbError::system("could not open", &lock_path))?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| MariadbError::Locked { path: path.clone() })?;
        Ok(Self {
            root: path,
            _lock: lock,
        })
    }

    /// Ends the servers of dead labs below `parent`, and removes their directories. Returns how many.
    pub(super) fn sweep(parent: &Path) -> usize {
        let Ok(entries) = fs::read_dir(parent) else {
            return 0;
        };
        let named = entries.flatten().filter(|entry| {
            let name = entry.file_name();
            name.to_str().is_some_and(|name| name.starts_with(PREFIX))
                && entry.file_type().is_ok_and(|kind| kind.is_dir())
        });
        let dead = named.filter_map(|entry| Self::adopt(&entry.path()).ok());
        dead.map(|home| home.end_server()).count()
    }

    /// Kills what still runs on this directory's data; a stopped process too.
    fn end_server(&self) {
        let Some(pid) = fs::read_to_string(self.pid_file())
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .and_then(Pid::from_raw)
        else {
            return;
        };
        // The number may be another process's by now: only one that was started with this directory is ended.
        let line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
        let data = self.data();
        if String::from_utf8_lossy(&line).contains(&*data.to_string_lossy()) {
            kill_process(pid, Signal::KILL).ok();
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The server's data directory.
    pub(super) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// Where a data directory lies while another is put in its place.
    pub(super) fn aside(&self) -> PathBuf {
        self.root.join("data.aside")
    }

    pub(super) fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    pub(super) fn pack(&self) -> PathBuf {
        self.root.join("pack")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.root.join("server.log")
    }

    /// The process id of the server, written by the lab.
    pub(super) fn pid_file(&self) -> PathBuf {
        self.root.join("server.pid")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // What cannot be removed is swept by the next lab.
        fs::remove_dir_all(&self.root).ok();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Home, LOCK, MARKED, MARKER, MariadbError, PREFIX};

    #[test]
    fn only_a_dead_labs_own_directory_is_swept() {
        let parent = tempfile::tempdir().unwrap();
        let running = Home::create(parent.path()).unwrap();
        let dead = parent.path().join(format!("{PREFIX}dead"));
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(MARKER), MARKED).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        let unmarked = parent.path().join(format!("{PREFIX}mine"));
        fs::create_dir(&unmarked).unwrap();
        fs::write(unmarked.join("ibdata1"), "precious").unwrap();
        let otherwise = parent.path().join("mysql");
        fs::create_dir(&otherwise).unwrap();
        fs::write(otherwise.join(MARKER), MARKED).unwrap();
        fs::write(otherwise.join(LOCK), "").unwrap();

        assert_eq!(Home::sweep(parent.path()), 1);
        assert!(!dead.exists());
        assert!(running.data().is_dir());
        assert!(unmarked.join("ibdata1").is_file());
        assert!(otherwise.join(MARKER).is_file());
        let refused = Home::adopt(&unmarked).unwrap_err();
        assert!(matches!(refused, MariadbError::NotOurs { .. }), "{refused}");
        let refused = Home::adopt(running.root()).unwrap_err();
        assert!(matches!(refused, MariadbError::Locked { .. }), "{refused}");
    }

    #[test]
    fn a_lab_removes_its_directory_at_its_end() {
        let parent = tempfile::tempdir().unwrap();
        let home = Home::create(parent.path()).unwrap();
        fs::write(home.data().join("ibdata1"), "x").unwrap();
        drop(home);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
