//! Links that carry a time: a chat message's permalink, a dashboard's view.
//!
//! A link with a range is an interval to search. It is not a target, and neither end is chosen here.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Found;
use crate::domain::time_text::reading::{EpochUnit, Reading};
use crate::domain::time_text::refusal::{Quoted, TimeTextError};
use crate::domain::time_text::scan::is_digits;

/// `https://…/p1715956083123456`, `https://…?from_ts=1715956083123`.
pub(super) fn read(text: &str, _zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let Some(link) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return Ok(None);
    };
    let link = link.split('#').next().unwrap_or_default();
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let mut stamps: Vec<DateTime<Utc>> = Vec::new();
    for pair in query.split('&') {
        let value = pair
            .strip_prefix("from_ts=")
            .or_else(|| pair.strip_prefix("to_ts="));
        let Some(value) = value else { continue };
        let refused = || TimeTextError::Link {
            text: Quoted::new(text),
        };
        let stamp = number(value, EpochUnit::Milliseconds).ok_or_else(refused)?;
        if !stamps.contains(&stamp) {
            stamps.push(stamp);
        }
    }
    match stamps.as_slice() {
        [] => permalink(text, path).map(Some),
        [at] => Ok(Some(Found::noted(
            Reading::Instant { at: *at },
            "read from the link, in milliseconds since 1970",
        ))),
        [first, .., second] => Err(TimeTextError::Range {
            text: Quoted::new(text),
            from: full(*first.min(second)),
            to: full(*first.max(second)),
        }),
    }
}

fn permalink(text: &str, path: &str) -> Result<Found, TimeTextError> {
    let message = path
        .trim_end_matches('/')
        .rsplit_once('/')
        .and_then(|(_, last)| last.strip_prefix('p'));
    let stamp = message.and_then(|stamp| number(stamp, EpochUnit::Microseconds));
    stamp.map_or(
        Err(TimeTextError::Link {
            text: Quoted::new(text),
        }),
        |at| {
            Ok(Found::noted(
                Reading::Instant { at },
                "the time at which the linked message was posted",
            ))
        },
    )
}

/// A number of exactly the digits that its unit has today.
pub(super) fn number(text: &str, unit: EpochUnit) -> Option<DateTime<Utc>> {
    let fits = is_digits(text) && EpochUnit::of_digits(text.len()) == Some(unit);
    fits.then(|| text.parse().ok())
        .flatten()
        .and_then(|number| unit.instant(number))
}

fn full(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}
