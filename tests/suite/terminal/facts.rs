//! What the screens say of the cluster, of what is lost, of until when, and of what a no does: read at the prompt.

use chrono::TimeDelta;
use serde_json::json;

use super::{ACCEPT, BY_HAND, FORWARD, PAUSE, Person, REWIND};
use crate::harness::{shipped, stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// The words of the screen, however they were wrapped and marked.
fn words(person: &Person) -> String {
    let page = person.page().replace("[drill]", " ");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Waits for a question and its prompt; the words of the screen from the question on.
fn asked(person: &mut Person, question: &str) -> String {
    person.sees(question).is_asked();
    let words = words(person);
    let (_, since) = words.rsplit_once(question).unwrap();
    since.to_owned()
}

fn has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "expected \"{wanted}\", got\n{text}");
    }
}

#[test]
fn a_step_by_hand_is_told_once_and_a_no_opens_what_was_paused() {
    let runbook = std::fs::read_to_string(shipped("rewind.toml")).unwrap();
    let place = Place::new().with_runbook(&runbook);
    let mut person = Person::at(&place, &place.run_args("-10m", &[]));
    person.answers(PAUSE, "yes");
    let step = asked(&mut person, BY_HAND);
    has(
        &step,
        &[
            "cluster orders--drill (",
            "lost nothing yet",
            "possible until ",
            "no nothing is sent",
        ],
    );
    let told = words(&person);
    let after_the_pause = told.rsplit_once("yes or no> yes").unwrap().1;
    let instruction = "Stop everything that writes";
    assert_eq!(after_the_pause.matches(instruction).count(), 1, "{told}");
    person.types("no");
    person.answers("Start again everything", "yes");
    person.answers("Does everything run again", "yes");
    person.leaves_with(10);
    assert_eq!(place.accepted(), 0);
}

#[test]
fn a_finished_run_is_moved_forward_only_after_what_may_be_lost_was_said() {
    let place = Place::new();
    Person::at(&place, &place.run_args("-10m", &["--yes", CLUSTER]))
        .answers(ACCEPT, "accept")
        .leaves_with(0);
    let arguments = [
        "forward",
        &place.run_id(),
        "--to",
        "origin",
        "--reason",
        "the old data",
    ];
    let mut person = Person::at(&place, &arguments);
    has(&asked(&mut person, PAUSE), &["the run stays finished as it was"]);
    has(&words(&person), &["target origin (as typed)"]);
    person.types("yes");
    has(
        &asked(&mut person, FORWARD),
        &[
            "lost what was written since the application was opened may be lost for good",
            "no nothing is sent; the application, which was paused for this, is opened again",
        ],
    );
    person.types("no").leaves_with(11);
    assert_eq!((place.shop(), place.accepted()), ((false, 4), 1));
}

#[test]
fn who_recovers_sees_the_cluster_the_caller_and_until_when() {
    let place = Place::new();
    let target = whole_second(place.now()) - TimeDelta::minutes(10);
    place
        .run(&place.run_args(&stamp(target), &["--hold", "--yes", CLUSTER]))
        .expect(20);
    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    let question = asked(&mut person, ACCEPT);
    has(
        &words(&person),
        &[
            "DRILL: the cluster is the lab's",
            "account 1",
            "caller arn:aws:",
            "reachable ",
        ],
    );
    has(
        &question,
        &["cluster orders--drill (", "possible back up to ", ", until "],
    );
    assert!(!question.contains("not known"), "{question}");
    // The cluster comes before anything that is said of it.
    let told = words(&person);
    let (before, after) = told.split_once("DRILL: the cluster is the lab's").unwrap();
    assert!(!before.contains("The way back"), "{told}");
    assert!(!after.contains("until: not known"), "{told}");

    // Forward from there: what it moved from is where the data was, and not a time of day.
    let between = target + TimeDelta::minutes(4);
    person.types(&format!("forward {}", stamp(between)));
    person.answers("Is this the instant?", "yes").sees(FORWARD);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept").sees("DONE");
    person.leaves_with(0);
    let moved = format!(
        "moved forward to {} from {}",
        between.format("%Y-%m-%d %H:%M:%SZ"),
        target.format("%Y-%m-%d %H:%M:%SZ")
    );
    has(&words(&person), &[&moved]);
}

#[test]
fn what_was_found_after_a_lost_reply_is_said_to_be_adopted() {
    let place = Place::new();
    let lost = json!([{"action": "BacktrackDBCluster", "nth": 1, "fault": "reset_after"}]);
    place.lab.faults(&lost);
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.sees("found: AWS accepted the request; adopted as");
    person.answers(ACCEPT, "accept").leaves_with(0);
}

#[test]
fn no_command_that_changes_the_cluster_is_shown_before_it_was_confirmed() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND).is_asked();
    let page = person.page();
    assert!(!page.contains("backtrack-db-cluster"), "{page}");
    person.types("no").leaves_with(11);
}

#[test]
fn data_that_was_accepted_all_the_same_is_not_said_to_be_as_expected() {
    let runbook = std::fs::read_to_string(shipped("rewind.toml")).unwrap();
    let place = Place::new().with_runbook(&runbook);
    let mut person = Person::at(&place, &place.run_args("-10m", &[]));
    person
        .answers(PAUSE, "yes")
        .answers(BY_HAND, "yes")
        .answers(BY_HAND, "yes")
        .sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase);
    let probe = asked(&mut person, BY_HAND);
    has(
        &probe,
        &["discarded", "possible back up to", "no this counts as failed"],
    );
    person
        .types("no")
        .answers(BY_HAND, "yes")
        .answers(BY_HAND, "yes")
        .answers("NOT as expected. What now?", "accept")
        .answers("Why?", "seen by eye")
        .sees("accepted all the same");
    has(
        &asked(&mut person, BY_HAND),
        &["lost nothing now", "no it counts as still paused"],
    );
    person.types("yes").answers(BY_HAND, "yes").leaves_with(0);
    let page = person.page();
    assert!(!page.contains("the data is as expected"), "{page}");
}
