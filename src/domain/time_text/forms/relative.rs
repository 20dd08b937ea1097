//! Lengths of time counted back: `10 minutes ago`, `-10m`, `1h30m ago`, `90s before`.
//!
//! It measures the length and where it is counted from. The counting waits for the service's clock.

use chrono_tz::Tz;

use super::Found;
use crate::domain::time_text::reading::Reading;
use crate::domain::time_text::refusal::{Quoted, TimeTextError};
use crate::domain::time_text::scan::Scan;

/// From where a length is counted back.
enum Anchor {
    Now,
    LocatedStatement,
}

/// Reads a length with its direction. A length without one is refused.
pub(super) fn read(text: &str, _zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let quoted = || Quoted::new(text);
    if let Some(length) = text.strip_prefix('+').and_then(length) {
        return Err(TimeTextError::Forward {
            text: quoted(),
            instead: format!("-{}", short(length)),
        });
    }
    let negative = text.strip_prefix('-');
    let (body, anchor) = match (negative, anchored(text)) {
        (Some(body), Some(_)) => {
            let length = anchored(body).and_then(|(body, _)| length(body));
            return length.map_or(Err(TimeTextError::Length { text: quoted() }), |length| {
                Err(TimeTextError::TwoDirections {
                    text: quoted(),
                    instead: format!("-{}", short(length)),
                })
            });
        }
        (Some(body), None) => (body, Anchor::Now),
        (None, Some(found)) => found,
        (None, None) => {
            return length(text).map_or(Ok(None), |length| {
                let instead = format!("-{}", short(length));
                Err(TimeTextError::NoDirection {
                    text: quoted(),
                    instead,
                    text_alone: text.to_owned(),
                })
            });
        }
    };
    if negative.is_some() && !has_unit(body) {
        return Ok(None);
    }
    let seconds = length(body)
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| TimeTextError::Length { text: quoted() })?;
    Ok(Some(Found::plain(match anchor {
        Anchor::Now => Reading::Ago { seconds },
        Anchor::LocatedStatement => Reading::BeforeLocated { seconds },
    })))
}

/// What stands before `ago`, or before `before [[the] statement]`.
fn anchored(text: &str) -> Option<(&str, Anchor)> {
    if let Some(body) = text.strip_suffix(" ago") {
        return Some((body, Anchor::Now));
    }
    [" before", " before statement", " before the statement"]
        .iter()
        .find_map(|tail| text.strip_suffix(tail))
        .map(|body| (body, Anchor::LocatedStatement))
}

/// Whether a text begins with digits and a letter. `-5` and `-w` are no lengths.
fn has_unit(body: &str) -> bool {
    let mut scan = Scan::new(body);
    !scan.run_of_digits().is_empty()
        && scan
            .rest()
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == ' ')
}

/// A length in seconds: whole numbers with units, each unit once, the longest first.
fn length(body: &str) -> Option<i64> {
    let mut scan = Scan::new(body);
    let (mut total, mut last) = (0, i64::MAX);
    while !scan.is_empty() {
        let digits = scan.run_of_digits();
        if digits.is_empty() || digits.len() > 9 {
            return None;
        }
        scan.take(' ');
        let unit = unit(scan.run_of_letters())?;
        if unit >= last {
            return None;
        }
        total += digits.parse::<i64>().ok()? * unit;
        last = unit;
        if scan.take(' ') && scan.is_empty() {
            return None;
        }
    }
    (last < i64::MAX).then_some(total)
}

fn unit(name: &str) -> Option<i64> {
    match name {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(3_600),
        "d" | "day" | "days" => Some(86_400),
        _ => None,
    }
}

/// The shortest text of the same length, as it is typed behind a minus.
pub(super) fn short(seconds: i64) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "m"),
        (seconds % 60, "s"),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    said.map(|(count, unit)| format!("{count}{unit}"))
        .collect::<Vec<_>>()
        .concat()
}

/// The length as it would be typed behind a minus, for a text that holds one: `now-10m`, `in 10 minutes`.
pub(super) fn offered(body: &str) -> Option<String> {
    let body = body.trim_start_matches([' ', '-', '+']);
    length(body)
        .filter(|seconds| *seconds > 0)
        .map(|seconds| format!("-{}", short(seconds)))
}
