//! How it ends. What could not be read comes first: a list with a hole in it proves nothing, whatever else it shows.

use super::row::Row;
use crate::domain::posture::Verdict;

/// How a look at a fleet ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to do: 0.
    Fine,
    /// Disabled, invalid or blocked clusters, or what the policy finds: 3.
    Findings,
    /// A Region could not be read, or not whole, or the journals could not be listed: 4.
    Unread,
    /// A verdict, or a rule of the policy, that what was read does not decide: 5.
    Undecided,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Findings => 3,
            Self::Unread => 4,
            Self::Undecided => 5,
        }
    }
}

/// Unread before findings, findings before undecided.
pub fn exit(rows: &[Row], hole: bool) -> Exit {
    let finding = |row: &Row| {
        let bad = matches!(
            row.verdict,
            Verdict::Disabled | Verdict::Invalid | Verdict::Blocked
        );
        bad || row.findings.iter().any(|finding| finding.decided)
    };
    let undecided =
        |row: &Row| row.verdict == Verdict::Unknown || row.findings.iter().any(|finding| !finding.decided);
    if hole {
        Exit::Unread
    } else if rows.iter().any(finding) {
        Exit::Findings
    } else if rows.iter().any(undecided) {
        Exit::Undecided
    } else {
        Exit::Fine
    }
}
