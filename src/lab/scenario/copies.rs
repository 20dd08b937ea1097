//! How clones and snapshots go: how long each takes, how many there may be, and whether they come to anything.

use serde::Deserialize;

/// Milliseconds from the acceptance of a request, and limits. Table `[copies]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CopiesPlan {
    /// A clone says `available`, or `cloning-failed`.
    pub(crate) clone_ms: u32,
    /// A clone shows the tags that it was made with.
    pub(crate) tags_ms: u32,
    /// A new instance says `available`.
    pub(crate) instance_ms: u32,
    /// A snapshot says `available`; until then its source says `backing-up`.
    pub(crate) snapshot_ms: u32,
    /// Every clone ends in `cloning-failed`.
    pub(crate) clones_fail: bool,
    /// Clusters that the account may have.
    pub(crate) most_clusters: usize,
    /// Manual snapshots that the account may have.
    pub(crate) most_snapshots: usize,
}

impl Default for CopiesPlan {
    fn default() -> Self {
        Self {
            clone_ms: 2_500,
            tags_ms: 0,
            instance_ms: 2_000,
            snapshot_ms: 2_000,
            clones_fail: false,
            most_clusters: 40,
            most_snapshots: 100,
        }
    }
}
