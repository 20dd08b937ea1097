//! From a reading to one instant, frozen by the service's clock.
//!
//! It rounds toward the past and never clamps. Whether the instant can be reached is for validation.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::bearings::{Bearings, Resolved, whole_second};
use super::reading::{EpochUnit, Reading};
use super::refusal::Quoted;
use super::span::span;
use super::text::TimeText;
use super::unresolved::ResolveError;
use super::zone::{WallClock, read_wall_clock};

/// Past this skew the local clock is worth a note.
const SKEW_NOTED: TimeDelta = TimeDelta::seconds(2);
/// Past this skew a text that leans on a clock is refused.
const SKEW_REFUSED: TimeDelta = TimeDelta::seconds(30);
/// How far before a statement its target lies.
const BEFORE_A_STATEMENT: TimeDelta = TimeDelta::seconds(1);

impl TimeText {
    /// Freezes the text to one instant by the service's clock. To be journaled, and not asked again.
    pub fn resolve(&self, at: &Bearings) -> Result<Resolved, ResolveError> {
        let text = || Quoted::new(self.typed());
        let back = |from: DateTime<Utc>, seconds: i64| {
            TimeDelta::try_seconds(seconds)
                .and_then(|length| from.checked_sub_signed(length))
                .ok_or(ResolveError::TooFarBack { text: text() })
        };
        match self.reading() {
            Reading::Instant { at } => Ok(Resolved::of(*at, Vec::new())),
            Reading::BeforeStatement { statement } => before(*statement, text()),
            Reading::Epoch { at: stamp, unit } => epoch(*stamp, *unit, at, text()),
            Reading::Earliest => {
                let earliest = at
                    .earliest
                    .ok_or(ResolveError::EarliestUnknown { text: text() })?;
                Ok(oldest_whole_second(earliest))
            }
            Reading::Origin => Ok(Resolved::of(
                at.origin.ok_or(ResolveError::OriginUnknown { text: text() })?,
                Vec::new(),
            )),
            Reading::Mark { marked, .. } => {
                let marked = marked
                    .as_ref()
                    .ok_or(ResolveError::MarkUnknown { text: text() })?;
                Ok(Resolved::of(marked.at, Vec::new()))
            }
            Reading::BeforeLocated { seconds } => {
                let statement = at
                    .statement
                    .ok_or(ResolveError::StatementUnknown { text: text() })?;
                Ok(Resolved::of(back(statement, *seconds)?, Vec::new()))
            }
            Reading::Ago { seconds } => {
                let exact = back(at.service_now, *seconds)?;
                Ok(Resolved::of(exact, clock_notes(at, exact, text())?))
            }
            Reading::BareClock { time, zone } => {
                let exact = last_occurrence(*time, *zone, at.service_now, &text)?;
                let mut notes = clock_notes(at, exact, text())?;
                let day = exact.with_timezone(zone).format("%a %Y-%m-%d");
                notes.push(format!(
                    "no date was typed: taken as {day}, the last time it was {time} in {}",
                    zone.name()
                ));
                Ok(Resolved::of(exact, notes))
            }
        }
    }
}

fn before(statement: DateTime<Utc>, text: Quoted) -> Result<Resolved, ResolveError> {
    let exact = statement
        .checked_sub_signed(BEFORE_A_STATEMENT)
        .ok_or(ResolveError::TooFarBack { text })?;
    Ok(Resolved::of(
        exact,
        vec![format!(
            "means before the statement of {}: one second earlier",
            full(statement)
        )],
    ))
}

fn epoch(
    stamp: DateTime<Utc>,
    unit: EpochUnit,
    at: &Bearings,
    text: Quoted,
) -> Result<Resolved, ResolveError> {
    let Some(earliest) = at.earliest else {
        return Err(ResolveError::WindowUnknown {
            text,
            unit,
            at: full(stamp),
        });
    };
    let latest = at.latest.unwrap_or(at.service_now);
    if stamp < earliest || stamp > latest {
        let (earliest, latest) = (full(earliest), full(latest));
        return Err(ResolveError::EpochOutsideWindow {
            text,
            unit,
            at: full(stamp),
            earliest,
            latest,
        });
    }
    match unit {
        // The first field of an audit log is such a number, and taking it for the target itself could
        // leave the statement in.
        EpochUnit::Microseconds => {
            let instead = format!("type {} if the instant itself is meant", full(stamp));
            before(stamp, text).map(|resolved| resolved.with_note(instead))
        }
        EpochUnit::Seconds | EpochUnit::Milliseconds | EpochUnit::Nanoseconds => {
            Ok(Resolved::of(stamp, Vec::new()))
        }
    }
}

/// The oldest whole second inside the window. Rounding down would ask for one outside it.
fn oldest_whole_second(earliest: DateTime<Utc>) -> Resolved {
    let floor = whole_second(earliest);
    if floor == earliest {
        return Resolved::of(earliest, Vec::new());
    }
    let first = floor + TimeDelta::seconds(1);
    let note = format!(
        "the earliest backtrack time is {}: this is the first whole second after it",
        full(earliest)
    );
    Resolved::of(first, vec![note])
}

fn last_occurrence(
    time: NaiveTime,
    zone: Tz,
    now: DateTime<Utc>,
    text: &impl Fn() -> Quoted,
) -> Result<DateTime<Utc>, ResolveError> {
    // From tomorrow, because a zone's own date can step back over midnight; to the last three days,
    // because a zone can skip one.
    let local_now = now.with_timezone(&zone).naive_local();
    let mut date = local_now.date().succ_opt();
    for _ in 0..5 {
        let Some(day) = date else { break };
        let local = day.and_time(time);
        match read_wall_clock(local, zone) {
            WallClock::Once(at) if at <= now => return Ok(at),
            WallClock::Twice(two) if two.later <= now => {
                return Err(ResolveError::Repeated { text: text(), two });
            }
            WallClock::Twice(two) if two.earlier <= now => return Ok(two.earlier),
            WallClock::Never(two) if local <= local_now => {
                return Err(ResolveError::Skipped { text: text(), two });
            }
            WallClock::Once(_) | WallClock::Twice(_) | WallClock::Never(_) => date = day.pred_opt(),
        }
    }
    Err(ResolveError::TooFarBack { text: text() })
}

/// Refuses what leans on a clock when the clocks disagree; notes a lesser skew.
fn clock_notes(at: &Bearings, exact: DateTime<Utc>, text: Quoted) -> Result<Vec<String>, ResolveError> {
    let side = if at.skew > TimeDelta::zero() {
        "behind"
    } else {
        "ahead of"
    };
    let skew = format!("{} {side} the service's", span(at.skew.abs()));
    if at.skew.abs() > SKEW_REFUSED {
        return Err(ResolveError::Skewed {
            text,
            skew,
            instead: full(whole_second(exact)),
        });
    }
    if at.skew.abs() > SKEW_NOTED {
        return Ok(vec![format!("the local clock is {skew}: the service's was used")]);
    }
    Ok(Vec::new())
}

fn full(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}
