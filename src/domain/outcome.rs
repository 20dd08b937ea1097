//! How a run, or one process of it, ended.

use serde::{Deserialize, Serialize};

/// The outcome that the last line names. Each has one exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Rewound, verified, application resumed.
    Completed,
    /// A rehearsal found nothing that blocks.
    Rehearsed,
    /// A guard refused; data untouched.
    Refused,
    /// The operator said no; data untouched.
    Declined,
    /// Interrupted before any request; data untouched.
    Interrupted,
    /// Left while AWS works, or waiting for a person.
    Detached,
    /// Rewound; application paused on purpose.
    Held,
    /// AWS reports that the backtrack failed.
    Failed,
    /// A request may have been accepted; nobody knows.
    Unresolved,
    /// Rewound; the data is not what was expected.
    VerificationFailed,
    /// Something of the application could not be resumed.
    ResumeIncomplete,
    /// The journal cannot be trusted.
    JournalDamaged,
}

impl Outcome {
    /// Every outcome, for documents and tests.
    pub const ALL: [Self; 12] = [
        Self::Completed,
        Self::Rehearsed,
        Self::Refused,
        Self::Declined,
        Self::Interrupted,
        Self::Detached,
        Self::Held,
        Self::Failed,
        Self::Unresolved,
        Self::VerificationFailed,
        Self::ResumeIncomplete,
        Self::JournalDamaged,
    ];

    /// The process's exit code.
    pub fn exit(self) -> u8 {
        match self {
            Self::Completed | Self::Rehearsed => 0,
            Self::Refused => 10,
            Self::Declined => 11,
            Self::Detached | Self::Held => 20,
            Self::Failed => 30,
            Self::Unresolved => 31,
            Self::VerificationFailed => 32,
            Self::ResumeIncomplete => 33,
            Self::JournalDamaged => 40,
            Self::Interrupted => 130,
        }
    }

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Rehearsed => "rehearsed",
            Self::Refused => "refused",
            Self::Declined => "declined",
            Self::Interrupted => "interrupted",
            Self::Detached => "detached",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Unresolved => "unresolved",
            Self::VerificationFailed => "verification_failed",
            Self::ResumeIncomplete => "resume_incomplete",
            Self::JournalDamaged => "journal_damaged",
        }
    }
}
