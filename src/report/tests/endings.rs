//! What each ending says of the cluster, the data and the application.

use serde_json::{Value, json};

use super::scenery::plan;
use super::stories::{
    blocked, completed, failed, forward, interrupted, overridden, recovered, refused, rehearsed, rewound,
    unresolved,
};
use super::story::Story;
use super::{assert_says, assert_silent, reports};
use crate::domain::event::{Errand, Event, ReadFailure, ReadFailureKind};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;
use crate::domain::runbook::Step;

/// Outcome, exit, data touched and what is still paused.
#[track_caller]
fn assert_ending(story: &Story, outcome: &Value, exit: &Value, touched: &Value, paused: &Value) {
    let head = &reports(story).1["headline"];
    assert_eq!((&head["outcome"], &head["exit"]), (outcome, exit));
    assert_eq!((&head["data_touched"], &head["still_paused"]), (touched, paused));
}

/// The run, then what it ends in: outcome, exit, data touched, still paused.
type Ending<'a> = (fn() -> Story, &'a str, u8, Value, &'a Value);

#[test]
fn every_ending_says_what_was_touched_and_what_is_still_paused() {
    let (none, both, shop) = (json!([]), json!(["shop", "importer"]), json!(["shop"]));
    let endings: [Ending<'_>; 10] = [
        (|| completed(Mode::Live), "completed", 0, json!(true), &none),
        (refused, "refused", 10, json!(false), &none),
        (unresolved, "unresolved", 31, json!(null), &both),
        (forward, "completed", 0, json!(true), &none),
        (failed, "failed", 30, json!(null), &both),
        (blocked, "refused", 10, json!(false), &none),
        (interrupted, "interrupted", 130, json!(false), &none),
        (rehearsed, "rehearsed", 0, json!(false), &none),
        (recovered, "completed", 0, json!(true), &none),
        (overridden, "resume_incomplete", 33, json!(true), &shop),
    ];
    for (story, outcome, exit, touched, paused) in endings {
        assert_ending(&story(), &json!(outcome), &json!(exit), &touched, paused);
    }
}

#[test]
fn what_has_nothing_to_reopen_is_told_as_done_and_never_as_paused_or_resumed() {
    let mut plan = plan(Mode::Live);
    plan.runbook.pause[1].resume = Step::Nothing;
    let mut story = Story::open(plan);
    story.pause();
    let (_, value) = reports(&story);
    assert_eq!(value["headline"]["still_paused"], json!(["shop"]));
    story.tell(
        200,
        Event::Interrupted {
            signal: "SIGINT".to_owned(),
        },
    );
    story.resume().end(Outcome::Interrupted);
    let (markdown, value) = reports(&story);
    let item = &value["application"][1];
    assert_eq!(item["state"], "nothing_to_open");
    assert_ne!(item["turns"][0]["paused"], json!(null));
    assert_eq!(item["turns"][0]["resumed"], json!(null));
    assert_says(&markdown, &["|  |  | nothing to open again |"]);
}

#[test]
fn a_run_without_a_recorded_end_has_no_outcome() {
    let story = rewound(Mode::Live);
    assert_ending(
        &story,
        &json!(null),
        &json!(null),
        &json!(true),
        &json!(["shop", "importer"]),
    );
    let (markdown, value) = reports(&story);
    assert_says(
        &markdown,
        &[
            "# Backtrack of orders-prod: no end recorded\n",
            "| End | unknown |",
            "**not over**",
        ],
    );
    assert_eq!(value["summary"]["outage_s"], json!(null));
}

#[test]
fn a_rehearsal_and_a_drill_say_so_in_the_first_line() {
    let first = |story: &Story| reports(story).0.lines().next().unwrap().to_owned();
    assert_eq!(
        first(&rehearsed()),
        "# REHEARSAL, nothing was changed: backtrack of orders-prod: rehearsed"
    );
    assert_eq!(
        first(&completed(Mode::Drill)),
        "# DRILL on the lab, nothing real was touched: backtrack of orders--lab: completed"
    );
    assert_eq!(
        first(&completed(Mode::Live)),
        "# Backtrack of orders-prod: completed"
    );
}

#[test]
fn a_rehearsal_has_no_outage_no_hop_and_no_debt() {
    let (markdown, value) = reports(&rehearsed());
    assert_says(
        &markdown,
        &[
            "| Outage: first pause intended → last item open again | none: this run paused nothing |",
            "| Effective, as AWS reported | nothing was requested |",
            "| Time to decide: first look → confirmation | unknown |",
            "No backtrack was requested.",
            "Nobody was asked anything.",
            "| shop | never |",
        ],
    );
    assert_silent(
        &markdown,
        &["## Still to be settled", "## The way back", "## OVERRIDES"],
    );
    assert_eq!((&value["undo"], &value["debts"]), (&json!(null), &json!([])));
}

