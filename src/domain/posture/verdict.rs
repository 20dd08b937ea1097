//! The answer for one cluster.

use serde::{Deserialize, Serialize};

/// Whether a cluster could be rewound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A window of 1 to 259,200 s, and nothing prevents a rewind.
    Ok,
    /// It could have Backtrack and has not.
    Disabled,
    /// AWS refuses the value.
    Invalid,
    /// A window is given, and another setting or state prevents its use.
    Blocked,
    /// It cannot have Backtrack, and asks for none.
    NotApplicable,
    /// It cannot be decided from what could be read.
    Unknown,
}

impl Verdict {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Disabled => "disabled",
            Self::Invalid => "invalid",
            Self::Blocked => "blocked",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }
}
