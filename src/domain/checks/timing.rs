//! Rules on clocks, hours and things that end or begin too soon.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};

use super::target::Aim;
use super::{Case, secret, span};
use crate::domain::finding::Finding;
use crate::domain::known::Known;
use crate::domain::target::wire;

/// How long a run is reckoned to take where nothing is known of the cluster: credentials and windows are held against it.
const EXPECTED: TimeDelta = TimeDelta::minutes(30);

pub(super) fn findings(case: &Case<'_>, aim: &Aim) -> Vec<Finding> {
    vec![
        skew(case),
        freeze(case),
        credentials(case),
        upgraded(case, aim.instant),
        backup_window(case),
        maintenance(case),
        secret::finding(case, aim.instant),
    ]
}

fn skew(case: &Case<'_>) -> Finding {
    let skew = case.inspection.skew();
    if case.inspection.skew_ms.is_none() {
        return Finding::warn(
            "clock_skew",
            "AWS's replies carried no time: this machine's clock is all there is, so type the target in full",
        );
    }
    if skew.abs() > TimeDelta::seconds(2) {
        let way = if skew > TimeDelta::zero() {
            "behind"
        } else {
            "ahead of"
        };
        return Finding::warn(
            "clock_skew",
            format!(
                "this machine's clock is {} {way} AWS's; every decision follows AWS's",
                span(skew.abs())
            ),
        );
    }
    Finding::pass("clock_skew", "within 2 s of AWS's clock")
}

fn freeze(case: &Case<'_>) -> Finding {
    let now = case.inspection.service_now;
    match case
        .plan
        .runbook
        .policy
        .freeze
        .iter()
        .find(|hours| hours.covers(now))
    {
        Some(hours) => Finding::block(
            "freeze_hours",
            format!("the runbook forbids it now: {}", hours.reason),
        ),
        None => Finding::pass("freeze_hours", "none in force"),
    }
}

fn credentials(case: &Case<'_>) -> Finding {
    match &case.inspection.credentials_end {
        Known::Known(None) => Finding::pass("credentials", "they do not end"),
        Known::Known(Some(end)) => {
            let left = *end - case.inspection.service_now;
            if left < EXPECTED {
                let left = span(left.max(TimeDelta::zero()));
                Finding::warn(
                    "credentials",
                    format!("they end in {left}: log in again before you begin"),
                )
            } else {
                Finding::pass("credentials", format!("they end in {}", span(left)))
            }
        }
        Known::Unknown(why) => Finding::warn("credentials", format!("not known when they end: {why}")),
    }
}

fn upgraded(case: &Case<'_>, target: Option<DateTime<Utc>>) -> Finding {
    match &case.inspection.upgrades {
        Known::Known(upgrades) => {
            match upgrades
                .iter()
                .find(|upgrade| target.is_some_and(|target| **upgrade > target))
            {
                Some(upgrade) => Finding::block(
                    "upgraded",
                    format!(
                        "the engine was upgraded at {}, after the target: no rewind goes before that",
                        wire(*upgrade)
                    ),
                ),
                None => Finding::pass("upgraded", "no upgrade after the target"),
            }
        }
        Known::Unknown(why) => Finding::warn(
            "upgraded",
            format!("not known whether the engine was upgraded: {why}"),
        ),
    }
}

fn backup_window(case: &Case<'_>) -> Finding {
    let now = case.inspection.service_now;
    let window = case.inspection.cluster.backup_window.as_deref();
    match window.and_then(|window| opens_within(window, now, EXPECTED)) {
        Some(true) => Finding::warn(
            "backup_window",
            format!("the backup window {} UTC is near", window.unwrap_or_default()),
        ),
        Some(false) => Finding::pass("backup_window", "not near"),
        None => Finding::warn("backup_window", "AWS did not say when backups are made"),
    }
}

/// Whether `hh:mm-hh:mm` is open now or opens within `ahead`. None for another form.
fn opens_within(window: &str, now: DateTime<Utc>, ahead: TimeDelta) -> Option<bool> {
    let (from, to) = window.split_once('-')?;
    Some(is_near(
        minutes(from)?,
        minutes(to)?,
        minute_of_day(now),
        DAY,
        ahead,
    ))
}

