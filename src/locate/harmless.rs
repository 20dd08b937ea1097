//! What did no damage, counted.

use serde::Serialize;

/// Statements that did no damage, by why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Harmless {
    /// The server refused them.
    pub failed: u64,
    /// A DELETE or UPDATE of a single row by its key, or one whose condition never holds.
    pub by_key: u64,
    /// Their transaction was rolled back.
    pub rolled_back: u64,
    /// Calls and executions that wrote to no table, or only prepared something.
    pub wrote_nothing: u64,
}

impl Harmless {
    /// Adds another's counts.
    pub fn add(&mut self, other: Self) {
        self.failed += other.failed;
        self.by_key += other.by_key;
        self.rolled_back += other.rolled_back;
        self.wrote_nothing += other.wrote_nothing;
    }
}
