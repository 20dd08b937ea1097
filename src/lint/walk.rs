//! The files below what was named, in an order that is the same everywhere.

use super::modules;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders of other programs' own files.
const PASSED: [&str; 4] = [".git", ".terraform", ".terragrunt-cache", "node_modules"];
/// How templates' names end.
const ENDINGS: [&str; 6] = ["cfn", "json", "template", "yaml", "yml", "tfstate"];

/// One file to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// It was named itself, and not found in a folder.
    pub(super) named: bool,
}

/// What one named path leads to.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) files: Vec<Found>,
    /// Every folder that was looked into.
    pub(super) folders: Vec<PathBuf>,
    /// What could not be listed, and why.
    pub(super) closed: Vec<(PathBuf, String)>,
    /// True where it is a folder.
    pub(super) folder: bool,
}

/// Follows one path.
pub(super) fn walk(path: &Path) -> Walk {
    let mut walk = Walk::default();
    if path.is_dir() {
        walk.folder = true;
        walk.below(path);
    } else {
        walk.files.push(Found {
            path: path.to_owned(),
            named: true,
        });
    }
    walk
}

impl Walk {
    fn below(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.closed.push((folder.to_owned(), error.to_string()));
                return;
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        self.folders.push(folder.to_owned());
        for entry in entries {
            let path = entry.path();
            // Links to folders are not followed: they may lead in a circle, or out of what was named.
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if folder {
                if !PASSED.iter().any(|passed| entry.file_name() == *passed) {
                    self.below(&path);
                }
            } else if is_template(&path) && !modules::holds(&path) && path.is_file() {
                self.files.push(Found { path, named: false });
            }
        }
    }
}

fn is_template(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
