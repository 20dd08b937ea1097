//! What was verified after a hop.

use serde::{Deserialize, Serialize};

use super::database::NextId;

/// Result of one comparison or probe.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verified {
    /// Name of the probe, or of the comparison.
    pub name: String,
    /// True when it is as expected. Not known is false.
    pub passed: bool,
    /// What was seen, with both values.
    pub message: String,
}

/// All results after one hop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verification {
    /// In the order in which they were made.
    pub results: Vec<Verified>,
    /// The next ids of tables after the hop, as far as SQL told them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_ids: Vec<NextId>,
}

impl Verification {
    /// True when every result passed. No result at all is not known, and so not passed.
    pub fn passed(&self) -> bool {
        !self.results.is_empty() && self.results.iter().all(|result| result.passed)
    }

    /// Names of those that did not pass.
    pub fn failures(&self) -> Vec<&Verified> {
        self.results.iter().filter(|result| !result.passed).collect()
    }
}
