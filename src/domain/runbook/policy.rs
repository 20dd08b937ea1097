//! The limits of a run. Numbers only; what they mean is decided by preflight and the machine.

use serde::{Deserialize, Serialize};

use super::FreezeHours;

/// The limits of a run. All durations are whole seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How far the target must stay from the earliest reachable instant. Default 120.
    pub margin_s: i64,
    /// The most that a rewind may discard; `None` for no limit.
    pub greatest_discard_s: Option<i64>,
    /// How long a request whose reply was lost is looked for before it is called unresolved. Default 120.
    pub settling_s: i64,
    /// How long an unattended run waits for a backtrack before it detaches. Default 1800.
    pub patience_s: i64,
    /// The greatest |effective − requested| that is accepted without a question. Default 5.
    pub tolerance_s: i64,
    /// Hours in which no rewind may be begun.
    pub freeze: Vec<FreezeHours>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            margin_s: 120,
            greatest_discard_s: None,
            settling_s: 120,
            patience_s: 1800,
            tolerance_s: 5,
            freeze: Vec::new(),
        }
    }
}
