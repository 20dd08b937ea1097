//! What `status` says of the window of clusters of which there is little to say.

use serde_json::Value;

use crate::harness::{Lab, Program};

use super::fleet::CASES;

#[test]
fn a_window_is_told_as_it_is_and_not_guessed() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    for (id, said, window) in [
        ("below-hour--1", "30 min asked for; reachable from", Some(1800)),
        ("full--1", "24 h asked for; reachable from", Some(86_400)),
        ("silent--1", "24 h, and AWS names no earliest time", Some(86_400)),
        (
            "off--1",
            "none: Backtrack is off, and modifying the cluster cannot turn it on",
            Some(0),
        ),
        ("postgres--1", "none: only Aurora MySQL has Backtrack", Some(0)),
        (
            "windowless--1",
            "not known: AWS names an earliest backtrack time (2026-11-19T12:00:00Z) and no window",
            None,
        ),
    ] {
        let status = |output: &str| {
            let words = ["status", id, "--lab", &lab.endpoint, "--output", output];
            program.run(words).expect(0)
        };
        let told = status("text");
        assert!(
            told.stdout.contains(&format!("window     {said}")),
            "{id}: {told:?}"
        );
        let line = status("json").lines().remove(0);
        assert_eq!(line["window_s"], window.map_or(Value::Null, Value::from), "{id}");
    }
}
