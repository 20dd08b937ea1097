//! Rules on this machine and on the application.

use super::{Bench, Stage, blocks, of, passes, warns};
use crate::domain::mode::Mode;
use crate::domain::runbook::{Check, Step};

#[test]
fn the_journal_is_named() {
    passes(&of("journal", |_| {}), "durable at /var/lib/backtrackctl");
}

#[test]
fn an_unfinished_run_holds_the_cluster() {
    passes(&of("another_run", |_| {}), "no unfinished run on this cluster");
    let runs = vec!["20261120-010000-000001".to_owned()];
    let held = of("another_run", |bench| {
        bench.inspection.surroundings.other_runs = runs;
    });
    let message = "unfinished on this cluster: 20261120-010000-000001";
    blocks(
        &held,
        message,
        "backtrackctl recover RUN continues the unfinished one",
    );
}

#[test]
fn the_inventory_is_told_and_an_empty_one_warned_of() {
    passes(&of("inventory", |_| {}), "to be paused, and resumed: web, jobs");
    let empty = of("inventory", |bench| bench.plan.runbook.pause.clear());
    warns(
        &empty,
        "the runbook pauses nothing: writes that go on are discarded, or mixed in",
    );
}

#[test]
fn what_has_nothing_to_reopen_is_not_in_the_inventory_of_what_is_resumed() {
    let partly = of("inventory", |bench| {
        bench.plan.runbook.pause[1].resume = Step::Nothing;
    });
    passes(&partly, "to be paused, and resumed: web");
}

#[test]
fn what_was_opened_again_meanwhile_blocks_the_request() {
    let at = |stage: Stage, opened: &[&str]| {
        of("still_paused", |bench| {
            bench.stage = stage;
            bench.inspection.opened = opened.iter().map(|item| (*item).to_owned()).collect();
        })
    };
    passes(
        &at(Stage::Preflight, &[]),
        "looked at once more before the request",
    );
    for stage in [Stage::Validation, Stage::Request] {
        passes(&at(stage, &[]), "what was paused still is");
        blocks(
            &at(stage, &["`jobs`: exit code 1"]),
            "paused by this run, and not paused any more: `jobs`: exit code 1",
            "find out what started it",
        );
    }
}

#[test]
fn who_is_connected_again_is_named_with_the_statement_that_ends_the_session() {
    let opened = |quiet: bool| {
        of("still_paused", |bench| {
            bench.stage = Stage::Validation;
            if quiet {
                bench.plan.runbook.pause[0].paused = Some(Check::Quiet {
                    apart_s: 5,
                    timeout_s: 30,
                });
            }
            let name = bench.plan.runbook.pause[0].name.clone();
            bench.inspection.opened = vec![format!("`{name}`: 1 foreign sessions: app")];
        })
    };
    let ways = opened(true).instead.join("\n");
    assert!(
        ways.contains("connected again") && ways.contains("CALL mysql.rds_kill(ID)"),
        "{ways}"
    );
    let ways = opened(false).instead.join("\n");
    assert!(!ways.contains("rds_kill"), "{ways}");
}

#[test]
fn commands_that_cannot_be_started_block() {
    passes(
        &of("commands", |_| {}),
        "every command of the runbook can be started",
    );
    let missing = vec!["`stop` was not found".to_owned(), "SHOP is not set".to_owned()];
    let found = of("commands", |bench| {
        bench.inspection.surroundings.missing = missing;
    });
    blocks(
        &found,
        "`stop` was not found; SHOP is not set",
        "backtrackctl check RUNBOOK.toml",
    );
}

#[test]
fn a_runbook_that_needs_a_person_needs_a_terminal() {
    let by_hand = |bench: &mut Bench| {
        bench.plan.runbook.pause[0].pause = Step::Manual {
            instruction: "press the button".to_owned(),
        };
        bench.plan.runbook.pause[1].resumed = Some(Check::Question {
            text: "is it back?".to_owned(),
        });
    };
    passes(
        &of("person", |_| {}),
        "the runbook needs nobody but for its confirmations",
    );
    passes(&of("person", by_hand), "you will be asked about web, jobs");
    let alone = |mode: Mode| {
        of("person", |bench| {
            by_hand(bench);
            bench.plan.mode = mode;
            bench.inspection.surroundings.attended = false;
        })
    };
    warns(&alone(Mode::Rehearsal), "a run will need a person for web, jobs");
    let message = "the runbook needs a person for web, jobs, and there is no terminal";
    blocks(&alone(Mode::Live), message, "run it in a terminal");
    blocks(&alone(Mode::Drill), message, "run it in a terminal");
}

#[test]
fn a_writer_that_pauses_by_itself_is_warned_of() {
    let least = |capacity: &str| {
        of("auto_pause", |bench| {
            bench.inspection.cluster.least_capacity = Some(capacity.to_owned());
        })
    };
    passes(&of("auto_pause", |_| {}), "the writer does not pause by itself");
    passes(&least("0.5"), "the writer does not pause by itself");
    warns(
        &least("0"),
        "the writer may pause by itself: wake it before you begin",
    );
}
