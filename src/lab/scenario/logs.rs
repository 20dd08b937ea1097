//! The audit log of a cluster: whether there is one, and how its files come and go.

use serde::Deserialize;

/// Key `logs` of a `[[cluster]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LogsPlan {
    /// Advanced Auditing is on.
    pub(crate) audit: bool,
    /// A file goes this long after it was written last, in seconds.
    pub(crate) keep_s: u32,
    /// Files are rotated this often, in seconds; at least a minute.
    pub(crate) rotate_s: u32,
    /// A line reaches its file so much later than its own time, at most.
    pub(crate) lag_ms: u32,
    /// The download of this number, from 1, finds that all files were rotated.
    pub(crate) rotate_at_download: Option<u32>,
    /// What is longer than a portion is cut, and its lines are lost to the reader.
    pub(crate) truncates: bool,
}

impl Default for LogsPlan {
    fn default() -> Self {
        Self {
            audit: true,
            keep_s: 86_400,
            rotate_s: 1_800,
            lag_ms: 800,
            rotate_at_download: None,
            truncates: false,
        }
    }
}
