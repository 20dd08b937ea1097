//! A date, a clock and a zone as written, brought to one instant or refused.
//!
//! Every form with a calendar date ends here, so that each refusal is decided in one place.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, Utc, Weekday};
use chrono_tz::Tz;

use super::Found;
use super::clock::Clock;
use super::offset::ZonePart;
use crate::domain::time_text::abbreviation::{Meaning, meanings};
use crate::domain::time_text::reading::Reading;
use crate::domain::time_text::refusal::{Quoted, TimeTextError, Zoneless, as_typed};
use crate::domain::time_text::zone::{WallClock, read_wall_clock};

/// What was written, part by part.
#[derive(Debug, Clone)]
pub(super) struct Moment<'a> {
    pub(super) text: &'a str,
    pub(super) weekday: Option<Weekday>,
    pub(super) date: NaiveDate,
    pub(super) clock: Clock,
    pub(super) zone: ZonePart<'a>,
    /// What to say when no zone is written and none given.
    pub(super) zoneless: Zoneless,
}

/// A day of the calendar, or the refusal that names it.
pub(super) fn calendar_day(text: &str, year: u32, month: u32, day: u32) -> Result<NaiveDate, TimeTextError> {
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| TimeTextError::NoSuchDate {
            text: Quoted::new(text),
            date: format!("{year:04}-{month:02}-{day:02}"),
        })
}

