//! Reading a journal: every record in order, each proven against the one before it. It writes nothing, takes
//! no lock and repairs nothing.

use super::fault::Fault;
use super::hash::Hash;
use super::record::{LONGEST, Record, decode};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes read at a time.
const BLOCK: usize = 1 << 16;

/// The records of one journal, all proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    records: Vec<Record>,
    extent: Extent,
}

/// What reading a whole journal found, without its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verification {
    /// How many whole records there are: at least one.
    pub records: u64,
    /// The hash of the last one. Whoever keeps it elsewhere can later prove that nothing was cut off.
    pub head: Hash,
    /// Bytes of an unfinished last line: 0, or what an interrupted append left. Not part of the journal.
    pub torn_bytes: u64,
}

/// Why a journal could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The disk or its permissions stand in the way. Says nothing about the journal itself.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The system's own error.
        source: io::Error,
    },
    /// The journal was changed, or lost a part that had been durable.
    #[error("journal {path} is damaged at line {line}: {what}")]
    Damage {
        /// The file.
        path: PathBuf,
        /// The first line that is wrong, from 1.
        line: u64,
        /// What is wrong with it.
        what: Fault,
    },
}

/// How far the whole records of a journal reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) records: u64,
    pub(super) head: Hash,
    /// Bytes of the whole records.
    pub(super) length: u64,
    /// Bytes after them.
    pub(super) torn: u64,
}

/// Why walking through a journal stopped; the path is the caller's to add.
#[derive(Debug)]
pub(super) enum Stop {
    Disk(io::Error),
    Damage { line: u64, what: Fault },
}

impl Ledger {
    /// Reads the journal in the file `path`. A torn last line is left out and reported by
    /// [`Ledger::torn_bytes`]; a live writer may be appending it right now.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let file = open(path)?;
        Self::read_from(&file).map_err(|stop| stop.at(path))
    }

    pub(super) fn read_from(file: &File) -> Result<Self, Stop> {
        let mut records = Vec::new();
        let extent = walk(BufReader::with_capacity(BLOCK, file), |record| {
            records.push(record);
        })?;
        Ok(Self { records, extent })
    }

    /// The records before the first damage, each proven against the one before it; none where the file cannot be read.
    pub(super) fn proven(path: &Path) -> Vec<Record> {
        let mut records = Vec::new();
        if let Ok(file) = open(path) {
            // Where it stops is told by whoever reads the whole journal.
            let _ = walk(BufReader::with_capacity(BLOCK, file), |record| {
                records.push(record);
            });
        }
        records
    }

    /// Every whole record, in order; at least one.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The hash of the last record.
    pub fn head(&self) -> Hash {
        self.extent.head
    }

    /// Bytes of an unfinished last line that were left out; 0 for none.
    pub fn torn_bytes(&self) -> u64 {
        self.extent.torn
    }

    pub(super) fn extent(&self) -> Extent {
        self.extent
    }
}

/// Proves the journal in the file `path` without keeping its records.
pub fn verify(path: &Path) -> Result<Verification, ReadError> {
    let file = open(path)?;
    let extent = walk(BufReader::with_capacity(BLOCK, file), drop).map_err(|stop| stop.at(path))?;
    Ok(Verification {
        records: extent.records,
        head: extent.head,
        torn_bytes: extent.torn,
    })
}

/// A run's folder appears together with its first record, so an absent file in a present folder is damage.
pub(super) fn open(path: &Path) -> Result<File, ReadError> {
    let damage = |what| ReadError::Damage {
        path: path.to_owned(),
        line: 1,
        what,
    };
    let unreadable = |source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    };
    match fs::symlink_metadata(path) {
        // Opening a pipe would wait for ever; a link may lead anywhere.
        Ok(found) if !found.is_file() => Err(damage(Fault::NotAFile)),
        Ok(_) => File::open(path).map_err(unreadable),
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.parent().is_some_and(Path::is_dir) => {
            Err(damage(Fault::NoRecord))
        }
        Err(error) => Err(unreadable(error)),
    }
}

/// Hands each record of `source` to `each`, once it is proven.
pub(super) fn walk(mut source: impl BufRead, mut each: impl FnMut(Record)) -> Result<Extent, Stop> {
    let mut extent = Extent {
        records: 0,
        head: Hash::ORIGIN,
        length: 0,
        torn: 0,
    };
    let (mut line, mut scratch) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        let read = (&mut source)
            .take(LONGEST as u64 + 1)
            .read_until(b'\n', &mut line)
            .map_err(Stop::Disk)?;
        let damage = |what| Stop::Damage {
            line: extent.records + 1,
            what,
        };
        if read > LONGEST {
            return Err(damage(Fault::TooLong(LONGEST)));
        }
        let Some((b'\n', whole)) = line.split_last() else {
            if extent.records == 0 {
                return Err(damage(Fault::NoRecord));
            }
            torn(&line).map_err(damage)?;
            extent.torn = read as u64;
            return Ok(extent);
        };
        let record = decode(whole, &mut scratch).map_err(damage)?;
        follows(&record, &extent).map_err(damage)?;
        extent.records += 1;
        extent.head = record.hash();
        extent.length += read as u64;
        each(record);
    }
}

fn follows(record: &Record, extent: &Extent) -> Result<(), Fault> {
    let expected = extent.records + 1;
    if record.seq() != expected {
        return Err(Fault::Sequence {
            expected,
            got: record.seq(),
        });
    }
    if record.prev() != extent.head {
        return Err(Fault::Chain {
            expected: extent.head,
            got: record.prev(),
        });
    }
    Ok(())
}

/// An unfinished last line is what an interrupted append leaves only if it begins like a record. Anything
/// else was a finished line once, perhaps an intent that was acted on, and dropping it could send that
/// request a second time.
fn torn(tail: &[u8]) -> Result<(), Fault> {
    // Canonical form escapes every control character, so none is part of a record.
    let plain = tail.iter().all(|byte| *byte >= b' ');
    let begins = match serde_json::from_slice::<Value>(tail) {
        Ok(_) => tail.last() == Some(&b'}'),
        Err(error) => error.is_eof(),
    };
    if tail.is_empty() || (plain && begins && tail.first() == Some(&b'{')) {
        Ok(())
    } else if tail.contains(&0) {
        Err(Fault::NulBytes)
    } else {
        Err(Fault::NotTorn)
    }
}

impl Stop {
    pub(super) fn at(self, path: &Path) -> ReadError {
        let path = path.to_owned();
        match self {
            Self::Disk(source) => ReadError::Unreadable { path, source },
            Self::Damage { line, what } => ReadError::Damage { path, line, what },
        }
    }
}
