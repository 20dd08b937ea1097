//! What the operator is asked, and every answer there is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::backtrack::BacktrackRecord;
use super::receipt::Receipt;
use super::verification::Verification;

/// A question of the machine. None has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "question")]
pub enum Question {
    /// May the application be paused, by these very steps?
    Pause,
    /// The one confirmation of a hop, typed.
    Confirm(Box<Receipt>),
    /// Rewound and verified: accept, or move on?
    Accept(Verification),
    /// Rewound, and the data is not what was expected.
    Unverified(Verification),
    /// AWS gave the backtrack up.
    AfterFailure,
    /// No trace of the request was found, and nothing is under way: what now? Asked of a person, and of an unattended
    /// `--resend` once.
    NoTrace,
    /// Something was found that may be ours or a stranger's: whose is it? To send again is no answer here. Asked of a
    /// person alone.
    Strange {
        /// What was seen.
        what: String,
        /// The records among it: one of them can be attested to be ours.
        records: Vec<BacktrackRecord>,
    },
    /// These members are not back; go on without them?
    Members {
        /// Instance ids.
        missing: Vec<String>,
    },
    /// Credentials ended: log in again.
    Login {
        /// AWS's own words.
        why: String,
    },
}

/// What the operator (or `--yes`) answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// Yes: pause; go on without the members; logged in.
    Agreed,
    /// No.
    Declined,
    /// There is nobody to ask. Never a yes.
    Nobody,
    /// The phrase of the receipt, as typed or as `--yes` stands for.
    Confirmed {
        /// What was typed.
        typed: String,
    },
    /// The data is right: the point of no return. With a reason where verification failed.
    Accepted {
        /// Why, where the gate did not pass.
        reason: Option<String>,
    },
    /// Move on to another instant, as a hop of its own.
    Hop {
        /// As typed.
        typed: String,
        /// The instant, whole seconds.
        to: DateTime<Utc>,
    },
    /// Leave it rewound with the application paused.
    Hold,
    /// Verify once more.
    Again,
    /// Give the rewind up and open the application on the data as it is, with a reason.
    GiveUp {
        /// Why.
        reason: String,
    },
    /// That record is ours, as CloudTrail or the other team told: follow it.
    Ours {
        /// `BacktrackIdentifier`.
        id: String,
    },
    /// Send again, as an attempt of its own that is validated and confirmed anew.
    Resend,
}
