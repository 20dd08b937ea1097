//! The rule on the safety copy.

use super::{Bench, Stage, blocks, of, passes, warns};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::fixture;
use crate::domain::run::Footing;
use crate::domain::runbook::PauseItem;
use crate::domain::safety_copy::{CopyKind, CopyPlan};

const RULE: &str = "safety_copy";

fn asked(bench: &mut Bench) {
    bench.plan.runbook.pause.push(PauseItem::copying(CopyPlan {
        kind: CopyKind::Clone,
        instance: None,
    }));
}

#[test]
fn a_runbook_may_ask_for_none_and_an_operator_may_leave_it_out() {
    passes(&of(RULE, |_| {}), "none is taken: the runbook asks for none");
    let left_out = of(RULE, |bench| {
        bench.plan.without_copy = true;
        bench.plan.reason = Some("no time".to_owned());
    });
    warns(&left_out, "none is taken (`--no-clone`): no time");
    // The order of one hop leaves it out, whatever became of the one that was taken.
    let left_out = of(RULE, |bench| {
        asked(bench);
        bench.attempt.without_copy = true;
        bench.attempt.reason = Some("no quota".to_owned());
        bench.inspection.copy_gone = Some("x is gone".to_owned());
    });
    warns(&left_out, "none is taken (`--no-clone`): no quota");
}

#[test]
fn how_long_it_takes_is_known_from_recorded_runs_or_not_at_all() {
    warns(
        &of(RULE, asked),
        "a safety clone is taken after the pause; how long it takes is not known: no recorded run of this cluster took one; \
         the target falls out of the window at 2026-11-21T02:14:05Z",
    );
    let known = of(RULE, |bench| {
        asked(bench);
        bench.inspection.surroundings.copy_usual_s = Some(240);
    });
    passes(
        &known,
        "taken after the pause: a safety clone took 4 min as a rule; the target falls out of the window at \
         2026-11-21T02:14:05Z, in 23 h 40 min 57 s",
    );
}

#[test]
fn a_copy_that_would_outlast_the_window_blocks_and_can_be_left_out() {
    // Ten minutes until the target falls out, two of them the margin.
    let of_length = |seconds: i64| {
        of(RULE, |bench| {
            asked(bench);
            bench.inspection.cluster.earliest = Some(fixture::TARGET - chrono::TimeDelta::minutes(10));
            bench.inspection.surroundings.copy_usual_s = Some(seconds);
        })
    };
    blocks(
        &of_length(480),
        "it would outlast the window: a safety clone took 8 min as a rule; the target falls out of the window at \
         2026-11-20T02:41:08Z, in 8 min",
        "--no-clone --reason TEXT",
    );
    assert!(of_length(479).instead.is_empty());
}

#[test]
fn a_window_that_still_fills_leaves_the_time_until_the_target_is_as_old_as_it_is_long() {
    let young = of(RULE, |bench| {
        asked(bench);
        let made = fixture::TARGET - chrono::TimeDelta::minutes(10);
        bench.inspection.cluster.created = Some(made);
        bench.inspection.cluster.earliest = Some(made);
        bench.inspection.surroundings.copy_usual_s = Some(3_600);
    });
    passes(
        &young,
        "taken after the pause: a safety clone took 1 h as a rule; the target falls out of the window at \
         2026-11-21T02:14:05Z at the latest, if heavy writes do not shorten it, in 23 h 40 min 57 s",
    );
}

#[test]
fn a_copy_is_taken_once_a_pause_and_looked_at_before_the_request() {
    for stage in [Stage::Validation, Stage::Request] {
        let there = of(RULE, |bench| {
            asked(bench);
            bench.stage = stage;
        });
        passes(&there, "a safety clone is taken");
        let gone = of(RULE, |bench| {
            asked(bench);
            bench.stage = stage;
            bench.inspection.copy_gone = Some("x is gone".to_owned());
        });
        blocks(
            &gone,
            "taken by this run, and not as it was left: x is gone",
            "aws rds describe-db-clusters --region eu-west-1",
        );
    }
    let held = of(RULE, |bench| {
        asked(bench);
        bench.attempt.footing = Footing::Failed(fixture::record(
            "b-1",
            fixture::TARGET,
            fixture::BEGIN,
            BacktrackStatus::Failed,
        ));
    });
    passes(&held, "a safety clone is taken");
}
