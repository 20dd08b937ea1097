//! Reads `[policy]` and `[[policy.freeze]]`.

use std::ops::RangeInclusive;

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;

use super::found::Found;
use super::table::{Table, nearest};
use super::value::Value;
use crate::domain::runbook::{FreezeHours, Policy};

/// Aurora keeps at most 72 hours: no margin or discard can be longer.
const WINDOW_S: i64 = 72 * 3600;
const DAY_S: i64 = 24 * 3600;
const HOUR_S: i64 = 3600;

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// The policy of the root table, or the defaults.
pub(super) fn policy(root: &mut Table<'_>, found: &mut Found<'_>) -> Policy {
    let mut policy = Policy::default();
    let Some(mut table) = root
        .optional("policy")
        .and_then(|value| value.table("write [policy]", found))
    else {
        return policy;
    };
    let mut duration = |key, limits: RangeInclusive<i64>| {
        table
            .optional(key)
            .map(|value: Value<'_>| value.duration(&limits, found))
    };
    policy.margin_s = duration("margin", 0..=WINDOW_S).unwrap_or(policy.margin_s);
    policy.greatest_discard_s = duration("greatest_discard", 1..=WINDOW_S);
    policy.settling_s = duration("settling", 1..=HOUR_S).unwrap_or(policy.settling_s);
    policy.patience_s = duration("patience", 1..=DAY_S).unwrap_or(policy.patience_s);
    policy.tolerance_s = duration("tolerance", 0..=HOUR_S).unwrap_or(policy.tolerance_s);
    let freeze = table
        .optional("freeze")
        .map(|value| value.tables("policy.freeze", found));
    policy.freeze = freeze
        .unwrap_or_default()
        .into_iter()
        .map(|hours| freeze_hours(hours, found))
        .collect();
    table.close(found);
    policy
}

fn freeze_hours(mut table: Table<'_>, found: &mut Found<'_>) -> FreezeHours {
    let days = table.required("days", "days = [\"fri\"]", found);
    let from = table.required("from", "from = \"08:00\"", found);
    let to = table.required("to", "to = \"10:00\"", found);
    let zone = table.required("zone", "zone = \"Europe/Paris\"", found);
    let reason = table.required("reason", "reason = \"payroll\"", found);
    let hours = FreezeHours {
        days: days.map(|value| weekdays(value, found)).unwrap_or_default(),
        from: from.map(|value| time(value, false, found)).unwrap_or_default(),
        to: to.map(|value| time(value, true, found)).unwrap_or_default(),
        zone: zone.map_or(Tz::UTC, |value| self::zone(value, found)),
        reason: reason
            .map(|value| value.line(found).to_owned())
            .unwrap_or_default(),
    };
    // Midnight to midnight is the one pair that can only mean the whole day.
    if let Some(to) = to
        && from.is_some()
        && hours.from == hours.to
        && hours.from != NaiveTime::MIN
    {
        let same = hours.from.format("%H:%M");
        let message = format!("expected `to` to differ from `from`, got \"{same}\" for both");
        found.hinted(
            to.span(),
            message,
            "a whole day is from = \"00:00\", to = \"24:00\"",
        );
    }
    table.close(found);
    hours
}

fn weekdays(value: Value<'_>, found: &mut Found<'_>) -> Vec<Weekday> {
    let names = value.list("days = [\"mon\", \"fri\"]", found);
    if names.is_empty() && value.is_empty_list() {
        found.fault(
            value.span(),
            "expected at least one day for `days`, got an empty list",
        );
    }
    let mut days = Vec::with_capacity(names.len());
    for name in names {
        let Some(text) = name.string(found) else { continue };
        match DAYS.into_iter().find(|(day, _)| *day == text) {
            Some((_, day)) if days.contains(&day) => {
                found.fault(name.span(), format!("expected each day once, got {text:?} twice"));
            }
            Some((_, day)) => days.push(day),
            None => found.hinted(
                name.span(),
                format!("expected a day for `days`, got {text:?}"),
                "the days are mon, tue, wed, thu, fri, sat, sun",
            ),
        }
    }
    days
}

/// A time of the wall clock, `HH:MM`. The end of the day may be written 24:00; it is midnight.
fn time(value: Value<'_>, end: bool, found: &mut Found<'_>) -> NaiveTime {
    let Some(text) = value.string(found) else {
        return NaiveTime::MIN;
    };
    if end && text == "24:00" {
        return NaiveTime::MIN;
    }
    let parsed = match text.as_bytes() {
        // chrono alone would also take a time of one digit, or with spaces.
        [h1, h2, b':', m1, m2] if [h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit()) => {
            NaiveTime::parse_from_str(text, "%H:%M").ok()
        }
        _ => None,
    };
    parsed.unwrap_or_else(|| {
        found.hinted(
            value.span(),
            value.mismatch("a time such as \"08:00\""),
            "hours and minutes, 00:00 to 23:59",
        );
        NaiveTime::MIN
    })
}

fn zone(value: Value<'_>, found: &mut Found<'_>) -> Tz {
    let Some(text) = value.string(found) else {
        return Tz::UTC;
    };
    text.parse().unwrap_or_else(|_| {
        let message = format!("expected a time zone of the IANA database for `zone`, got {text:?}");
        match nearest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())) {
            Some(meant) => found.hinted(value.span(), message, format!("did you mean \"{meant}\"?")),
            None => found.hinted(value.span(), message, "such as \"Europe/Paris\" or \"UTC\""),
        }
        Tz::UTC
    })
}