impl Moment<'_> {
    /// The reading of a form that means the instant itself.
    pub(super) fn read(&self, given: Option<Tz>) -> Result<Found, TimeTextError> {
        let (at, notes) = self.instant(given)?;
        Ok(Found {
            reading: Reading::Instant { at },
            notes,
        })
    }

    /// The one instant, with `given` as the zone where none is written, and what to tell the operator.
    pub(super) fn instant(&self, given: Option<Tz>) -> Result<(DateTime<Utc>, Vec<String>), TimeTextError> {
        self.check_weekday()?;
        if let Some(refused) = self.refused_zone(&self.zone, given) {
            return Err(refused);
        }
        let local = self.date.and_time(self.time()?);
        let (at, mut notes) = match (&self.zone, given) {
            (ZonePart::Utc, _) => (local.and_utc(), Vec::new()),
            (ZonePart::Offset(offset), _) => ((local - *offset).and_utc(), Vec::new()),
            (ZonePart::Bracket(zone, before), _) => self.in_brackets(local, *zone, before)?,
            (ZonePart::Absent | ZonePart::Abbreviation(_) | ZonePart::OutOfRange(_), Some(zone)) => {
                return Ok((
                    self.once(local, zone)?,
                    vec![format!("read in {} (--zone)", zone.name())],
                ));
            }
            (ZonePart::Absent | ZonePart::Abbreviation(_) | ZonePart::OutOfRange(_), None) => {
                return Err(self.no_zone(local));
            }
        };
        if let Some(zone) = given {
            notes.push(format!(
                "{} (--zone) was not needed: the text names its own zone",
                zone.name()
            ));
        }
        Ok((at, notes))
    }

    fn check_weekday(&self) -> Result<(), TimeTextError> {
        match self.weekday {
            Some(written) if written != self.date.weekday() => Err(TimeTextError::WeekdayMismatch {
                text: self.quoted(),
                date: self.date.to_string(),
                expected: self.date.weekday().to_string(),
                weekday: written.to_string(),
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// The refusal that the zone alone calls for. It comes before 24:00 and :60, because what is offered
    /// instead of those needs a zone as well.
    fn refused_zone(&self, written: &ZonePart<'_>, given: Option<Tz>) -> Option<TimeTextError> {
        match written {
            ZonePart::Abbreviation(abbreviation) => Some(self.abbreviation(abbreviation)),
            ZonePart::OutOfRange(offset) => Some(TimeTextError::OffsetRange {
                text: self.quoted(),
                offset: (*offset).to_owned(),
            }),
            ZonePart::Bracket(zone, before) => self.refused_zone(before, Some(*zone)),
            ZonePart::Absent if given.is_none() => self.clock.on(self.date).map(|local| self.no_zone(local)),
            ZonePart::Absent | ZonePart::Utc | ZonePart::Offset(_) => None,
        }
    }

    fn time(&self) -> Result<NaiveTime, TimeTextError> {
        let instead = || {
            let nearest = self.clock.on(self.date).unwrap_or_default();
            as_typed(&format!("{}{}", iso(nearest), self.zone.suffix()))
        };
        match self.clock {
            Clock::Time(time) => Ok(time),
            Clock::TwentyFour => Err(TimeTextError::TwentyFour {
                text: self.quoted(),
                instead: instead(),
            }),
            Clock::LeapSecond(_) => Err(TimeTextError::LeapSecond {
                text: self.quoted(),
                instead: instead(),
            }),
            Clock::Impossible => Err(TimeTextError::NoSuchTime { text: self.quoted() }),
        }
    }

    fn in_brackets(
        &self,
        local: NaiveDateTime,
        zone: Tz,
        before: &ZonePart<'_>,
    ) -> Result<(DateTime<Utc>, Vec<String>), TimeTextError> {
        let offset = match before {
            ZonePart::Offset(offset) => *offset,
            ZonePart::Utc => {
                // RFC 9557: `Z` claims no local offset, so it contradicts none.
                let at = local.and_utc();
                let shown = at.with_timezone(&zone).format("%H:%M:%S%:z");
                return Ok((
                    at,
                    vec![format!(
                        "the clock before Z is UTC; in {} it was {shown}",
                        zone.name()
                    )],
                ));
            }
            ZonePart::Absent
            | ZonePart::Abbreviation(_)
            | ZonePart::OutOfRange(_)
            | ZonePart::Bracket(_, _) => {
                return Ok((self.once(local, zone)?, Vec::new()));
            }
        };
        let at = (local - offset).and_utc();
        let expected = at.with_timezone(&zone).offset().fix();
        if expected == offset {
            return Ok((at, Vec::new()));
        }
        Err(TimeTextError::OffsetConflict {
            text: self.quoted(),
            zone: zone.name().to_owned(),
            expected: expected.to_string(),
            offset: offset.to_string(),
            instead: self.either_way(local, offset, zone),
        })
    }

    /// The text by its offset alone, and by its zone alone where that names one instant.
    fn either_way(&self, local: NaiveDateTime, offset: FixedOffset, zone: Tz) -> String {
        let by_offset = format!("{}{offset}", iso(local));
        match self.once(local, zone) {
            Ok(_) => format!(
                "{by_offset} or {}",
                as_typed(&format!("{}[{}]", iso(local), zone.name()))
            ),
            Err(_) => by_offset,
        }
    }

    /// The instant that the wall clock of `zone` showed exactly once.
    fn once(&self, local: NaiveDateTime, zone: Tz) -> Result<DateTime<Utc>, TimeTextError> {
        match read_wall_clock(local, zone) {
            WallClock::Once(at) => Ok(at),
            WallClock::Never(two) => Err(TimeTextError::Skipped {
                text: self.quoted(),
                two,
            }),
            WallClock::Twice(two) => Err(TimeTextError::Repeated {
                text: self.quoted(),
                two,
            }),
        }
    }

    fn no_zone(&self, local: NaiveDateTime) -> TimeTextError {
        TimeTextError::NoZone {
            text: self.quoted(),
            utc: format!("{}Z", iso(local)),
            kind: self.zoneless,
        }
    }

    fn abbreviation(&self, abbreviation: &str) -> TimeTextError {
        let known = meanings(abbreviation);
        let said = |meaning: &Meaning| format!("{} ({})", meaning.offset, meaning.place);
        let meanings = if known.is_empty() {
            "is not an offset".to_owned()
        } else {
            format!(
                "could mean {}",
                known.iter().map(said).collect::<Vec<_>>().join(" or ")
            )
        };
        let typed = |meaning: &Meaning| {
            self.clock
                .on(self.date)
                .map(|at| format!("{}{}", iso(at), meaning.offset))
        };
        let offers: Vec<String> = known.iter().filter_map(typed).collect();
        let instead = if offers.is_empty() {
            "the offset instead, as in 2024-05-17T14:28:00+02:00".to_owned()
        } else {
            offers.join(" or ")
        };
        TimeTextError::ZoneAbbreviation {
            text: self.quoted(),
            abbreviation: abbreviation.to_owned(),
            meanings,
            instead,
        }
    }

    fn quoted(&self) -> Quoted {
        Quoted::new(self.text)
    }
}

/// A date and time as RFC 3339 writes them, without the zone.
pub(super) fn iso(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M:%S%.f").to_string()
}
