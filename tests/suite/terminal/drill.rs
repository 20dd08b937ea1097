//! `drill` in a terminal: a scenario is chosen, a target is typed, and the walk ends with a score card.

use super::{ACCEPT, PAUSE, Person, REWIND};
use crate::place::Place;

#[test]
fn a_person_plays_a_drill_to_its_score_card() {
    // The drill has a lab of its own; the place gives it a journal.
    let place = Place::new();
    let mut person = Person::at(&place, &["drill", "--engine", "memory"]);
    person.sees("Which drill?").sees("a DELETE without WHERE");
    // Nothing is preselected.
    person.presses("\u{1b}[B\r").sees("audit log");
    let hurt_at = person.page().lines().find_map(instant).unwrap();
    person.sees("Where to?");
    let target = hurt_at - chrono::TimeDelta::seconds(1);
    person.types(&target.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person
        .types(&phrase)
        .answers(ACCEPT, "accept")
        .sees("DONE")
        .sees("Score");
    person.leaves_with(0);
}

/// The instant in the row of the audit log.
fn instant(row: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    let after = row.split_once("audit log")?.1;
    after.split_whitespace().next()?.parse().ok()
}

#[test]
fn nothing_is_preselected_in_the_menu_of_drills_and_who_leaves_it_begins_nothing() {
    for key in ["\u{1b}", "\u{3}"] {
        let place = Place::new();
        let mut person = Person::at(&place, &["drill", "--engine", "memory"]);
        person
            .sees("arrow keys")
            .sees("the reply to BacktrackDBCluster is lost");
        // Enter takes nothing where nothing was chosen.
        person.presses("\r").presses(key).leaves_with(130);
        let page = person.page();
        assert!(page.contains("no scenario was chosen"), "{page}");
        assert!(person.has_a_cursor());
    }
}

/// A person at the target prompt of the first scenario; the target that is right.
fn at_the_target(place: &Place) -> (Person, String) {
    let mut person = Person::at(place, &["drill", "delete-without-where", "--engine", "memory"]);
    person.sees("audit log");
    let hurt_at = person.page().lines().find_map(instant).unwrap();
    person.sees("Where to?");
    let target = hurt_at - chrono::TimeDelta::seconds(1);
    (person, target.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

#[test]
fn a_drill_that_is_left_is_not_passed_and_the_next_one_can_be_played() {
    let place = Place::new();
    let (mut person, target) = at_the_target(&place);
    person.types(&target).answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).sees("[applying]").presses("\u{3}");
    person.sees("MISSED").leaves_with(3);

    // It was another lab's cluster: nothing is held.
    let (mut person, target) = at_the_target(&place);
    person
        .types(&target)
        .answers(PAUSE, "no")
        .sees("MISSED")
        .leaves_with(3);
}
