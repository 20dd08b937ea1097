//! The service's own record of one backtrack (DescribeDBClusterBacktracks).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `Status` of a backtrack record. AWS documents lower case and prints upper case: compared in any case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BacktrackStatus {
    /// Accepted and not begun.
    Pending,
    /// Under way.
    Applying,
    /// Done; the cluster may still be restarting its members.
    Completed,
    /// AWS gave up on it.
    Failed,
    /// Missing, or a word that is not documented: never terminal.
    Other(String),
}

impl BacktrackStatus {
    /// Reads the wire's word, in any letter case.
    pub fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pending" => Self::Pending,
            "applying" => Self::Applying,
            "completed" => Self::Completed,
            "failed" => Self::Failed,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// True where nothing more will happen to the record.
    pub fn is_terminal(&self) -> bool {
        match self {
            Self::Completed | Self::Failed => true,
            Self::Pending | Self::Applying | Self::Other(_) => false,
        }
    }

    /// The word shown to the operator.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Applying => "applying",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Other(word) if word.is_empty() => "(no status)",
            Self::Other(word) => word,
        }
    }
}

/// One backtrack as the service reports it. Every field but the id may be missing on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BacktrackRecord {
    /// `BacktrackIdentifier`.
    pub id: String,
    /// `BacktrackTo` as reported: an echo of the request or the effective time (not documented which).
    pub to: Option<DateTime<Utc>>,
    /// `BacktrackedFrom`: the instant that the rewind left, and the ceiling of every way forward.
    pub from: Option<DateTime<Utc>>,
    /// `BacktrackRequestCreationTime`, by AWS's clock.
    pub created: Option<DateTime<Utc>>,
    /// `Status`.
    pub status: BacktrackStatus,
}

impl BacktrackRecord {
    /// True when both stand for the same second: the wire carries whole seconds.
    pub fn goes_to(&self, target: DateTime<Utc>) -> bool {
        self.to.is_some_and(|to| to.timestamp() == target.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_compared_in_any_letter_case() {
        assert_eq!(BacktrackStatus::parse("COMPLETED"), BacktrackStatus::Completed);
        assert_eq!(BacktrackStatus::parse("Failed"), BacktrackStatus::Failed);
    }

    #[test]
    fn an_unknown_status_is_not_terminal() {
        assert!(!BacktrackStatus::parse("rolling-back").is_terminal());
        assert!(!BacktrackStatus::parse("").is_terminal());
    }
}
