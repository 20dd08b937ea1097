//! Lines of logs that carry a time: the slow log's and a web server's.
//!
//! Audit lines have a file of their own, for they mean the moment before a statement.

use chrono_tz::Tz;

use super::Found;
use super::clock::Digits;
use super::iso;
use super::links::number;
use super::moment::{Moment, calendar_day};
use super::offset::ZonePart;
use super::token::month_number;
use crate::domain::time_text::reading::{EpochUnit, Reading};
use crate::domain::time_text::refusal::{Quoted, TimeTextError, Zoneless};
use crate::domain::time_text::scan::{Scan, is_digits};

/// `# Time: …`, `SET timestamp=…;`, `17/May/2024:14:28:00 +0000`.
pub(super) fn read(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    if let Some(time) = text.strip_prefix("# Time:") {
        return slow_log_time(text, time.trim_start_matches(' '), zone).map(Some);
    }
    if let Some(stamp) = text.strip_prefix("SET timestamp=") {
        return set_timestamp(text, stamp).map(Some);
    }
    web_server(text, zone)
}

fn slow_log_time(text: &str, time: &str, zone: Option<Tz>) -> Result<Found, TimeTextError> {
    if time.get(..6).is_some_and(is_digits) && time.get(6..7) == Some(" ") {
        return Err(TimeTextError::TwoDigitYear {
            text: Quoted::new(text),
        });
    }
    let mut found = iso::read(time, zone)?.ok_or_else(|| TimeTextError::SlowLog {
        text: Quoted::new(text),
    })?;
    found.notes.push(
        "a slow log writes `# Time` when the statement has ended: it began its Query_time earlier".to_owned(),
    );
    Ok(found)
}

fn set_timestamp(text: &str, stamp: &str) -> Result<Found, TimeTextError> {
    let refused = || TimeTextError::SlowLog {
        text: Quoted::new(text),
    };
    let stamp = stamp.strip_suffix(';').unwrap_or(stamp);
    let (seconds, fraction) = stamp.split_once('.').unwrap_or((stamp, "0"));
    if !is_digits(fraction) || fraction.len() > 6 {
        return Err(refused());
    }
    // Put together as microseconds, so that no float comes near it.
    let at = (seconds.len() == 10).then(|| format!("{seconds}{fraction:0<6}"));
    let at = at
        .and_then(|micros| number(&micros, EpochUnit::Microseconds))
        .ok_or_else(refused)?;
    let note =
        "a slow log's timestamp is the statement's start from MySQL 8.0.14 on, and its end before that";
    Ok(Found::noted(Reading::Instant { at }, note))
}

/// The common log format's time, with or without its brackets.
fn web_server(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let bare = text
        .strip_prefix('[')
        .and_then(|bare| bare.strip_suffix(']'))
        .unwrap_or(text);
    let Some((parts, clock, written)) = common_log(bare) else {
        return Ok(None);
    };
    let [day, month, year] = parts;
    let date = calendar_day(text, year, month, day)?;
    Moment {
        text,
        weekday: None,
        date,
        clock,
        zone: written,
        zoneless: Zoneless::Plain,
    }
    .read(zone)
    .map(Some)
}

fn common_log(text: &str) -> Option<([u32; 3], super::clock::Clock, ZonePart<'_>)> {
    let mut scan = Scan::new(text);
    let day = scan.digits(2)?;
    scan.take('/').then_some(())?;
    let month = month_number(scan.run_of_letters())?;
    scan.take('/').then_some(())?;
    let year = scan.digits(4)?;
    scan.take(':').then_some(())?;
    let clock = Digits::scan(&mut scan, false)?.of_24_hours()?;
    scan.take(' ');
    Some(([day, month, year], clock, ZonePart::read(scan.rest())?))
}
