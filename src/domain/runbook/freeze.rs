//! Hours in which no rewind may be begun, on the wall clock of one zone. The instant is an argument.

use chrono::{DateTime, Datelike, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Hours that return each week, from `from` (included) to `to` (excluded) of the zone's wall clock.
///
/// When `to` is not after `from`, the hours cross midnight: they begin on the day named and end on the
/// next. Midnight to midnight is the whole day. Across a change to or from summer time the wall clock
/// rules: an hour that is repeated is covered twice, an hour that is skipped not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeHours {
    /// The days on which the hours begin, each at most once.
    pub days: Vec<Weekday>,
    /// The first minute that is covered.
    pub from: NaiveTime,
    /// The first minute that is no longer covered.
    pub to: NaiveTime,
    /// The zone whose wall clock is meant.
    pub zone: Tz,
    /// Why nothing may be rewound then; shown with the refusal.
    pub reason: String,
}

impl FreezeHours {
    /// Whether the instant lies within these hours.
    pub fn covers(&self, instant: DateTime<Utc>) -> bool {
        let wall = instant.with_timezone(&self.zone);
        let (today, time) = (wall.weekday(), wall.time());
        let begins = |day| self.days.contains(&day);
        if self.from < self.to {
            begins(today) && self.from <= time && time < self.to
        } else {
            (begins(today) && self.from <= time) || (begins(today.pred()) && time < self.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(days: &[Weekday], from: &str, to: &str, zone: Tz) -> FreezeHours {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        let (from, to) = (time(from), time(to));
        FreezeHours {
            days: days.to_vec(),
            from,
            to,
            zone,
            reason: "payroll".to_owned(),
        }
    }

    #[track_caller]
    fn assert_covers(hours: &FreezeHours, table: &[(&str, bool)]) {
        for (instant, expected) in table {
            let parsed: DateTime<Utc> = instant.parse().unwrap();
            assert_eq!(hours.covers(parsed), *expected, "{instant}");
        }
    }

    #[test]
    fn hours_of_one_day_include_their_first_minute_and_not_their_last() {
        // 2026-11-20 is a Friday; Paris is one hour ahead of UTC in November.
        let payroll = hours(&[Weekday::Fri], "08:00", "10:00", Tz::Europe__Paris);
        assert_covers(
            &payroll,
            &[
                ("2026-11-20T06:59:59Z", false),
                ("2026-11-20T07:00:00Z", true),
                ("2026-11-20T08:59:59Z", true),
                ("2026-11-20T09:00:00Z", false),
                ("2026-11-19T07:30:00Z", false),
            ],
        );
    }

    #[test]
    fn hours_across_midnight_belong_to_the_day_on_which_they_begin() {
        let night = hours(&[Weekday::Fri], "22:00", "02:00", Tz::UTC);
        assert_covers(
            &night,
            &[
                ("2026-11-20T01:00:00Z", false),
                ("2026-11-20T21:59:59Z", false),
                ("2026-11-20T22:00:00Z", true),
                ("2026-11-21T01:59:59Z", true),
                ("2026-11-21T02:00:00Z", false),
                ("2026-11-21T22:30:00Z", false),
            ],
        );
    }

    #[test]
    fn midnight_to_midnight_is_the_whole_day() {
        let sunday = hours(&[Weekday::Sun], "00:00", "00:00", Tz::UTC);
        assert_covers(
            &sunday,
            &[
                ("2026-11-21T23:59:59Z", false),
                ("2026-11-22T00:00:00Z", true),
                ("2026-11-22T23:59:59Z", true),
                ("2026-11-23T00:00:00Z", false),
            ],
        );
    }

    #[test]
    fn the_weekday_is_that_of_the_zone() {
        // Friday 08:30 in Auckland is still Thursday in UTC.
        let payroll = hours(&[Weekday::Fri], "08:00", "10:00", Tz::Pacific__Auckland);
        assert_covers(
            &payroll,
            &[("2026-11-19T19:30:00Z", true), ("2026-11-20T19:30:00Z", false)],
        );
    }

    #[test]
    fn an_hour_repeated_at_the_end_of_summer_time_is_covered_twice() {
        // In New York 01:30 of Sunday 2026-11-01 happens at 05:30Z and again at 06:30Z.
        let night = hours(&[Weekday::Sun], "01:00", "02:00", Tz::America__New_York);
        assert_covers(
            &night,
            &[
                ("2026-11-01T04:59:59Z", false),
                ("2026-11-01T05:30:00Z", true),
                ("2026-11-01T06:30:00Z", true),
                ("2026-11-01T07:00:00Z", false),
            ],
        );
    }

    #[test]
    fn an_hour_skipped_at_the_start_of_summer_time_is_not_covered() {
        // In Paris 02:00 to 03:00 of Sunday 2026-03-29 does not exist: 01:00Z is already 03:00.
        let night = hours(&[Weekday::Sun], "02:00", "03:00", Tz::Europe__Paris);
        assert_covers(
            &night,
            &[("2026-03-29T00:59:59Z", false), ("2026-03-29T01:00:00Z", false)],
        );
        let longer = hours(&[Weekday::Sat], "23:00", "04:00", Tz::Europe__Paris);
        assert_covers(
            &longer,
            &[("2026-03-29T01:59:59Z", true), ("2026-03-29T02:00:00Z", false)],
        );
    }
}
