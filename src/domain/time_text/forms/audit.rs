//! A line of an audit log, or the start of one: the target is the moment before its statement.
//!
//! Only the time at its start is read. What the statement did is for the search of logs.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::Found;
use super::clock::{Clock, Digits};
use super::links::number;
use super::moment::{Moment, calendar_day, iso};
use super::offset::ZonePart;
use crate::domain::time_text::reading::{EpochUnit, Reading};
use crate::domain::time_text::refusal::{Quoted, TimeTextError, Zoneless};
use crate::domain::time_text::scan::Scan;

/// `1715956560035624,prod,…` in Aurora's dialect; `20240517 14:28:03,…` in MariaDB's, with `--zone` only.
pub(in super::super) fn audit_line(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let Some((first, _)) = text.split_once(',') else {
        return Ok(None);
    };
    if let Some(statement) = number(first, EpochUnit::Microseconds) {
        return Ok(Some(Found::plain(Reading::BeforeStatement { statement })));
    }
    let Some((parts, clock)) = local_time(first) else {
        return Ok(None);
    };
    let [year, month, day] = parts;
    let date = calendar_day(text, year, month, day)?;
    let moment = Moment {
        text,
        weekday: None,
        date,
        clock,
        zone: ZonePart::Absent,
        zoneless: Zoneless::Database,
    };
    match (moment.instant(zone), clock.on(date)) {
        (Ok((statement, notes)), _) => Ok(Some(Found {
            reading: Reading::BeforeStatement { statement },
            notes,
        })),
        (Err(TimeTextError::NoZone { .. }), Some(local)) => {
            let utc = format!("{}Z", iso(local - TimeDelta::seconds(1)));
            Err(TimeTextError::AuditLocalTime {
                text: Quoted::new(text),
                utc,
            })
        }
        (Err(refused), _) => Err(refused),
    }
}

/// `20240517 14:28:03` as MariaDB's plugin writes it.
fn local_time(field: &str) -> Option<([u32; 3], Clock)> {
    let mut scan = Scan::new(field);
    let parts = [scan.digits(4)?, scan.digits(2)?, scan.digits(2)?];
    scan.take(' ').then_some(())?;
    let clock = Digits::scan(&mut scan, false)?.of_24_hours()?;
    scan.is_empty().then_some((parts, clock))
}