#[test]
fn an_unresolved_run_knows_nothing_of_the_backtrack_and_never_says_zero() {
    let (markdown, value) = reports(&unresolved());
    assert_says(
        &markdown,
        &[
            "Data moved: **not known**",
            "**STILL PAUSED, or not known to be open: `shop`, `importer`**",
            "It said: “AWS lists no backtrack for the request through the settling time",
            "| Effective, as AWS reported | unknown |",
            "| Discarded | unknown |",
            "| Time AWS took: request → cluster seen back | unknown |",
            "| What became of it | not known whether AWS accepted it |",
            "| BacktrackDBCluster | `ambiguous` | none | timed out after 5 s while reading the reply | none |",
        ],
    );
    assert_eq!(value["hops"][0]["requests"][0]["reply"], json!("ambiguous"));
    assert_eq!(value["summary"]["aws_s"], json!(null));
    assert_silent(&markdown, &["## Still to be settled", "## The way back"]);
}

#[test]
fn an_override_stands_right_after_the_head_and_only_where_there_is_one() {
    let (markdown, value) = reports(&overridden());
    let order: Vec<usize> = ["# Backtrack", "## OVERRIDES", "## Summary"]
        .iter()
        .map(|part| markdown.find(part).unwrap())
        .collect();
    assert!(order.is_sorted());
    assert_says(
        &markdown,
        &[
            "accepted although verification failed: the shop is worth more than the missing minute**",
            "# Backtrack of orders-prod: resume incomplete, WITH OVERRIDES\n",
            "COULD NOT BE OPENED: HTTP 502, expected 200",
            "| resume of shop | `application` | none | HTTP 502, expected 200 | none |",
            "| **failed** | effective time |",
        ],
    );
    assert_eq!(value["overrides"][0]["by"], json!("alice@bastion"));
    assert_silent(&reports(&completed(Mode::Live)).0, &["## OVERRIDES"]);
}

#[test]
fn force_is_an_override() {
    let mut plan = plan(Mode::Live);
    plan.force = true;
    let (markdown, value) = reports(&Story::open(plan));
    assert_says(&markdown, &["## OVERRIDES", "DELETE without WHERE at 02:14:06**"]);
    assert!(
        value["overrides"][0]["what"]
            .as_str()
            .unwrap()
            .starts_with("Force was allowed")
    );
}

#[test]
fn an_error_of_a_read_keeps_the_words_of_aws() {
    let mut story = Story::open(plan(Mode::Live));
    story.tell(
        100,
        Event::ReadFailed(ReadFailure {
            action: "DescribeDBClusters".to_owned(),
            kind: ReadFailureKind::NotFound,
            code: Some("DBClusterNotFoundFault".to_owned()),
            message: "DBCluster orders-prod not found.".to_owned(),
            request_id: Some("b6c1-77".to_owned()),
        }),
    );
    story.end(Outcome::Refused);
    let (markdown, value) = reports(&story);
    assert_says(
        &markdown,
        &[
            "| DescribeDBClusters | `not_found` | `DBClusterNotFoundFault` | DBCluster orders-prod not found. | `b6c1-77` |",
            "No look was completed.",
            "account unknown, Region `eu-west-1`",
            "| unknown | `0.1.0` |",
        ],
    );
    assert_eq!(value["refusals"][0]["request_id"], json!("b6c1-77"));
}

#[test]
fn a_blocked_look_names_the_next_best_way_and_counts_what_passed() {
    let (markdown, value) = reports(&blocked());
    assert_says(
        &markdown,
        &[
            "2 passed, 1 warned, 1 blocked. **That blocks.**",
            "| **block** | `binlog` | ROW: AWS refuses a backtrack while binary logging is on |",
            "- `aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier orders-back`",
            "It said: “ROW: AWS refuses a backtrack while binary logging is on”.",
        ],
    );
    assert_eq!(
        (&value["looks"][0]["passed"], &value["looks"][0]["blocked"]),
        (&json!(2), &json!(true))
    );
}

#[test]
fn giving_a_failed_backtrack_up_does_not_make_the_data_untouched() {
    let mut story = failed();
    story.take_up(60_000, Errand::Recover, "open the shop");
    story.answer(
        9_000,
        Answer::GiveUp {
            reason: "restored elsewhere".to_owned(),
        },
    );
    story.resume().end(Outcome::Refused);
    assert_ending(&story, &json!("refused"), &json!(10), &json!(null), &json!([]));
    let markdown = reports(&story).0;
    assert_says(
        &markdown,
        &[
            "gave the hop up: restored elsewhere**",
            "| typed | restored elsewhere |",
        ],
    );
}
