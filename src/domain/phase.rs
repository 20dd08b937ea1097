//! The names of the phases.

use serde::{Deserialize, Serialize};

/// Where a run is, as screens, notices and documents name it. The data of each phase lives in `run::State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Reading everything, changing nothing; then pausing the application item by item.
    Preflight,
    /// The application is stopped, and was seen to be.
    Paused,
    /// The target is proven; the receipt is shown.
    Validated,
    /// Confirmed; one last look before the call.
    Approved,
    /// The intent is durable; the call may have been sent.
    Requested,
    /// It is not known whether the call was accepted.
    Unresolved,
    /// AWS works on our backtrack.
    Applying,
    /// The cluster is back; the data is being verified.
    Settled,
    /// Verified; accepted, the application is opened again.
    Verified,
    /// Rewound, application paused on purpose.
    Held,
    /// AWS gave the backtrack up; application paused.
    Failed,
    /// Every item of the application is open again.
    Resumed,
    /// Done.
    Closed,
    /// A guard refused; what was paused is opened again.
    Refused,
    /// The operator said no; what was paused is opened again.
    Declined,
    /// Interrupted before any request; what was paused is opened again.
    Interrupted,
    /// No process attends to it; `recover` continues.
    Detached,
}

impl Phase {
    /// Every phase, for documents and tests.
    pub const ALL: [Self; 17] = [
        Self::Preflight,
        Self::Paused,
        Self::Validated,
        Self::Approved,
        Self::Requested,
        Self::Unresolved,
        Self::Applying,
        Self::Settled,
        Self::Verified,
        Self::Held,
        Self::Failed,
        Self::Resumed,
        Self::Closed,
        Self::Refused,
        Self::Declined,
        Self::Interrupted,
        Self::Detached,
    ];

    /// The word of screens and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preflight => "preflight",
            Self::Paused => "paused",
            Self::Validated => "validated",
            Self::Approved => "approved",
            Self::Requested => "requested",
            Self::Unresolved => "unresolved",
            Self::Applying => "applying",
            Self::Settled => "settled",
            Self::Verified => "verified",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Resumed => "resumed",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Declined => "declined",
            Self::Interrupted => "interrupted",
            Self::Detached => "detached",
        }
    }
}
