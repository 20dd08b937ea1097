//! What a run may touch.

use serde::{Deserialize, Serialize};

/// The mode of a run, chosen once at the composition root: it decides which adapters exist at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A real cluster is rewound.
    Live,
    /// Every read is real and nothing is changed: the engine holds no mutating adapter.
    Rehearsal,
    /// The cluster is the lab's.
    Drill,
}

impl Mode {
    /// The word that notices, journals and runbook commands carry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Rehearsal => "rehearsal",
            Self::Drill => "drill",
        }
    }
}
