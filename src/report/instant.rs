//! Instants and lengths of time as the report writes them.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::domain::time_text::span;

/// RFC 3339 in UTC, with as many digits of the second as the value has.
pub fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Whole seconds in words.
pub fn length(seconds: i64) -> String {
    span(TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX))
}
