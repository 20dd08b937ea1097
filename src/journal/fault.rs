//! What can be wrong with one line of a journal. Words only; the reading is elsewhere.

use super::hash::Hash;
use super::payload::PayloadError;

/// Why a line is not the record that must stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is absent, empty, or ends before its first record does.
    #[error("expected at least one whole record, got none")]
    NoRecord,
    /// A folder, link, pipe or device stands where the journal's file should.
    #[error("expected a regular file, got something else")]
    NotAFile,
    /// Longer than any record is written.
    #[error("expected a line of at most {0} bytes, got more")]
    TooLong(usize),
    /// NUL bytes, as some file systems leave them after a power cut.
    #[error("expected text, got NUL bytes")]
    NulBytes,
    /// Not one JSON object; the reader's own words.
    #[error("expected a JSON object, got: {0}")]
    NotJson(String),
    /// The record's version is above ours.
    #[error("written by a newer backtrackctl: expected record version {ours}, got {theirs}")]
    Newer {
        /// The version that this program writes and reads.
        ours: u64,
        /// The version in the record.
        theirs: u64,
    },
    /// A member of every record is absent or of another shape.
    #[error("expected {expected} as `{name}`, got {got}")]
    Member {
        /// The member's name.
        name: &'static str,
        /// The shape it must have.
        expected: &'static str,
        /// What stands there.
        got: String,
    },
    /// The data breaks a rule that every written record kept.
    #[error("the record's data were never written so: {0}")]
    Data(#[from] PayloadError),
    /// The same record in another spelling.
    #[error("expected the record in canonical form, got another spelling of it")]
    NotCanonical,
    /// The content does not belong to its `hash`.
    #[error("the record was altered: expected hash {computed}, got {recorded}")]
    Altered {
        /// Over the record as it stands.
        computed: Hash,
        /// As the record says.
        recorded: Hash,
    },
    /// Records are missing, doubled or in another order.
    #[error("records are missing, doubled or out of order: expected seq {expected}, got {got}")]
    Sequence {
        /// The number that comes next.
        expected: u64,
        /// The number in the record.
        got: u64,
    },
    /// The record continues another chain.
    #[error("the chain is broken: expected prev {expected}, got {got}")]
    Chain {
        /// The hash of the record before.
        expected: Hash,
        /// What the record names.
        got: Hash,
    },
    /// The last line has no end, and no record begins like it: no interrupted append left this.
    #[error("expected the beginning of a record in the unfinished last line, got other bytes")]
    NotTorn,
}
