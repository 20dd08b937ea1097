//! Instants and lengths of time as screens write them. Always UTC, always whole seconds, never rounded up.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::time_text::span;

/// `02:31:08Z`.
pub fn clock(at: DateTime<Utc>) -> String {
    at.format("%H:%M:%SZ").to_string()
}

/// `2026-11-20 02:31:08Z`.
pub fn full(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// `17 min 03 s`, without fractions; never negative.
pub fn length(delta: TimeDelta) -> String {
    seconds(delta.num_seconds())
}

/// `17 min 03 s`; never negative.
pub fn seconds(count: i64) -> String {
    span(TimeDelta::seconds(count.clamp(0, 1_000_000_000)))
}

/// The later instant beside an earlier one: without its date where that is the same.
pub fn beside(earlier: DateTime<Utc>, later: DateTime<Utc>) -> String {
    if earlier.date_naive() == later.date_naive() {
        clock(later)
    } else {
        full(later)
    }
}
