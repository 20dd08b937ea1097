//! The document for auditors says what the code does.

use super::samples::{Memory, at};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Event, Reply};
use crate::domain::fixture;
use crate::journal::appender::Appender;
use crate::journal::{Hash, LONGEST, Payload, RESERVED, VERSION};
use serde_json::{Map, Value};
use std::path::Path;

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/journal-format.md");
    std::fs::read_to_string(path).unwrap()
}

/// A run whose runbook pauses nothing, to be short.
fn opened() -> Event {
    let mut plan = fixture::plan();
    plan.runbook.pause = Vec::new();
    Event::Opened(Box::new(plan))
}

fn intended() -> Event {
    Event::Intended(Effect::Send(Intent {
        hop: 1,
        cluster: "orders".to_owned(),
        to: fixture::TARGET,
        force: false,
        intended_at: at(12),
        send_by: at(22),
        seen: Vec::new(),
    }))
}

fn replied() -> Event {
    Event::Replied(Reply::Accepted {
        record: BacktrackRecord {
            id: "b-7f3c".to_owned(),
            to: Some(fixture::TARGET),
            from: Some(at(13)),
            created: Some(at(13)),
            status: BacktrackStatus::Pending,
        },
        request_id: Some("0f1c6f5e".to_owned()),
    })
}

fn example() -> String {
    let memory = Memory::default();
    let mut appender = Appender::new(Box::new(memory.clone()));
    for (second, event) in [(0, opened()), (12, intended()), (13, replied())] {
        let value = serde_json::to_value(event).unwrap();
        appender
            .append(at(second), &Payload::tagged(value).unwrap())
            .unwrap();
    }
    String::from_utf8(memory.bytes().clone()).unwrap()
}

#[test]
fn the_worked_example_is_what_the_code_writes() {
    let (document, example) = (document(), example());
    assert!(
        document.contains(&format!("```jsonl\n{example}```")),
        "expected in the document:\n{example}"
    );
    let mut second: Map<String, Value> = serde_json::from_str(example.lines().nth(1).unwrap()).unwrap();
    let hash = second.remove("hash").unwrap();
    let hashed = serde_json_canonicalizer::to_string(&second).unwrap();
    assert_eq!(Hash::of(hashed.as_bytes()).to_string(), hash.as_str().unwrap());
    assert!(
        document.contains(&format!("```text\n{hashed}\n```")),
        "expected in the document:\n{hashed}"
    );
    assert!(document.contains(&format!("`{}`", hash.as_str().unwrap())));
}

#[test]
fn the_numbers_and_names_are_those_of_the_code() {
    let document = document();
    for name in RESERVED {
        assert!(document.contains(&format!("| `{name}` |")), "{name}");
    }
    assert!(document.contains(&format!("record version {VERSION}")));
    assert!(document.contains(&format!("{LONGEST} bytes")));
}
