//! Which files are searched.

use super::error::LocateError;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files in the order of their paths: neither the order on the command line nor the file system's shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    files: Vec<PathBuf>,
    passed: Vec<PathBuf>,
}

impl Sources {
    /// Takes files and folders; of a folder, every file below it. A file given twice is searched once.
    pub fn of<P: AsRef<Path>>(paths: &[P]) -> Result<Self, LocateError> {
        let mut found = BTreeMap::new();
        let mut passed = Vec::new();
        for path in paths {
            gather(path.as_ref(), true, &mut found, &mut passed)?;
        }
        let mut files: Vec<PathBuf> = found.into_values().collect();
        files.sort();
        if files.is_empty() && passed.is_empty() {
            let paths = paths.iter().map(|path| path.as_ref().to_path_buf()).collect();
            return Err(LocateError::NoFiles { paths });
        }
        Ok(Self { files, passed })
    }

    /// The files, by path.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// What folders hold that is no file: opening a pipe would wait for a writer that may never come.
    pub fn passed(&self) -> &[PathBuf] {
        &self.passed
    }
}

fn gather(
    path: &Path,
    named: bool,
    found: &mut BTreeMap<PathBuf, PathBuf>,
    passed: &mut Vec<PathBuf>,
) -> Result<(), LocateError> {
    let unreadable = |source| LocateError::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let real = fs::canonicalize(path).map_err(unreadable)?;
    if !named && !real.is_dir() && !real.is_file() {
        passed.push(path.to_path_buf());
        return Ok(());
    }
    if !real.is_dir() {
        let spelled = path.to_path_buf();
        // Of two spellings the lesser is kept, so that their order does not show.
        found
            .entry(real)
            .and_modify(|known| *known = known.clone().min(spelled.clone()))
            .or_insert(spelled);
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // A link within a folder may lead back to it.
        let linked_folder = entry.file_type().is_ok_and(|kind| kind.is_symlink()) && entry.path().is_dir();
        if !linked_folder {
            gather(&entry.path(), false, found, passed)?;
        }
    }
    Ok(())
}
