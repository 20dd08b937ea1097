//! The time of day: inside other forms, and alone.
//!
//! `24:00` and `:60` are recognised in order to be refused: other readers let them pass, and shift them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::Found;
use super::offset::ZonePart;
use crate::domain::time_text::reading::Reading;
use crate::domain::time_text::refusal::{Quoted, TimeTextError};
use crate::domain::time_text::scan::Scan;

/// The numbers of a clock as written. Not yet a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    hour: u32,
    /// `9:05` is a time only with `AM` or `PM` behind it.
    short_hour: bool,
    minute: u32,
    second: u32,
    nanos: u32,
}

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Time(NaiveTime),
    /// `24:00`, the end of a day.
    TwentyFour,
    /// `hh:mm:60`, with the second before it.
    LeapSecond(NaiveTime),
    Impossible,
}

impl Digits {
    /// Takes `14:28`, `14:28:00`, `14:28:00.123`, `14:28:00,123`; the basic form without colons if `basic`.
    pub(super) fn scan(scan: &mut Scan<'_>, basic: bool) -> Option<Self> {
        let mut at = *scan;
        let long = at.digits(2);
        let hour = match long {
            Some(hour) => hour,
            None => at.digits(1)?,
        };
        let parted = |at: &mut Scan<'_>| (basic || at.take(':')).then(|| at.digits(2)).flatten();
        let minute = parted(&mut at)?;
        let mut after_minute = at;
        let (mut second, mut nanos) = (0, 0);
        if let Some(seconds) = parted(&mut after_minute) {
            at = after_minute;
            second = seconds;
            if let Some(fraction) = fraction(&mut after_minute) {
                at = after_minute;
                nanos = fraction;
            }
        }
        *scan = at;
        Some(Self {
            hour,
            short_hour: long.is_none(),
            minute,
            second,
            nanos,
        })
    }

    /// By a clock of 24 hours, whose hours have two digits.
    pub(super) fn of_24_hours(self) -> Option<Clock> {
        let clock = match (self.hour, self.minute, self.second, self.nanos) {
            (24, 0, 0, 0) => Clock::TwentyFour,
            (hour, minute, 60, _) => {
                NaiveTime::from_hms_opt(hour, minute, 59).map_or(Clock::Impossible, Clock::LeapSecond)
            }
            (hour, minute, second, nanos) => NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
                .map_or(Clock::Impossible, Clock::Time),
        };
        (!self.short_hour).then_some(clock)
    }

    /// By a clock of 12 hours: 12 AM is midnight, 12 PM is noon.
    pub(super) fn of_12_hours(self, afternoon: bool) -> Clock {
        if !(1..=12).contains(&self.hour) {
            return Clock::Impossible;
        }
        let hour = self.hour % 12 + if afternoon { 12 } else { 0 };
        Self {
            hour,
            short_hour: false,
            ..self
        }
        .of_24_hours()
        .unwrap_or(Clock::Impossible)
    }
}

/// Takes a decimal point or comma with its digits; what is finer than a nanosecond is cut off.
fn fraction(scan: &mut Scan<'_>) -> Option<u32> {
    scan.take_any(&['.', ','])?;
    let digits = scan.run_of_digits();
    if digits.is_empty() {
        return None;
    }
    format!("{digits:0<9}").get(..9)?.parse().ok()
}

impl Clock {
    /// The date and time meant, or the nearest that a message can offer.
    pub(super) fn on(self, date: NaiveDate) -> Option<NaiveDateTime> {
        match self {
            Self::Time(time) | Self::LeapSecond(time) => Some(date.and_time(time)),
            Self::TwentyFour => date.succ_opt().map(|next| next.and_time(NaiveTime::MIN)),
            Self::Impossible => None,
        }
    }
}

/// A bare clock: `14:30`. Accepted with `--zone` only, as its most recent past occurrence there.
pub(super) fn read(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let mut scan = Scan::new(text);
    let Some(digits) = Digits::scan(&mut scan, false) else {
        return Ok(None);
    };
    let written = ZonePart::read(scan.rest().trim_start_matches(' '));
    let quoted = || Quoted::new(text);
    match (digits.of_24_hours(), written, zone) {
        (None, _, _) | (_, None, _) => Ok(None),
        (Some(Clock::TwentyFour), _, _) => Err(TimeTextError::TwentyFour {
            text: quoted(),
            instead: "the date with 00:00, as in 2024-05-18T00:00:00Z".to_owned(),
        }),
        (Some(Clock::LeapSecond(before)), _, _) => {
            let instead = format!("the date and the second before it, as in 2024-05-17T{before}Z");
            Err(TimeTextError::LeapSecond {
                text: quoted(),
                instead,
            })
        }
        (Some(Clock::Impossible), _, _) => Err(TimeTextError::NoSuchTime { text: quoted() }),
        (Some(Clock::Time(time)), Some(ZonePart::Absent), Some(zone)) => {
            let note = format!("read in {} (--zone)", zone.name());
            Ok(Some(Found::noted(Reading::BareClock { time, zone }, note)))
        }
        (Some(Clock::Time(_)), Some(_), _) => Err(TimeTextError::NoDate { text: quoted() }),
    }
}
