//! The shape of the JSON, the audit trail, and what never gets into a report.

use serde_json::json;

use super::stories::{completed, refused};
use super::{assert_says, assert_silent, reports};
use crate::domain::mode::Mode;

#[test]
fn the_audit_trail_names_its_head_and_what_was_torn() {
    let story = refused();
    let mut trail = story.trail();
    trail.torn_bytes = 17;
    let markdown = crate::report::markdown(&trail);
    assert_says(
        &markdown,
        &[
            "Head hash: `9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`",
            "- Records: 19",
            "`backtrackctl journal verify 20261120-023000-4f2a9c`",
            "The last 17 bytes are a record",
        ],
    );
}

#[test]
fn the_json_names_its_schema_and_keeps_its_shape() {
    let value = reports(&completed(Mode::Live)).1;
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "application",
        "audit",
        "debts",
        "decisions",
        "headline",
        "hops",
        "left_behind",
        "looks",
        "overrides",
        "processes",
        "refusals",
        "run",
        "schema",
        "summary",
        "timeline",
        "undo",
        "verifications",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(value["schema"], json!("backtrackctl/report/1"));
    assert_eq!(
        value["summary"]["discarded"],
        json!([{ "from": "2026-11-20T02:14:05Z", "to": "2026-11-20T02:31:08.700Z", "discarded_s": 1023 }])
    );
    assert_eq!(value["summary"]["decide_s"], json!(54));
    assert_eq!(value["summary"]["outage_s"], json!(107));
    assert_eq!(value["summary"]["aws_s"], json!(60));
    assert_eq!(value["application"][0]["state"], json!("open"));
    assert_eq!(
        value["decisions"][1]["given"],
        json!({ "answer": "confirmed", "typed": "orders-prod 17" })
    );
    assert_eq!(value["audit"]["records"], json!(24));
}

#[test]
fn no_argument_of_a_command_is_shown() {
    let (markdown, value) = reports(&completed(Mode::Live));
    assert_silent(&markdown, &["--token=abc"]);
    assert_silent(&value.to_string(), &["--token=abc"]);
}
