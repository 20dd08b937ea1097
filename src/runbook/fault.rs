//! What is wrong with a runbook, and where. Knows nothing of how it was found.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong with a runbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was expected and what was found: a lower-case fragment. Never holds a value of `env`.
    pub message: String,
    /// What to write instead, where that can be said.
    pub hint: Option<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The bytes of the file that are meant.
    pub span: Range<usize>,
}

/// Everything that is wrong with a runbook, in the order of the file. At least one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunbookFaults {
    pub(super) path: String,
    pub(super) faults: Vec<Fault>,
    /// The file's text with the values of `env` masked, each byte by one.
    pub(super) shown: String,
}

impl RunbookFaults {
    /// The faults, in the order of the file.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The path of the runbook, as it was given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// One line `path:line:column: message` for each fault, its hint in brackets, for editors and logs.
    pub fn lines(&self) -> String {
        let line = |fault: &Fault| {
            let hint = fault
                .hint
                .as_ref()
                .map(|hint| format!(" ({hint})"))
                .unwrap_or_default();
            format!(
                "{}:{}:{}: {}{hint}\n",
                self.path, fault.line, fault.column, fault.message
            )
        };
        self.faults.iter().map(line).collect::<Vec<_>>().concat()
    }
}

impl fmt::Display for RunbookFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.as_slice() {
            [only] => write!(f, "{}:{}:{}: {}", self.path, only.line, only.column, only.message),
            several => write!(
                f,
                "expected a runbook without faults, got {} in {}",
                several.len(),
                self.path
            ),
        }
    }
}

impl std::error::Error for RunbookFaults {}
