//! Rules on the target.

use chrono::{DateTime, TimeDelta, Utc};

use super::{BESIDE, Bench, blocks, of, passes, warns};
use crate::domain::checks::Stage;
use crate::domain::fixture::{self, BEGIN, TARGET, after};
use crate::domain::run::Goal;
use crate::domain::time_text::span;

fn aims(bench: &mut Bench, target: DateTime<Utc>) {
    bench.attempt.goal = Goal::Typed(fixture::typed(target));
}

#[test]
fn the_target_is_told_as_typed_and_as_an_instant() {
    passes(
        &of("target", |_| {}),
        "`2026-11-20T02:14:05Z` is 2026-11-20T02:14:05Z",
    );
    let origin = of("target", |bench| bench.attempt.goal = Goal::Origin);
    blocks(
        &origin,
        "`origin`: no hop of this run has an origin to return to",
        "type the target with its zone",
    );
    blocks(&origin, &origin.message, "backtrackctl status orders");
}

#[test]
fn a_frozen_instant_counts_and_not_what_was_typed() {
    let frozen = of("target", |bench| bench.attempt.instant = Some(fixture::LATER));
    passes(&frozen, "`2026-11-20T02:14:05Z` is 2026-11-20T02:20:00Z");
}

#[test]
fn the_window_keeps_a_margin_that_shrinks_at_the_request() {
    let left = |seconds: i64, stage: Stage| {
        of("window", |bench| {
            bench.inspection.cluster.earliest = Some(TARGET - TimeDelta::seconds(seconds));
            bench.stage = stage;
        })
    };
    passes(
        &left(120, Stage::Preflight),
        "inside; it falls out at 2026-11-20T02:33:08Z",
    );
    let (inside, margin) = (span(TimeDelta::seconds(119)), span(TimeDelta::seconds(120)));
    let message = format!(
        "asked 2026-11-20T02:14:05Z, earliest 2026-11-20T02:12:06Z: only {inside} inside the window, expected at least {margin}"
    );
    blocks(&left(119, Stage::Preflight), &message, BESIDE);
    blocks(&left(119, Stage::Validation), &message, BESIDE);
    passes(
        &left(30, Stage::Request),
        "inside; it falls out at 2026-11-20T02:31:38Z",
    );
    let by = span(TimeDelta::seconds(5));
    let message = format!("asked 2026-11-20T02:14:05Z, earliest 2026-11-20T02:14:10Z: {by} too early");
    blocks(&left(-5, Stage::Request), &message, BESIDE);
}

#[test]
fn an_earliest_time_that_is_not_named_blocks() {
    let unnamed = of("window", |bench| bench.inspection.cluster.earliest = None);
    blocks(&unnamed, "AWS names no earliest backtrack time", BESIDE);
}

#[test]
fn the_future_blocks_by_the_clock_of_aws() {
    passes(
        &of("target_future", |_| {}),
        &format!("{} ago", span(BEGIN - TARGET)),
    );
    let future = of("target_future", |bench| aims(bench, after(7)));
    let ahead = span(TimeDelta::seconds(7));
    let message = format!(
        "asked 2026-11-20T02:31:15Z, latest 2026-11-20T02:31:08Z: {ahead} in the future by AWS's clock"
    );
    blocks(&future, &message, "type the target with its zone");
}

#[test]
fn a_cluster_made_after_the_target_blocks() {
    let created = |created: Option<DateTime<Utc>>| {
        of("cluster_created", |bench| {
            bench.inspection.cluster.created = created;
        })
    };
    passes(&created(Some(TARGET)), "made at 2026-11-20T02:14:05Z");
    warns(&created(None), "AWS did not say when the cluster was made");
    let message =
        "the cluster was made at 2026-11-20T02:20:00Z, after the target: a clone cannot go back before that";
    blocks(&created(Some(fixture::LATER)), message, BESIDE);
}

#[test]
fn a_wall_clock_time_typed_as_utc_is_warned_of() {
    let east = |target: DateTime<Utc>| {
        of("local_time", |bench| {
            bench.inspection.surroundings.utc_offset_s = -3600;
            aims(bench, target);
        })
    };
    passes(&east(TARGET), "does not look like a local time");
    let ago = span(TimeDelta::seconds(600));
    let message = format!(
        "is this local time? 2026-11-20T01:21:08Z was typed as UTC; read in this machine's zone it would be {ago} ago"
    );
    warns(&east(after(-4200)), &message);
    passes(
        &of("local_time", |bench| aims(bench, after(-4200))),
        "does not look like a local time",
    );
}

#[test]
fn the_runbook_limits_what_is_discarded() {
    let limit = |limit: Option<i64>| {
        of("greatest_discard", |bench| {
            bench.plan.runbook.policy.greatest_discard_s = limit;
        })
    };
    passes(&limit(None), "the runbook sets no limit");
    passes(
        &limit(Some(1023)),
        &format!("within the runbook's {}", span(TimeDelta::seconds(1023))),
    );
    let (asked, allowed) = (span(TimeDelta::seconds(1023)), span(TimeDelta::seconds(1022)));
    let message = format!("would discard {asked}, the runbook allows {allowed}");
    blocks(&limit(Some(1022)), &message, BESIDE);
}
