//! What is wrong with a policy, and where.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Both values, as a fragment.
    pub message: String,
}

/// Everything that is wrong with a policy, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFaults {
    /// The file, as it was named.
    pub path: String,
    /// At least one.
    pub faults: Vec<PolicyFault>,
}

impl PolicyFaults {
    /// `path:line:column: message` for each.
    pub fn lines(&self) -> Vec<String> {
        let line =
            |fault: &PolicyFault| format!("{}:{}:{}: {}", self.path, fault.line, fault.column, fault.message);
        self.faults.iter().map(line).collect()
    }
}

impl fmt::Display for PolicyFaults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "expected a policy without faults, got {} in {}",
            self.faults.len(),
            self.path
        )
    }
}

impl std::error::Error for PolicyFaults {}
