//! Rules on clocks, and on things that end or begin too soon.

use chrono::{DateTime, TimeDelta, Utc};

use super::{BESIDE, blocks, of, passes, warns};
use crate::domain::finding::Severity;
use crate::domain::fixture::{LATER, TARGET, after};
use crate::domain::known::Known;
use crate::domain::run::Goal;
use crate::domain::time_text::{TimeText, span};

fn unknown<T>() -> Known<T> {
    Known::Unknown("AccessDenied".to_owned())
}

#[test]
fn a_skewed_clock_is_warned_of() {
    let skew = |ms: i64| of("clock_skew", |bench| bench.inspection.skew_ms = Some(ms));
    passes(&skew(-2000), "within 2 s of AWS's clock");
    let by = span(TimeDelta::seconds(2));
    warns(
        &skew(2001),
        &format!("this machine's clock is {by} behind AWS's; every decision follows AWS's"),
    );
    warns(
        &skew(-2001),
        &format!("this machine's clock is {by} ahead of AWS's; every decision follows AWS's"),
    );
}

#[test]
fn without_any_time_from_aws_it_is_warned_and_nothing_leans_on_a_clock() {
    let unheard = of("clock_skew", |bench| bench.inspection.skew_ms = None);
    warns(
        &unheard,
        "AWS's replies carried no time: this machine's clock is all there is, so type the target in full",
    );
    passes(
        &of("target", |bench| bench.inspection.skew_ms = None),
        "`2026-11-20T02:14:05Z` is 2026-11-20T02:14:05Z",
    );
    let relative = of("target", |bench| {
        bench.inspection.skew_ms = None;
        bench.attempt.goal = Goal::Typed(TimeText::parse("10 minutes ago", None).unwrap());
    });
    blocks(
        &relative,
        "`10 minutes ago`: it leans on the clock, and AWS's replies carried no time: type the instant in full, as in \
         2024-05-17T14:28:00Z",
        "type the target with its zone",
    );
}

#[test]
fn no_freeze_hours_pass() {
    passes(&of("freeze_hours", |_| {}), "none in force");
}

#[test]
fn credentials_that_end_before_the_expected_end_are_warned_of() {
    let end =
        |end: Known<Option<DateTime<Utc>>>| of("credentials", |bench| bench.inspection.credentials_end = end);
    passes(&end(Known::Known(None)), "they do not end");
    passes(
        &end(Known::Known(Some(after(1800)))),
        &format!("they end in {}", span(TimeDelta::minutes(30))),
    );
    let soon = span(TimeDelta::seconds(1799));
    warns(
        &end(Known::Known(Some(after(1799)))),
        &format!("they end in {soon}: log in again before you begin"),
    );
    let gone = span(TimeDelta::zero());
    warns(
        &end(Known::Known(Some(after(-5)))),
        &format!("they end in {gone}: log in again before you begin"),
    );
    warns(&end(unknown()), "not known when they end: AccessDenied");
}

#[test]
fn an_upgrade_after_the_target_blocks() {
    let upgrades =
        |upgrades: Known<Vec<DateTime<Utc>>>| of("upgraded", |bench| bench.inspection.upgrades = upgrades);
    passes(
        &upgrades(Known::Known(vec![TARGET])),
        "no upgrade after the target",
    );
    let message =
        "the engine was upgraded at 2026-11-20T02:20:00Z, after the target: no rewind goes before that";
    blocks(&upgrades(Known::Known(vec![LATER])), message, BESIDE);
    warns(
        &upgrades(unknown()),
        "not known whether the engine was upgraded: AccessDenied",
    );
}

#[test]
fn a_backup_that_is_near_is_warned_of() {
    let window = |window: Option<&str>| {
        of("backup_window", |bench| {
            bench.inspection.cluster.backup_window = window.map(str::to_owned);
        })
    };
    passes(&window(Some("12:00-12:30")), "not near");
    warns(
        &window(Some("02:45-03:15")),
        "the backup window 02:45-03:15 UTC is near",
    );
    warns(&window(None), "AWS did not say when backups are made");
}

#[test]
fn pending_maintenance_is_warned_of_when_its_window_is_near() {
    let pending = |pending: Known<Vec<String>>, window: &str| {
        of("maintenance", |bench| {
            bench.inspection.pending_maintenance = pending;
            bench.inspection.cluster.maintenance_window = Some(window.to_owned());
        })
    };
    let patch = || Known::Known(vec!["patch".to_owned()]);
    passes(
        &pending(Known::Known(Vec::new()), "fri:02:30-fri:03:00"),
        "nothing is pending",
    );
    passes(
        &pending(patch(), "sat:02:30-sat:03:00"),
        "pending for another time: patch",
    );
    let message = "pending, and the window fri:02:30-fri:03:00 UTC is near: patch";
    warns(&pending(patch(), "fri:02:30-fri:03:00"), message);
    warns(
        &pending(unknown(), "sat:02:30-sat:03:00"),
        "not known what is pending: AccessDenied",
    );
}

#[test]
fn a_managed_password_is_warned_of() {
    passes(&of("secret", |_| {}), "AWS does not rotate the master password");
    let message = "AWS manages the master password: if it was rotated after the target, the rewind brings the old one back";
    let managed = |rotated: Option<Known<DateTime<Utc>>>| {
        of("secret", |bench| {
            bench.inspection.cluster.managed_secret = true;
            bench.inspection.secret_rotated = rotated;
        })
    };
    warns(&managed(None), message);
    warns(
        &managed(Some(unknown())),
        &format!("{message}; not known when: AccessDenied"),
    );
    passes(
        &managed(Some(Known::Known(TARGET))),
        "AWS rotated the master password last at 2026-11-20T02:14:05Z",
    );
    let since = managed(Some(Known::Known(TARGET + TimeDelta::seconds(1))));
    assert_eq!(since.severity, Severity::Warn);
    assert!(
        since
            .message
            .starts_with("AWS rotated the master password at 2026-11-20T02:14:06Z, after the target"),
        "{since:?}"
    );
}
