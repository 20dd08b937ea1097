//! Dates in figures that do not put a year of four digits first: refused, always.
//!
//! A reading that is impossible one way round proves nothing about the next text, so no value decides.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::Found;
use super::iso;
use super::moment;
use crate::domain::time_text::refusal::{Quoted, TimeTextError, as_typed};
use crate::domain::time_text::scan::is_digits;

/// `05/06/2024 14:30`, `17.05.2024`, `24-05-17 14:28`, `240517 14:28:00`, `2024/05/17 14:28`.
pub(super) fn read(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let first = text.split([' ', 'T', ',']).next().unwrap_or_default();
    let rest = text.get(first.len()..).unwrap_or_default();
    if is_digits(first) && first.len() == 6 && is_clock_next(rest) {
        return Err(TimeTextError::TwoDigitYear {
            text: Quoted::new(text),
        });
    }
    if is_digits(first) && first.len() == 8 && is_clock_next(rest) {
        return corrected(text, compact(text));
    }
    let Some((parts, separator)) = figures(first) else {
        return Ok(None);
    };
    match parts.map(str::len) {
        [4, _, _] => corrected(text, year_first(parts, rest, zone)),
        [2, 2, 2] if separator == '-' => Err(TimeTextError::TwoDigitYear {
            text: Quoted::new(text),
        }),
        [_, _, _] => Err(TimeTextError::NumericDayMonth {
            text: Quoted::new(text),
            instead: both_ways(parts, rest, zone),
        }),
    }
}

/// Refuses with the corrected text, where there is one.
fn corrected(text: &str, corrected: Option<String>) -> Result<Option<Found>, TimeTextError> {
    corrected.map_or(Ok(None), |corrected| {
        Err(TimeTextError::unreadable(text, Some(corrected)))
    })
}

/// Three numbers with one separator, none longer than a year.
fn figures(date: &str) -> Option<([&str; 3], char)> {
    let separator = ['/', '.', '-']
        .into_iter()
        .find(|separator| date.contains(*separator))?;
    let parts: Vec<&str> = date.split(separator).collect();
    let parts: [&str; 3] = match parts.as_slice() {
        // `05/17` has no year at all.
        [first, second] if separator == '/' => [first, second, "0"],
        _ => parts.try_into().ok()?,
    };
    parts
        .iter()
        .all(|part| is_digits(part) && part.len() <= 4)
        .then_some((parts, separator))
}

/// Whether a time of day, or something like one, follows the date.
fn is_clock_next(rest: &str) -> bool {
    rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

/// The two instants that the figures could name, in a form that says which number is which.
fn both_ways(parts: [&str; 3], rest: &str, zone: Option<Tz>) -> String {
    let [first, second, year] = parts;
    let number = |text: &str| text.parse::<u32>().ok();
    let date = |month: &str, day: &str| {
        let year = (year.len() == 4).then(|| year.parse::<i32>().ok()).flatten()?;
        NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
    };
    let mut dates: Vec<NaiveDate> = [date(first, second), date(second, first)]
        .into_iter()
        .flatten()
        .collect();
    dates.dedup();
    let completed: Vec<String> = dates
        .iter()
        .filter_map(|date| completed(&date.to_string(), rest, zone))
        .collect();
    if completed.is_empty() {
        return "the year first, with the time and its zone, as in 2024-05-17T14:28:00Z".to_owned();
    }
    completed.join(" or ")
}

/// `2024/05/17 14:28` with the dashes that make it ISO.
fn year_first(parts: [&str; 3], rest: &str, zone: Option<Tz>) -> Option<String> {
    let [year, month, day] = parts;
    completed(&format!("{year}-{month:0>2}-{day:0>2}"), rest, zone)
}

/// An ISO date with the rest of the text behind it, as far as that can be read.
fn completed(date: &str, rest: &str, zone: Option<Tz>) -> Option<String> {
    let corrected = format!("{date}T{}", rest.trim_start_matches([' ', 'T', ',']));
    match iso::read(&corrected, zone) {
        Ok(found) => found.map(|_| as_typed(&corrected)),
        Err(TimeTextError::NoZone { utc, .. }) => Some(format!("{utc} if it is UTC")),
        Err(_) => None,
    }
}

/// `20240517 14:28:03`, MariaDB's own.
fn compact(text: &str) -> Option<String> {
    let local = NaiveDateTime::parse_from_str(text, "%Y%m%d %H:%M:%S").ok()?;
    Some(format!("{}Z if it is UTC", moment::iso(local)))
}
