//! Answers that are no yes: wrong ones, empty ones, those typed ahead, and a paste.

use serde_json::json;

use super::{ACCEPT, PAUSE, Person, REWIND};
use crate::place::{CLUSTER, Place};

/// A person before the confirmation, with the application paused.
fn before_the_confirmation(place: &Place) -> Person {
    let mut person = Person::at(place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND).is_asked();
    assert_eq!(place.shop(), (true, 1));
    person
}

fn untouched_and_open(place: &Place, changes: usize) {
    assert_eq!(place.shop(), (false, changes));
    assert_eq!(place.accepted(), 0);
}

#[test]
fn a_no_at_the_pause_changes_nothing() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "no");
    person.leaves_with(11);
    untouched_and_open(&place, 0);
}

#[test]
fn three_wrong_confirmations_are_a_no_and_the_shop_is_open_again() {
    let place = Place::new();
    let mut person = before_the_confirmation(&place);
    for wrong in ["orders-prod 2", "orders--drill 999", "yes"] {
        person.types(wrong).sees("xpected");
        if wrong != "yes" {
            person.is_asked();
        }
    }
    person.leaves_with(11);
    untouched_and_open(&place, 2);
}

#[test]
fn a_wrong_confirmation_can_be_put_right() {
    let place = Place::new();
    let mut person = before_the_confirmation(&place);
    person.types("orders-drill 2").is_asked();
    let page = person.page();
    assert!(page.contains("orders-drill"), "what was typed is shown:\n{page}");
    let mut again = Person::at(&place, &place.run_args("-2m", &[]));
    again.sees("held by run");
    again.leaves_with(12);
    person.types("no");
    person.leaves_with(11);
    untouched_and_open(&place, 2);
}

#[test]
fn an_empty_line_is_never_a_yes() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    // It is no no either: whoever only pressed Enter is asked again.
    person.answers(PAUSE, "").sees("Nothing was typed").is_asked();
    person.types("no").leaves_with(11);
    untouched_and_open(&place, 0);

    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").answers(REWIND, "");
    person.sees("Nothing was typed").is_asked().types("no");
    person.leaves_with(11);
    untouched_and_open(&place, 2);

    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.answers(ACCEPT, "").is_asked().types("hold");
    person.leaves_with(20);
    assert_eq!(place.shop(), (true, 3));
}

#[test]
fn what_was_typed_before_the_question_is_thrown_away() {
    let place = Place::new();
    // Time to type ahead: the first look at the cluster takes some seconds.
    let slow = json!([{"action": "DescribeDBClusters", "nth": 1, "fault": "latency", "ms": 4000}]);
    place.lab.faults(&slow);
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.types("yes").sees("yes").answers(PAUSE, "no");
    person.leaves_with(11);
    untouched_and_open(&place, 0);
}

#[test]
fn a_paste_of_several_lines_is_refused() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes\nyes").sees("Several lines").is_asked();
    untouched_and_open(&place, 0);
    person.types("yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person
        .types(&format!("{phrase}\naccept"))
        .sees("Several lines")
        .is_asked();
    assert_eq!(place.accepted(), 0);
    person.types("no");
    person.leaves_with(11);
    untouched_and_open(&place, 2);
}

#[test]
fn an_end_of_input_at_a_prompt_is_nobody() {
    let place = Place::new();
    let mut person = before_the_confirmation(&place);
    person.presses("\u{4}");
    person.leaves_with(10);
    untouched_and_open(&place, 2);
}
