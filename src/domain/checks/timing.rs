//! Rules on clocks, hours and things that end or begin too soon.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::target::Aim;
use super::{Case, span};
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
        secret(case),
    ]
}

fn skew(case: &Case<'_>) -> Finding {
    let skew = case.inspection.skew();
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
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let (from, to) = (minutes(from)?, minutes(to)?);
    let now = (now - now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc()).num_minutes();
    let day = 24 * 60;
    let until_open = (from - now).rem_euclid(day);
    let length = (to - from).rem_euclid(day);
    Some((now - from).rem_euclid(day) < length || until_open <= ahead.num_minutes())
}

fn maintenance(case: &Case<'_>) -> Finding {
    let window = case
        .inspection
        .cluster
        .maintenance_window
        .as_deref()
        .unwrap_or("");
    let near = window_today(window, case.inspection.service_now);
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

/// Whether `ddd:hh:mm-ddd:hh:mm` opens today and soon, or is open.
fn window_today(window: &str, now: DateTime<Utc>) -> bool {
    let Some((from, to)) = window.split_once('-') else {
        return true;
    };
    let (Some((day, from)), Some((_, to))) = (from.split_once(':'), to.split_once(':')) else {
        return true;
    };
    let today = now.weekday().to_string().eq_ignore_ascii_case(day);
    today && opens_within(&format!("{from}-{to}"), now, EXPECTED).unwrap_or(true)
}

fn secret(case: &Case<'_>) -> Finding {
    if case.inspection.cluster.managed_secret {
        return Finding::warn(
            "secret",
            "AWS manages the master password: if it was rotated after the target, the rewind brings the old one back",
        );
    }
    Finding::pass("secret", "AWS does not rotate the master password")
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
    fn a_weekly_window_counts_on_its_own_day() {
        let friday = "2026-11-20T04:50:00Z".parse().unwrap();
        assert!(window_today("fri:05:00-fri:05:30", friday));
        assert!(!window_today("sat:05:00-sat:05:30", friday));
        assert!(window_today("nonsense", friday));
    }
}
