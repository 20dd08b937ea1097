//! What CloudWatch says of a window: how fast change records come, how many are kept, how often the window fell short.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::target::wire;

/// The past hour. None is a metric without a value: not known, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowMetrics {
    /// `BacktrackChangeRecordsCreationRate`, the last value: change records in five minutes.
    pub created: Option<i64>,
    /// When these five minutes began.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
    /// `BacktrackChangeRecordsStored`, the last value: what is billed.
    pub stored: Option<i64>,
    /// `BacktrackWindowAlert` of the writer, summed: how often what can be reached was less than what was asked for.
    pub alerts: Option<i64>,
    /// How many values that is the sum of. A service that is silent for an hour says nothing of that hour.
    #[serde(default)]
    pub alert_values: Option<i64>,
}

impl WindowMetrics {
    /// How fast change records come, and when they did: the last value may be an old one.
    pub fn rate(&self) -> Option<String> {
        let records = self.created?;
        Some(match self.created_at {
            Some(at) => format!("{records} change records in the 5 min from {}", wire(at)),
            None => format!("{records} change records in 5 min"),
        })
    }
}
