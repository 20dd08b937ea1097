//! Rules on a hop that follows another: how far forward, and what was written since.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Bench, blocks, of, passes, warns};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::finding::Severity;
use crate::domain::fixture::{self, BEGIN, LATER, TARGET, record};
use crate::domain::outcome::Outcome;
use crate::domain::run::{Footing, Goal, SettledHop};
use crate::domain::target::Direction;
use crate::domain::time_text::span;

/// After a rewind to the target, on the way to `to`, a minute later.
fn hop(bench: &mut Bench, to: DateTime<Utc>) {
    bench.inspection.service_now = BEGIN + TimeDelta::seconds(60);
    bench.attempt.number = 2;
    bench.attempt.goal = Goal::Instant(to);
    bench.attempt.footing = Footing::Held;
    bench.origin = Some(BEGIN);
    bench.last = Some(SettledHop {
        number: 1,
        requested: TARGET,
        record: record("hop-1", TARGET, BEGIN, BacktrackStatus::Completed),
        direction: Direction::Rewind,
        strangers: Vec::new(),
    });
}

#[test]
fn what_the_rewind_left_is_the_ceiling() {
    let message = "at or before 2026-11-20T02:31:08Z, what the rewind left";
    passes(&of("ceiling", |bench| hop(bench, BEGIN)), message);
    let beyond = of("ceiling", |bench| hop(bench, BEGIN + TimeDelta::seconds(1)));
    let by = span(TimeDelta::seconds(1));
    let message = format!(
        "asked 2026-11-20T02:31:09Z, latest 2026-11-20T02:31:08Z (what the rewind left): {by} beyond it, where no data is"
    );
    blocks(
        &beyond,
        &message,
        "`--to origin` returns to the last instant that has data",
    );
}

#[test]
fn a_hop_to_where_the_data_stands_is_an_outage_for_nothing() {
    let there = |footing: Footing| {
        of("ceiling", |bench| {
            hop(bench, TARGET);
            bench.attempt.footing = footing;
        })
    };
    let message = "asked 2026-11-20T02:14:05Z, and that is what the data shows already";
    blocks(&there(Footing::Held), message, "origin");
    // After it was opened, the same instant is another content.
    let again = there(Footing::Closed(Outcome::Completed));
    assert_eq!(again.severity, Severity::Pass, "{}", again.message);
}

#[test]
fn without_an_origin_no_way_forward_is_proven() {
    let unknown = of("ceiling", |bench| {
        hop(bench, LATER);
        bench.origin = None;
    });
    let message = "AWS reported neither BacktrackedFrom nor a creation time: no way forward is proven";
    blocks(&unknown, message, "origin");
}

#[test]
fn further_back_is_chosen_at_a_prompt_and_never_what_forward_orders() {
    let back = |goal: Goal| {
        of("ceiling", |bench| {
            hop(bench, TARGET - TimeDelta::seconds(60));
            bench.attempt.goal = goal;
        })
    };
    passes(
        &back(Goal::Instant(TARGET - TimeDelta::seconds(60))),
        "at or before 2026-11-20T02:31:08Z, what the rewind left",
    );
    let message = "asked 2026-11-20T02:13:05Z, the rewind reached 2026-11-20T02:14:05Z: `forward` goes to a later instant only";
    blocks(
        &back(Goal::Typed(fixture::typed(TARGET - TimeDelta::seconds(60)))),
        message,
        "origin",
    );
}

#[test]
fn writes_since_the_rewind_demand_a_reason_before_a_way_forward() {
    let reopened = |to: DateTime<Utc>, reason: Option<&str>| {
        of("writes_after", |bench| {
            hop(bench, to);
            bench.reopened = true;
            bench.attempt.reason = reason.map(str::to_owned);
        })
    };
    let never = of("writes_after", |bench| hop(bench, LATER));
    passes(&never, "the application was never opened since the rewind");
    passes(
        &reopened(TARGET - TimeDelta::seconds(60), None),
        "not a way forward",
    );
    let lost = "everything written since the application was opened again may be lost for good";
    warns(
        &reopened(LATER, Some("agreed")),
        &format!("{lost}; acknowledged: agreed"),
    );
    let message = format!("{lost}: acknowledge it by --reason TEXT, after taking a clone or a snapshot");
    blocks(
        &reopened(LATER, None),
        &message,
        "aws rds create-db-cluster-snapshot --db-cluster-identifier orders --db-cluster-snapshot-identifier \
         orders-before-forward --region eu-west-1",
    );
}

#[test]
fn a_first_hop_has_neither_rule() {
    let rules: Vec<String> = Bench::new()
        .judge()
        .findings
        .into_iter()
        .map(|finding| finding.rule)
        .collect();
    assert!(
        !rules
            .iter()
            .any(|rule| rule == "ceiling" || rule == "writes_after"),
        "{rules:?}"
    );
}
