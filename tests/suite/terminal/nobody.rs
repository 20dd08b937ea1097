//! Nobody there: a closed input is no person, and JSON is never asked about.

use super::Person;
use crate::place::{CLUSTER, Place};

#[test]
fn a_closed_input_is_nobody_although_a_terminal_is_there() {
    let place = Place::new();
    let command = place.command(&place.run_args("-2m", &[]));
    let mut person = Person::with(&command, 80, "< /dev/null");
    person.leaves_with(10);
    assert_eq!((place.shop(), place.accepted()), ((false, 0), 0));

    place.run(&place.run_args("-2m", &[])).expect(10);
    assert_eq!((place.shop(), place.accepted()), ((false, 0), 0));
}

#[test]
fn a_piped_yes_is_no_answer() {
    let place = Place::new();
    let answers = place.folder().join("answers");
    std::fs::write(&answers, "yes\norders--drill 2\naccept\n").unwrap();
    let command = place.command(&place.run_args("-2m", &[]));
    let mut person = Person::with(&command, 80, &format!("< {}", answers.display()));
    person.leaves_with(10);
    assert_eq!((place.shop(), place.accepted()), ((false, 0), 0));
}

#[test]
fn json_on_a_terminal_is_json_alone_on_stdout() {
    let place = Place::new();
    let out = place.folder().join("out");
    let args = place.run_args("-2m", &["--output", "json", "--yes", CLUSTER]);
    let mut person = Person::with(&place.command(&args), 80, &format!("> {}", out.display()));
    person.leaves_with(0);
    let lines = std::fs::read_to_string(out).unwrap();
    let parsed: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert!(
        parsed
            .iter()
            .all(|line| line["schema"] == "backtrackctl/notice/1")
    );
    let last = parsed.last().unwrap();
    assert_eq!((&last["kind"], &last["exit"]), (&"outcome".into(), &0.into()));
    assert_eq!(person.page(), "", "nothing beside the JSON");
}

#[test]
fn json_asks_nobody_anything() {
    let place = Place::new();
    let args = place.run_args("-2m", &["--output", "json"]);
    let mut person = Person::with(&place.command(&args), 80, "");
    person.leaves_with(10);
    assert_eq!((place.shop(), place.accepted()), ((false, 0), 0));
}
