//! RFC 3339 and ISO 8601 with a calendar date, and RFC 9557's zone in brackets.
//!
//! Week dates, ordinal dates and reduced precision are recognised only to say what is missing.

use std::str::FromStr;

use chrono::Weekday;
use chrono_tz::Tz;

use super::Found;
use super::clock::Digits;
use super::moment::{Moment, calendar_day};
use super::offset::ZonePart;
use crate::domain::time_text::refusal::{Quoted, TimeTextError, Zoneless};
use crate::domain::time_text::scan::{Scan, is_digits};
use crate::domain::time_text::zone::parse_zone;

/// `2024-05-17T14:28:00.123Z` and its kin.
pub(super) fn read(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let (weekday, date_and_time) = after_weekday(text);
    if let Some(refused) = other_calendar(text) {
        return Err(refused);
    }
    let mut scan = Scan::new(date_and_time);
    let Some((basic, [year, month, day])) = date(&mut scan) else {
        return Ok(None);
    };
    let date = || calendar_day(text, year, month, day);
    if ZonePart::read(scan.rest().trim_start_matches(' ')).is_some() {
        date()?;
        return Err(TimeTextError::DateOnly {
            text: Quoted::new(text),
        });
    }
    let Some(separator) = scan.take_any(if basic { &['T'] } else { &['T', 't', ' '] }) else {
        return Ok(None);
    };
    let Some(clock) = Digits::scan(&mut scan, basic).and_then(Digits::of_24_hours) else {
        return Ok(None);
    };
    scan.take(' ');
    let Some(written) = written_zone(text, scan.rest())? else {
        return Ok(None);
    };
    let zoneless = if separator == ' ' {
        Zoneless::Database
    } else {
        Zoneless::Plain
    };
    Moment {
        text,
        weekday,
        date: date()?,
        clock,
        zone: written,
        zoneless,
    }
    .read(zone)
    .map(Some)
}

/// `Fri 2024-05-17 …`, as this program's own echo and systemd write it.
fn after_weekday(text: &str) -> (Option<Weekday>, &str) {
    let parted = text
        .split_once(' ')
        .and_then(|(first, rest)| Some((Weekday::from_str(first).ok()?, rest)));
    parted.map_or((None, text), |(weekday, rest)| (Some(weekday), rest))
}

/// Takes `2024-05-17`, or `20240517` where `T` follows it.
fn date(scan: &mut Scan<'_>) -> Option<(bool, [u32; 3])> {
    let mut at = *scan;
    let year = at.digits(4)?;
    let basic = !at.take('-');
    let month = at.digits(2)?;
    if !basic && !at.take('-') {
        return None;
    }
    let day = at.digits(2)?;
    if basic && !at.rest().starts_with('T') {
        return None;
    }
    *scan = at;
    Some((basic, [year, month, day]))
}

/// The zone behind the clock, with or without a name in brackets.
fn written_zone<'a>(text: &str, rest: &'a str) -> Result<Option<ZonePart<'a>>, TimeTextError> {
    let Some((before, bracketed)) = rest.split_once('[') else {
        return Ok(ZonePart::read(rest));
    };
    let name = bracketed
        .strip_suffix(']')
        .filter(|name| !name.contains(['[', ']', '=']));
    let Some(name) = name else {
        return Err(TimeTextError::Brackets {
            text: Quoted::new(text),
            brackets: format!("[{bracketed}"),
        });
    };
    // RFC 9557 lets a `!` say that the zone must not be ignored. Here it never is.
    let zone = parse_zone(name.strip_prefix('!').unwrap_or(name)).map_err(|cause| TimeTextError::Zone {
        text: Quoted::new(text),
        cause,
    })?;
    Ok(ZonePart::read(before.trim_end_matches(' ')).map(|before| ZonePart::Bracket(zone, Box::new(before))))
}

/// `2024-W20-5`, `2024W205`, `2024-138`: ISO dates that do not name a day of a month.
fn other_calendar(text: &str) -> Option<TimeTextError> {
    let date = text.split(['T', ' ']).next()?;
    let (year, rest) = (date.get(..4)?, date.get(4..)?);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if !is_digits(year) {
        return None;
    }
    let what = if rest.starts_with('W') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        "weeks"
    } else if date.len() == 8 && date.contains('-') && rest.len() == 3 && is_digits(rest) {
        "days of the year"
    } else {
        return None;
    };
    Some(TimeTextError::OtherCalendar {
        text: Quoted::new(text),
        what,
    })
}
