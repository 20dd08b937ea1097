//! Which call, which record and which person belong to which hop.

use serde_json::json;

use super::scenery::{member, plan, record};
use super::stories::{LEFT, accepted, forward, lose_the_reply, recovered, unresolved};
use super::story::{Story, at};
use super::{assert_says, assert_silent, reports};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::event::{Errand, Event, Rejection, Reply};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;

const TARGET: &str = "2026-11-20T02:14:05Z";

/// Unresolved, taken up with `--resend`, and asked what now.
fn resending() -> Story {
    let mut story = unresolved();
    story.take_up(60_000, Errand::Resend, "AWS shows nothing");
    let service_now = story.now;
    story.tell(
        900,
        Event::Reconciled {
            records: Vec::new(),
            status: "available".to_owned(),
            service_now,
        },
    );
    story.answer(20_000, Answer::Resend);
    story
}

#[test]
fn each_process_is_named_with_its_caller_and_its_end() {
    let (markdown, value) = reports(&forward());
    let processes = value["processes"].as_array().unwrap();
    assert_eq!(processes.len(), 2);
    let of = |index: usize, key: &str| processes[index][key].clone();
    assert_eq!(
        (of(0, "command"), of(1, "command")),
        (json!("run"), json!("forward"))
    );
    assert_eq!(
        (of(0, "outcome"), of(1, "outcome")),
        (json!("held"), json!("completed"))
    );
    assert_eq!(of(1, "by")["os_user"], json!("bob"));
    assert_eq!(
        of(1, "callers"),
        json!(["arn:aws:sts::123456789012:assumed-role/DBA/alice"])
    );
    assert_says(
        &markdown,
        &[
            "| bob | laptop | `/dev/pts/7` |",
            "wrong minute; ended `completed`",
        ],
    );
}

#[test]
fn a_way_forward_is_a_hop_of_its_own() {
    let (markdown, value) = reports(&forward());
    let hops = value["hops"].as_array().unwrap();
    let of = |key: &str| [hops[0][key].clone(), hops[1][key].clone()];
    assert_eq!(of("direction"), [json!("rewind"), json!("forward")]);
    assert_eq!(of("record_id"), [json!("bt-1"), json!("bt-2")]);
    assert_eq!(of("typed"), [json!(TARGET), json!("origin")]);
    assert_eq!(of("fate"), [json!("settled"), json!("settled")]);
    assert_eq!(value["summary"]["typed"], json!(TARGET));
    assert_eq!(value["summary"]["effective"], json!("2026-11-20T02:31:08Z"));
    assert_says(
        &markdown,
        &[
            "### Hop 2: forward to `2026-11-20T02:31:08Z`",
            "| Asked by the last hop | `2026-11-20T02:31:08Z` |",
            "none: on the command line | ordered a hop to origin | unattended | wrong minute |",
        ],
    );
}

#[test]
fn a_record_found_without_an_answer_is_adopted_and_says_so() {
    let (markdown, value) = reports(&recovered());
    let hop = &value["hops"][0];
    assert_eq!(
        (&hop["learnt"], &hop["fate"]),
        (&json!("reconciled"), &json!("settled"))
    );
    assert_eq!(hop["requests"][0]["reply"], json!("no_reply"));
    assert_says(
        &markdown,
        &[
            "`bt-1`, found among the cluster's backtracks: the call had no answer",
            "no reply is recorded: it may have been sent",
            "the bastion was rebooted; ended `completed`",
            "DELETE without WHERE at 02:14:06; no end is recorded",
        ],
    );
}

#[test]
fn a_refused_resend_says_nothing_of_the_attempt_before_it() {
    let mut story = resending();
    story.intend();
    let no = Reply::Rejected {
        code: "AccessDenied".to_owned(),
        message: "not authorized".to_owned(),
        request_id: None,
        kind: Rejection::Final,
    };
    story.tell(200, Event::Replied(no)).end(Outcome::Unresolved);
    let value = reports(&story).1;
    let of = |key: &str| [value["hops"][0][key].clone(), value["hops"][1][key].clone()];
    assert_eq!(of("fate"), [json!("unknown"), json!("rejected")]);
    assert_eq!(of("number"), [json!(1), json!(2)]);
    assert_eq!(value["hops"][0]["requests"][0]["reply"], json!("ambiguous"));
    assert_eq!(value["headline"]["data_touched"], json!(null));
}

#[test]
fn a_late_record_belongs_to_the_hop_that_asked_for_it() {
    let mut story = resending();
    let late = record("bt-1", TARGET, None, BacktrackStatus::Applying);
    story.look_at(vec![late]);
    story.settle(&record("bt-1", TARGET, Some(LEFT), BacktrackStatus::Completed));
    let (markdown, value) = reports(&story);
    assert_eq!(value["hops"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&value["hops"][0]["learnt"], &value["hops"][0]["fate"]),
        (&json!("late"), &json!("settled"))
    );
    assert_says(
        &markdown,
        &["found by a later look, after it had been given up as lost"],
    );
}

#[test]
fn a_call_sent_anew_after_a_definite_no_is_the_same_hop() {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    let throttled = Reply::Rejected {
        code: "Throttling".to_owned(),
        message: "Rate exceeded".to_owned(),
        request_id: Some("r-1".to_owned()),
        kind: Rejection::Throttled,
    };
    story.tell(100, Event::Replied(throttled));
    story.request(2_000);
    accepted(&mut story, "bt-1", TARGET);
    let (markdown, value) = reports(&story);
    assert_eq!(value["hops"].as_array().unwrap().len(), 1);
    let requests = &value["hops"][0]["requests"];
    assert_eq!(
        (&requests[0]["reply"], &requests[1]["reply"]),
        (&json!("rejected"), &json!("accepted"))
    );
    assert_says(&markdown, &["| `Throttling`: Rate exceeded | `r-1` |"]);
}

#[test]
fn statuses_are_told_once_each_with_the_members_and_strangers() {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    accepted(&mut story, "bt-1", TARGET);
    let done = record("bt-1", TARGET, Some(LEFT), BacktrackStatus::Completed);
    let odd = BacktrackStatus::Other("rolling".to_owned());
    story.tell(
        1_000,
        Event::Watched {
            record: Some(record("bt-1", TARGET, None, odd)),
        },
    );
    story.tell(
        1_000,
        Event::Watched {
            record: Some(done.clone()),
        },
    );
    let mut stranger = record("bt-9", "2026-11-20T01:00:00Z", None, BacktrackStatus::Pending);
    stranger.created = Some(at("2026-11-20T02:31:40Z"));
    let members = vec![member("orders-1", true), member("orders-2", false)];
    let records = vec![done, stranger];
    story.tell(
        900,
        Event::Glanced {
            status: "available".to_owned(),
            members,
            records,
        },
    );
    let (markdown, value) = reports(&story);
    let statuses: Vec<&str> = value["hops"][0]["statuses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seen| seen["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["pending", "rolling", "completed"]);
    assert_eq!(value["hops"][0]["strangers"], json!(["bt-9"]));
    assert_says(
        &markdown,
        &[
            "| Backtracks of others meanwhile | `bt-9` |",
            "`orders-1` (writer) `available`",
        ],
    );
}

#[test]
fn a_question_follows_from_where_the_run_was() {
    let value = reports(&resending()).1;
    let asked: Vec<&str> = value["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|made| made["asked"].as_str().unwrap())
        .collect();
    assert_eq!(asked, ["pause", "confirm", "no_trace"]);
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    lose_the_reply(&mut story);
    assert_silent(&reports(&story).0, &["no trace of the request was found"]);
}
