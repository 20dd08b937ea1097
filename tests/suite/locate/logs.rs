//! Logs on disk for tests.

use backtrackctl::locate::{Candidate, Found, Query, Sources, scan};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder of logs.
pub struct Logs {
    folder: TempDir,
}

/// 2024-05-17T14:28:00Z
pub const T0: i64 = 1_715_956_080_000_000;

impl Logs {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(name), bytes).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn search(&self, query: &Query) -> Found {
        scan(&Sources::of(&[self.folder.path()]).unwrap(), query, &mut |_| ()).unwrap()
    }

    pub fn found(&self) -> Found {
        self.search(&Query::default())
    }
}

/// One audit log of these lines.
pub fn audit(lines: &[String]) -> Logs {
    Logs::new().with("audit.log.0", lines.join("\n") + "\n")
}

/// The escaping of the audit plugin.
pub fn escaped(sql: &str) -> String {
    let pairs = [
        ("\\", "\\\\"),
        ("'", "\\'"),
        ("\n", "\\n"),
        ("\t", "\\t"),
        ("\r", "\\r"),
    ];
    pairs
        .iter()
        .fold(sql.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// An Aurora audit line, `ms` after [`T0`].
pub fn query(ms: i64, connection: u64, sql: &str, retcode: u32) -> String {
    let time_us = T0 + ms * 1000;
    let id = ms + 100;
    format!(
        "{time_us},prod-1,app,10.0.1.5,{connection},{id},QUERY,shop,'{}',{retcode}",
        escaped(sql)
    )
}

/// An Aurora audit line of another operation.
pub fn event(ms: i64, connection: u64, id: i64, operation: &str, object: &str) -> String {
    let time_us = T0 + ms * 1000;
    format!("{time_us},prod-1,app,10.0.1.5,{connection},{id},{operation},shop,{object},0")
}

/// What a reader sees first of each candidate.
pub fn statements(found: &Found) -> Vec<&str> {
    found
        .candidates
        .iter()
        .map(|candidate| candidate.statement.as_str())
        .collect()
}

/// The only candidate.
pub fn only(found: &Found) -> &Candidate {
    assert_eq!(found.candidates.len(), 1, "{:#?}", found.candidates);
    &found.candidates[0]
}
