//! The document for auditors says what the code does.

use super::samples::{Memory, at};
use crate::journal::appender::Appender;
use crate::journal::{Hash, LONGEST, Payload, RESERVED, VERSION};
use serde_json::{Map, Value, json};
use std::path::Path;

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/journal-format.md");
    std::fs::read_to_string(path).unwrap()
}

fn example() -> String {
    let memory = Memory::default();
    let mut appender = Appender::new(Box::new(memory.clone()));
    for (second, value) in [
        (
            0,
            json!({"type": "run_begun", "cluster": "orders", "operator": "kim"}),
        ),
        (
            12,
            json!({"type": "intent", "effect": "backtrack", "to": "2026-11-20T02:14:05Z"}),
        ),
        (
            13,
            json!({"type": "accepted", "backtrack_id": "b-7f3c", "request_id": "0f1c6f5e"}),
        ),
    ] {
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
