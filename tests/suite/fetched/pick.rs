//! A person chooses among the candidates.

use super::{hurt, target};
use crate::place::{CLUSTER, Place};
use crate::terminal::{ACCEPT, PAUSE, Person};

#[test]
fn the_chosen_one_becomes_a_command_and_is_begun_only_when_told() {
    let place = Place::new();
    let at = hurt(&place);
    let lab = place.lab.endpoint.clone();
    let args = ["locate", "--cluster", CLUSTER, "--lab", &lab, "--from", "-20m"];
    let mut person = Person::at(&place, &args);
    person.answers("Go back to before which?", "7");
    person.answers("expected a number of 1 to 1, got `7`", "1");
    person.sees(&format!("--to {}", target(at)));
    person.answers("Begin that run now", "");
    person.leaves_with(0);
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
}

#[test]
fn a_run_asks_which_and_goes_on_from_there() {
    let place = Place::new();
    hurt(&place);
    let runbook = crate::harness::shipped("drill.toml").display().to_string();
    let lab = place.lab.endpoint.clone();
    let args = [
        "run",
        &runbook,
        "--cluster",
        CLUSTER,
        "--lab",
        &lab,
        "--locate",
        "--from",
        "-20m",
    ];
    let mut person = Person::at(&place, &args);
    person.answers("Go back to before which?", "1");
    person.sees("before the located statement of");
    person.answers(PAUSE, "yes");
    let phrase = person.reads_the_phrase();
    person.types(&phrase);
    person.sees(ACCEPT).is_asked();
    assert_eq!(place.accepted(), 1);
}

#[test]
fn nobody_chosen_is_nothing_done() {
    let place = Place::new();
    hurt(&place);
    let lab = place.lab.endpoint.clone();
    let args = [
        "run",
        "--cluster",
        CLUSTER,
        "--lab",
        &lab,
        "--locate",
        "--from",
        "-20m",
    ];
    let mut person = Person::at(&place, &args);
    person.answers("Go back to before which?", "");
    person.sees("no statement was chosen").leaves_with(11);
    let runs = std::fs::read_dir(place.program.journals().join("runs"));
    assert_eq!(runs.map_or(0, Iterator::count), 0, "a run was begun");
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
}

#[test]
fn who_keeps_an_earlier_damage_is_told() {
    let place = Place::new();
    place.lab.hurt("bad_update");
    place.lab.advance(60);
    let at = hurt(&place);
    let lab = place.lab.endpoint.clone();
    let args = ["locate", "--cluster", CLUSTER, "--lab", &lab, "--from", "-20m"];
    let mut person = Person::at(&place, &args);
    person.answers("Go back to before which? 1 to 2", "2");
    person
        .sees("warning: number 1")
        .sees(&format!("--to {}", target(at)));
    person.answers("Begin that run now", "");
    person.leaves_with(0);
    assert!(person.too_wide().is_empty(), "{:?}", person.too_wide());
}
