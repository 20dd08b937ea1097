//! Instants of logs as people read them: UTC, to the microsecond.

use chrono::DateTime;

/// A part of the interval that no file covers.
pub(super) fn gap((from, to): (i64, i64)) -> String {
    format!("{}..{}", time(from), time(to))
}

/// `2024-05-17 14:28:00.123456Z`
pub(super) fn time(at_us: i64) -> String {
    DateTime::from_timestamp_micros(at_us).map_or_else(
        || format!("{at_us} us"),
        |at| at.format("%Y-%m-%d %H:%M:%S%.6fZ").to_string(),
    )
}

/// `2024-05-17T14:28:00Z`, as `--to` takes it.
pub(super) fn whole(at_s: i64) -> Option<String> {
    DateTime::from_timestamp(at_s, 0).map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}
