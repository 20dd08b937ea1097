//! The whole walk: yes, the typed confirmation, accept; and on from a run that was held.

use chrono::TimeDelta;

use super::{ACCEPT, FORWARD, PAUSE, Person, REWIND};
use crate::harness::{stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// When the shop was paused and opened, and when the request was acted on, as the lab saw it.
fn order_of_events(place: &Place) -> Vec<&'static str> {
    let changes = place.lab.world().shop.changes.into_iter();
    let changes = changes.map(|change| (change.at, if change.paused { "paused" } else { "opened" }));
    let moves = place.lab.accepted().into_iter().map(|call| (call.at, "moved"));
    let mut events: Vec<_> = changes.chain(moves).collect();
    events.sort();
    events.into_iter().map(|(_, what)| what).collect()
}

#[test]
fn a_person_walks_to_an_open_application() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept").sees("DONE");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "moved", "opened"]);
    assert!(person.has_a_cursor());
}

#[test]
fn an_answer_given_beforehand_leaves_the_acceptance_to_the_person() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "moved", "opened"]);
}

#[test]
fn a_held_run_goes_forward_to_a_time_and_is_accepted_there() {
    let place = Place::new();
    let target = whole_second(place.now()) - TimeDelta::minutes(10);
    place
        .run(&place.run_args(&stamp(target), &["--hold", "--yes", CLUSTER]))
        .expect(20);
    assert_eq!(place.shop(), (true, 1));

    let between = stamp(target + TimeDelta::minutes(4));
    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    person.sees("Taken up again");
    assert!(person.rows()[0].contains("Taken up again"), "{}", person.page());
    person.answers(ACCEPT, &format!("forward {between}"));
    person.answers("Is this the instant?", "yes").sees(FORWARD);
    let phrase = person.reads_the_phrase();
    assert_eq!(phrase, "orders--drill 4");
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "moved", "moved", "opened"]);
    let sent = place.lab.accepted();
    assert_eq!(sent[1].params["BacktrackTo"], between);
}

#[test]
fn a_person_holds_at_the_menu_and_returns_to_the_origin_later() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.answers(ACCEPT, "hold");
    person.leaves_with(20);
    assert_eq!(order_of_events(&place), ["paused", "moved"]);

    let mut person = Person::at(&place, &["forward", &place.run_id(), "--to", "origin"]);
    person.sees(FORWARD);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "moved", "moved", "opened"]);
}
