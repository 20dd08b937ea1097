//! What is gone after several hops, and what follows from it.

use serde_json::json;

use super::scenery::{plan, record};
use super::stories::{LEFT, accepted, completed, forward, rewound};
use super::story::Story;
use super::{assert_says, assert_silent, reports};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::event::{Errand, Event};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;

/// Another hop of a run whose application is paused, to `to`, which leaves `from`.
fn hop(story: &mut Story, to: &str, from: &str) {
    let typed = to.to_owned();
    story.answer(
        5_000,
        Answer::Hop {
            typed,
            to: to.parse().unwrap(),
        },
    );
    story.intend();
    accepted(story, "bt-2", to);
    story.settle(&record("bt-2", to, Some(from), BacktrackStatus::Completed));
}

#[test]
fn a_return_to_the_origin_discards_nothing_and_leaves_no_debt() {
    let (markdown, value) = reports(&forward());
    assert_eq!(value["summary"]["discarded"], json!([]));
    assert_says(
        &markdown,
        &["| Discarded | nothing: the cluster shows again what the rewind had left |"],
    );
    assert_silent(&markdown, &["## Still to be settled", "## The way back"]);
}

#[test]
fn a_hop_of_a_paused_application_moves_the_beginning_alone() {
    for (to, seconds) in [("2026-11-20T02:20:00Z", 668), ("2026-11-20T02:10:00Z", 1268)] {
        let mut story = rewound(Mode::Live);
        hop(&mut story, to, "2026-11-20T02:33:00Z");
        let value = reports(&story).1;
        assert_eq!(
            value["summary"]["discarded"],
            json!([{ "from": to, "to": LEFT, "discarded_s": seconds }]),
            "the second hop left nothing that was written: the application was paused"
        );
    }
}

#[test]
fn a_hop_after_the_application_was_open_discards_what_it_wrote() {
    let mut story = completed(Mode::Live);
    story.take_up(3_600_000, Errand::Forward, "acknowledged");
    story.tell(
        5,
        Event::HopOrdered {
            goal: None,
            reason: Some("acknowledged".to_owned()),
            without_copy: false,
        },
    );
    story.pause().intend();
    let from = "2026-11-20T03:33:00Z";
    accepted(&mut story, "bt-2", "2026-11-20T02:31:08Z");
    story.settle(&record(
        "bt-2",
        "2026-11-20T02:31:08Z",
        Some(from),
        BacktrackStatus::Completed,
    ));
    story
        .answer(5_000, Answer::Accepted { reason: None })
        .resume()
        .end(Outcome::Completed);
    let (markdown, value) = reports(&story);
    assert_eq!(
        value["summary"]["discarded"],
        json!([{ "from": "2026-11-20T02:31:08Z", "to": from, "discarded_s": 3712 }])
    );
    assert_eq!(value["summary"]["outages"].as_array().unwrap().len(), 2);
    assert_says(
        &markdown,
        &["written between 2026-11-20T02:31:08Z and 2026-11-20T03:33:00Z"],
    );
    assert_eq!(value["application"][0]["turns"].as_array().unwrap().len(), 2);
}

#[test]
fn an_unreported_beginning_is_unknown_and_no_length_is_made_up() {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    accepted(&mut story, "bt-1", "2026-11-20T02:14:05Z");
    story.settle(&record(
        "bt-1",
        "2026-11-20T02:14:05Z",
        None,
        BacktrackStatus::Completed,
    ));
    let (markdown, value) = reports(&story);
    assert_eq!(value["summary"]["discarded"][0]["discarded_s"], json!(null));
    assert_says(
        &markdown,
        &[
            "| Discarded | unknown: `2026-11-20T02:14:05Z` → unknown |",
            "between 2026-11-20T02:14:05Z and an instant that AWS did not report",
        ],
    );
}

#[test]
fn the_way_back_has_a_ceiling_and_warns_of_what_was_written_since() {
    let (markdown, value) = reports(&completed(Mode::Live));
    assert_eq!(value["undo"]["ceiling"], json!("2026-11-20T02:31:08Z"));
    assert_eq!(
        value["undo"]["command"],
        json!("backtrackctl forward 20261120-023000-4f2a9c --to origin")
    );
    assert_says(&markdown, &["**The application was opened since.**"]);
    assert_silent(
        &reports(&rewound(Mode::Live)).0,
        &["**The application was opened since.**"],
    );
}