const DAY: i64 = 24 * 60;

/// `hh:mm` in minutes.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Whether what is open from `from` to `to`, all in minutes of a cycle, is open at `now` or opens within `ahead`.
fn is_near(from: i64, to: i64, now: i64, cycle: i64, ahead: TimeDelta) -> bool {
    let length = (to - from).rem_euclid(cycle);
    (now - from).rem_euclid(cycle) < length || (from - now).rem_euclid(cycle) <= ahead.num_minutes()
}

fn maintenance(case: &Case<'_>) -> Finding {
    let window = case
        .inspection
        .cluster
        .maintenance_window
        .as_deref()
        .unwrap_or("");
    // A window that cannot be read may be now.
    let near = opens_this_week(window, case.inspection.service_now).unwrap_or(true);
    match (&case.inspection.pending_maintenance, near) {
        (Known::Known(pending), _) if pending.is_empty() => {
            Finding::pass("maintenance", "nothing is pending")
        }
        (Known::Known(pending), true) => Finding::warn(
            "maintenance",
            format!(
                "pending, and the window {window} UTC is near: {}",
                pending.join(", ")
            ),
        ),
        (Known::Known(pending), false) => Finding::pass(
            "maintenance",
            format!("pending for another time: {}", pending.join(", ")),
        ),
        (Known::Unknown(why), _) => Finding::warn("maintenance", format!("not known what is pending: {why}")),
    }
}

/// Whether `ddd:hh:mm-ddd:hh:mm` is open, or opens soon. None for another form.
fn opens_this_week(window: &str, now: DateTime<Utc>) -> Option<bool> {
    let of_week = |text: &str| {
        let (day, time) = text.split_once(':')?;
        let day = day.parse::<Weekday>().ok()?;
        Some(i64::from(day.num_days_from_monday()) * DAY + minutes(time)?)
    };
    let (from, to) = window.split_once('-')?;
    let today = i64::from(now.weekday().num_days_from_monday()) * DAY;
    let now = today + minute_of_day(now);
    Some(is_near(of_week(from)?, of_week(to)?, now, 7 * DAY, EXPECTED))
}

fn minute_of_day(instant: DateTime<Utc>) -> i64 {
    i64::from(instant.hour()) * 60 + i64::from(instant.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daily_window_is_near_when_it_is_open_or_opens_soon() {
        let at = |text: &str| format!("2026-11-20T{text}:00Z").parse().unwrap();
        let soon = TimeDelta::minutes(30);
        assert_eq!(opens_within("05:00-05:30", at("04:40"), soon), Some(true));
        assert_eq!(opens_within("05:00-05:30", at("05:10"), soon), Some(true));
        assert_eq!(opens_within("05:00-05:30", at("05:40"), soon), Some(false));
        assert_eq!(opens_within("23:50-00:20", at("00:10"), soon), Some(true));
        assert_eq!(opens_within("whenever", at("00:10"), soon), None);
    }

    #[test]
    fn a_weekly_window_counts_on_its_own_day_and_over_midnight() {
        let at = |text: &str| text.parse().unwrap();
        let friday = at("2026-11-20T04:50:00Z");
        assert_eq!(opens_this_week("fri:05:00-fri:05:30", friday), Some(true));
        assert_eq!(opens_this_week("sat:05:00-sat:05:30", friday), Some(false));
        // It opens soon, but on the next day; and it opened on the day before.
        let before_midnight = at("2026-11-20T23:50:00Z");
        assert_eq!(
            opens_this_week("sat:00:05-sat:00:35", before_midnight),
            Some(true)
        );
        let after_midnight = at("2026-11-23T00:10:00Z");
        assert_eq!(opens_this_week("Sun:23:45-Mon:00:15", after_midnight), Some(true));
        for text in [
            "nonsense",
            "fri:05:00",
            "fri:25:00-fri:26:00",
            "x:05:00-fri:05:30",
        ] {
            assert_eq!(opens_this_week(text, friday), None, "{text}");
        }
    }
}
