//! An instant shown every way that lets a person catch a mistake.
//!
//! It shows; it judges nothing. Ages and distances are in whole seconds, as the service keeps them.

use chrono::{DateTime, FixedOffset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::bearings::{Bearings, whole_second};
use super::span::span;

/// The operator's zone. For display only: it never takes part in reading a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisplayZone {
    /// An IANA zone.
    Named(Tz),
    /// What a machine without a zone name knows.
    Offset(FixedOffset),
}

/// The echo of an instant: each line is complete by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    /// `Fri 2024-05-17 14:28:00Z`.
    pub utc: String,
    /// `Fri 2024-05-17 16:28:00+02:00 (Europe/Berlin)`, or that local time is UTC too.
    pub local: String,
    /// `23 min 04 s ago`, or `IN THE FUTURE by 3 min`, by the service's clock.
    pub age: String,
    /// `6 h 12 min after the earliest backtrack time (08:16:00Z)`, or `… BEFORE …`.
    pub from_earliest: String,
    /// `1 s before the statement (14:28:01Z)`, where a statement is known.
    pub from_statement: Option<String>,
}

impl Echo {
    /// Shows `instant` against the service's clock, the window, and the statement where one is known.
    pub fn new(instant: DateTime<Utc>, at: &Bearings, zone: DisplayZone) -> Self {
        let from = |mark: DateTime<Utc>, name: &str| {
            let when = if mark.date_naive() == instant.date_naive() {
                mark.format("%H:%M:%S%.fZ").to_string()
            } else {
                in_utc(mark)
            };
            let apart = instant - mark;
            if apart.is_zero() {
                format!("exactly {name} ({when})")
            } else if apart > TimeDelta::zero() {
                format!("{} after {name} ({when})", span(apart))
            } else {
                format!("{} BEFORE {name} ({when})", span(-apart))
            }
        };
        Self {
            utc: in_utc(instant),
            local: in_zone(instant, zone),
            age: age(instant, at.service_now),
            from_earliest: at.earliest.map_or_else(
                || "the earliest backtrack time is not known".to_owned(),
                |earliest| from(earliest, "the earliest backtrack time"),
            ),
            from_statement: at.statement.map(|statement| {
                // Before the statement is where a target belongs, so only the other side is loud.
                from(statement, "the statement")
                    .replace(" BEFORE ", " before ")
                    .replace(" after ", " AFTER ")
            }),
        }
    }
}

fn age(instant: DateTime<Utc>, service_now: DateTime<Utc>) -> String {
    let age = whole_second(service_now) - instant;
    if age < TimeDelta::zero() {
        format!("IN THE FUTURE by {}", span(-age))
    } else {
        format!("{} ago", span(age))
    }
}

fn in_utc(instant: DateTime<Utc>) -> String {
    instant.format("%a %Y-%m-%d %H:%M:%S%.fZ").to_string()
}

/// Where there is no other zone to show an instant in.
const SAME: &str = "local time is UTC too";

fn in_zone(instant: DateTime<Utc>, zone: DisplayZone) -> String {
    match zone {
        DisplayZone::Named(Tz::UTC | Tz::Etc__UTC | Tz::Zulu) => SAME.to_owned(),
        DisplayZone::Offset(offset) if offset.local_minus_utc() == 0 => SAME.to_owned(),
        DisplayZone::Named(zone) => format!("{} ({})", with_offset(instant, &zone), zone.name()),
        DisplayZone::Offset(offset) => format!("{} (no zone name)", with_offset(instant, &offset)),
    }
}

fn with_offset<Z: TimeZone<Offset: std::fmt::Display>>(instant: DateTime<Utc>, zone: &Z) -> String {
    instant
        .with_timezone(zone)
        .format("%a %Y-%m-%d %H:%M:%S%.f%:z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn bearings() -> Bearings {
        Bearings {
            earliest: Some(at("2024-05-17T08:16:00Z")),
            ..Bearings::new(at("2024-05-17T14:51:04Z"), TimeDelta::zero())
        }
    }

    const BERLIN: DisplayZone = DisplayZone::Named(chrono_tz::Europe::Berlin);

    #[test]
    fn four_ways() {
        let echo = Echo::new(at("2024-05-17T14:28:00Z"), &bearings(), BERLIN);
        assert_eq!(echo.utc, "Fri 2024-05-17 14:28:00Z");
        assert_eq!(echo.local, "Fri 2024-05-17 16:28:00+02:00 (Europe/Berlin)");
        assert_eq!(echo.age, "23 min 04 s ago");
        assert_eq!(
            echo.from_earliest,
            "6 h 12 min after the earliest backtrack time (08:16:00Z)"
        );
        assert_eq!(echo.from_statement, None);
    }

    #[test]
    fn where_local_time_is_utc_the_instant_is_not_repeated() {
        let local = |zone| Echo::new(at("2024-05-17T14:28:00Z"), &bearings(), zone).local;
        let utc = FixedOffset::east_opt(0).unwrap();
        assert_eq!(local(DisplayZone::Named(Tz::UTC)), "local time is UTC too");
        assert_eq!(local(DisplayZone::Offset(utc)), "local time is UTC too");
        assert_eq!(
            local(DisplayZone::Named(Tz::Europe__London)),
            "Fri 2024-05-17 15:28:00+01:00 (Europe/London)"
        );
    }

    #[test]
    fn the_wrong_side_of_a_limit_is_loud() {
        let mut at_hand = bearings();
        at_hand.statement = Some(at("2024-05-17T14:28:00.5Z"));
        let early = Echo::new(at("2024-05-16T23:00:00Z"), &at_hand, BERLIN);
        assert_eq!(
            early.from_earliest,
            "9 h 16 min BEFORE the earliest backtrack time (Fri 2024-05-17 08:16:00Z)"
        );
        assert_eq!(early.local, "Fri 2024-05-17 01:00:00+02:00 (Europe/Berlin)");
        assert_eq!(
            early.from_statement.as_deref(),
            Some("15 h 28 min 00.5 s before the statement (Fri 2024-05-17 14:28:00.500Z)")
        );
        let late = Echo::new(at("2024-05-17T14:53:04Z"), &at_hand, BERLIN);
        assert_eq!(late.age, "IN THE FUTURE by 2 min");
        assert_eq!(
            late.from_statement.as_deref(),
            Some("25 min 03.5 s AFTER the statement (14:28:00.500Z)")
        );
    }

    #[test]
    fn the_limit_itself_and_an_unknown_limit_are_said() {
        let echo = Echo::new(at("2024-05-17T08:16:00Z"), &bearings(), BERLIN);
        assert_eq!(
            echo.from_earliest,
            "exactly the earliest backtrack time (08:16:00Z)"
        );
        let blind = Bearings::new(at("2024-05-17T08:16:00.9Z"), TimeDelta::zero());
        let offset = DisplayZone::Offset(FixedOffset::west_opt(3 * 3600 + 1800).unwrap());
        let echo = Echo::new(at("2024-05-17T08:16:00Z"), &blind, offset);
        assert_eq!(echo.from_earliest, "the earliest backtrack time is not known");
        assert_eq!(echo.local, "Fri 2024-05-17 04:46:00-03:30 (no zone name)");
        assert_eq!(echo.age, "0 s ago");
    }
}
