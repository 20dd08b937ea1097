//! Finding and reading the journals that exist. It writes nothing and takes no lock, so it works on a
//! read-only copy and beside a live run.

use super::ledger::{Ledger, ReadError, Verification, verify};
use super::record::Record;
use crate::domain::run_id::RunId;
use std::fmt;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

/// The file in a run's folder that holds its journal.
pub(super) const FILE: &str = "journal.jsonl";

/// The folder of the locks.
pub(super) const LOCKS: &str = "locks";

/// Where a run's folder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// Runs that may touch a cluster, live or in a drill.
    Runs,
    /// Rehearsals.
    Rehearsals,
}

/// One entry of a shelf.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    /// A run's folder. Its journal has not been read.
    Run(RunId),
    /// Something that is no run's folder, or could not be looked at. It was not put there by this program.
    Foreign {
        /// The entry's name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Why no single run was found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// No run begins so.
    #[error("expected the beginning of a run's name, got {wanted:?}; {}", known(.candidates))]
    None {
        /// As typed.
        wanted: String,
        /// The runs that there are, newest first.
        candidates: Vec<(Shelf, RunId)>,
    },
    /// Several runs begin so.
    #[error("expected one run, got {} that begin with {wanted:?}: {}", .candidates.len(), names(.candidates))]
    Several {
        /// As typed.
        wanted: String,
        /// Those runs, newest first.
        candidates: Vec<(Shelf, RunId)>,
    },
    /// A shelf cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
}

/// The journals under one root.
#[derive(Debug, Clone)]
pub struct Archive {
    root: PathBuf,
}

impl Archive {
    /// Nothing is looked at yet; a root that does not exist holds no runs.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder that holds everything.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of a shelf.
    pub fn shelf(&self, which: Shelf) -> PathBuf {
        self.root.join(which.folder())
    }

    /// The file of a run's journal, whether it exists or not.
    pub fn journal(&self, on: Shelf, run: &RunId) -> PathBuf {
        self.shelf(on).join(run.as_str()).join(FILE)
    }

    /// The file that the commands of a run lock for as long as they live.
    pub fn command_lock(&self, run: &RunId) -> PathBuf {
        self.root.join(LOCKS).join(format!("command-{run}.lock"))
    }

    /// Reads a run's journal. A live writer may be appending: a torn tail is normal then.
    pub fn ledger(&self, on: Shelf, run: &RunId) -> Result<Ledger, ReadError> {
        Ledger::read(&self.journal(on, run))
    }

    /// What is proven of a run's journal that as a whole may be damaged. Enough to know whose it is, never what it did.
    pub fn proven(&self, on: Shelf, run: &RunId) -> Vec<Record> {
        Ledger::proven(&self.journal(on, run))
    }

    /// Proves a run's journal without keeping its records.
    pub fn verify(&self, on: Shelf, run: &RunId) -> Result<Verification, ReadError> {
        verify(&self.journal(on, run))
    }

    /// Everything on a shelf: the runs, oldest first, then what is no run's folder.
    pub fn list(&self, on: Shelf) -> Result<Vec<Listed>, ReadError> {
        let path = self.shelf(on);
        let unreadable = |source| ReadError::Unreadable {
            path: path.clone(),
            source,
        };
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error)),
        };
        let mut listed = entries
            .map(|entry| entry.map(|entry| look(&entry)).map_err(unreadable))
            .collect::<Result<Vec<_>, _>>()?;
        listed.sort();
        Ok(listed)
    }

    /// The one run, on either shelf, whose name is `wanted` or alone begins so.
    pub fn find(&self, wanted: &str) -> Result<(Shelf, RunId), FindError> {
        let mut known = Vec::new();
        for shelf in [Shelf::Runs, Shelf::Rehearsals] {
            known.extend(self.list(shelf)?.into_iter().filter_map(|listed| match listed {
                Listed::Run(run) => Some((shelf, run)),
                Listed::Foreign { .. } => None,
            }));
        }
        known.sort_by(|(_, one), (_, other)| other.cmp(one));
        let begins = |(_, run): &&(Shelf, RunId)| !wanted.is_empty() && run.as_str().starts_with(wanted);
        let mut candidates: Vec<_> = known.iter().filter(begins).cloned().collect();
        let wanted = wanted.to_owned();
        match (candidates.pop(), candidates.is_empty()) {
            (Some(found), true) => Ok(found),
            (Some(last), false) => {
                candidates.push(last);
                Err(FindError::Several { wanted, candidates })
            }
            (None, _) => Err(FindError::None {
                wanted,
                candidates: known,
            }),
        }
    }
}

impl Shelf {
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Rehearsals => "rehearsals",
        }
    }
}

impl fmt::Display for Shelf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.folder())
    }
}

fn look(entry: &DirEntry) -> Listed {
    let name = entry.file_name().to_string_lossy().into_owned();
    let why = match (name.parse(), entry.file_type()) {
        (Ok(run), Ok(kind)) if kind.is_dir() => return Listed::Run(run),
        (Ok(_), Ok(_)) => "expected a folder, got something else".to_owned(),
        (Ok(_), Err(error)) => error.to_string(),
        (Err(error), _) => error.to_string(),
    };
    Listed::Foreign { name, why }
}

fn known(candidates: &[(Shelf, RunId)]) -> String {
    if candidates.is_empty() {
        "there are no runs".to_owned()
    } else {
        format!("known: {}", names(candidates))
    }
}

fn names(candidates: &[(Shelf, RunId)]) -> String {
    const SHOWN: usize = 8;
    let mut texts: Vec<String> = candidates
        .iter()
        .take(SHOWN)
        .map(|(shelf, run)| match shelf {
            Shelf::Runs => run.to_string(),
            Shelf::Rehearsals => format!("{run} (rehearsal)"),
        })
        .collect();
    if candidates.len() > SHOWN {
        texts.push(format!("and {} more", candidates.len() - SHOWN));
    }
    texts.join(", ")
}
