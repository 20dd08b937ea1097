//! Bare numbers: an epoch by its count of digits, and every other number refused.
//!
//! The count of digits chooses a unit. Whether the choice was right, only the window can tell.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::Found;
use super::moment::iso;
use crate::domain::time_text::reading::{EpochUnit, Reading};
use crate::domain::time_text::refusal::{Quoted, TimeTextError};
use crate::domain::time_text::scan::is_digits;

/// `1715956083`, `1715956083123`, `1715956083123456`, `1715956083123456789`.
pub(super) fn read(text: &str, _zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    if !is_digits(text) {
        return refuse_other_numbers(text);
    }
    let read = EpochUnit::of_digits(text.len()).and_then(|unit| Some((unit, stamp(text, unit)?)));
    let Some((unit, reading)) = read else {
        return Err(TimeTextError::Number {
            text: Quoted::new(text),
            instead: instead_of(text),
        });
    };
    let count = text.len();
    Ok(Some(Found::noted(
        reading,
        format!("{count} digits: read as {unit} since 1970"),
    )))
}

fn stamp(text: &str, unit: EpochUnit) -> Option<Reading> {
    Some(Reading::Epoch {
        at: unit.instant(text.parse().ok()?)?,
        unit,
    })
}

/// `1715956083.123`, `@1715956083`, `-5`, `1e9`: numbers that are no instant.
fn refuse_other_numbers(text: &str) -> Result<Option<Found>, TimeTextError> {
    let bare = text.trim_start_matches(['-', '+', '@']);
    let whole = bare.split(['.', ',']).next().unwrap_or_default();
    let mantissa = bare.split(['.', ',', 'e', 'E', '_']);
    if bare.is_empty() || !mantissa.clone().all(is_digits) || mantissa.count() > 4 {
        return Ok(None);
    }
    let is_epoch = whole.len() == 10 && is_digits(whole) && !text.starts_with('-');
    let instead = if is_epoch {
        format!("{whole} for whole seconds")
    } else {
        instead_of(bare)
    };
    Err(TimeTextError::Number {
        text: Quoted::new(text),
        instead,
    })
}

/// `20240517142803` is what MySQL makes of a time in a numeric context.
fn instead_of(digits: &str) -> String {
    match NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S") {
        Ok(local) if digits.len() == 14 => format!("{}Z if it is a date and time in UTC", iso(local)),
        Ok(_) | Err(_) => "an instant with its zone, as in 2024-05-17T14:28:00Z".to_owned(),
    }
}
