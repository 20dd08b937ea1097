//! Folders that survive a power cut, and whether a disk will take what is to be written. Modes: 0700.

use std::fs::{DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// Makes `path` and every folder missing above it, each durably. An existing folder keeps its mode.
pub(super) fn make_all(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_all(parent)?;
    }
    match make(path) {
        // Another process was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        done => done,
    }
}

/// Makes the one folder `path`, durably; it must not exist.
pub(super) fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)?;
    sync(parent(path))
}

/// Makes the entries of the folder `path` durable.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Writes, syncs and drops a file without a name in the folder `path`.
pub(super) fn probe(path: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(path)?;
    file.write_all(&[b'.'; 4096])?;
    file.sync_all()
}

/// Bytes that this user may still write to the disk of `path`.
pub(super) fn room(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}
