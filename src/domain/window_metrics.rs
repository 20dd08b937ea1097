//! What CloudWatch says of a window: how fast change records come, how many are kept, how often the window fell short.

use serde::{Deserialize, Serialize};

/// The past hour. None is a metric without a value: not known, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowMetrics {
    /// `BacktrackChangeRecordsCreationRate`, the last value: change records in five minutes.
    pub created: Option<i64>,
    /// `BacktrackChangeRecordsStored`, the last value: what is billed.
    pub stored: Option<i64>,
    /// `BacktrackWindowAlert` of the writer, summed: how often what can be reached was less than what was asked for.
    pub alerts: Option<i64>,
}
