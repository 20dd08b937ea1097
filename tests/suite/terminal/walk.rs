//! The whole walk: yes, the typed confirmation, accept; and on from a run that was held.

use super::{ACCEPT, FORWARD, PAUSE, Person, REWIND};
use crate::place::{CLUSTER, Place, QUICK};

/// When the shop was paused and opened, and when the request was acted on, as the lab saw it.
fn order_of_events(place: &Place) -> Vec<String> {
    let world = place.get("/_lab/world");
    let changes = world["shop"]["changes"].as_array().unwrap().clone();
    let calls = place.get("/_lab/calls").as_array().unwrap().clone();
    let mut events: Vec<(String, String)> = Vec::new();
    for change in changes {
        let what = if change["paused"] == true {
            "paused"
        } else {
            "opened"
        };
        events.push((change["at"].as_str().unwrap().to_owned(), what.to_owned()));
    }
    for call in calls {
        if call["action"] == "BacktrackDBCluster" && call["accepted"] == true {
            events.push((call["at"].as_str().unwrap().to_owned(), "rewound".to_owned()));
        }
    }
    events.sort();
    events.into_iter().map(|(_, what)| what).collect()
}

#[test]
fn a_person_walks_to_an_open_application() {
    let place = Place::new(QUICK);
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept").sees("DONE");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "rewound", "opened"]);
    assert!(person.has_a_cursor());
}

#[test]
fn an_answer_given_beforehand_leaves_the_acceptance_to_the_person() {
    let place = Place::new(QUICK);
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(order_of_events(&place), ["paused", "rewound", "opened"]);
}

#[test]
fn a_held_run_goes_forward_to_a_time_and_is_accepted_there() {
    let place = Place::new(QUICK);
    let target = place.now() - chrono::TimeDelta::minutes(10);
    let held = place.say(&place.run_args(&stamp(target), &["--hold", "--yes", CLUSTER]));
    assert_eq!(held.exit, 20, "{held:?}");
    assert_eq!(place.shop(), (true, 1));

    let between = stamp(target + chrono::TimeDelta::minutes(4));
    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    person.answers(ACCEPT, &format!("forward {between}"));
    person.answers("Is this the instant?", "yes").sees(FORWARD);
    let phrase = person.reads_the_phrase();
    assert_eq!(phrase, "orders--drill 4");
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(
        order_of_events(&place),
        ["paused", "rewound", "rewound", "opened"]
    );
    let head = &place.get("/_lab/calls");
    let last = head.as_array().unwrap().iter().rev();
    let mut sent = last.filter(|call| call["action"] == "BacktrackDBCluster");
    assert_eq!(sent.next().unwrap()["params"]["BacktrackTo"], between);
}

#[test]
fn a_person_holds_at_the_menu_and_returns_to_the_origin_later() {
    let place = Place::new(QUICK);
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.answers(ACCEPT, "hold");
    person.leaves_with(20);
    assert_eq!(order_of_events(&place), ["paused", "rewound"]);

    let mut person = Person::at(&place, &["forward", &place.run_id(), "--to", "origin"]);
    person.sees(FORWARD);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!(
        order_of_events(&place),
        ["paused", "rewound", "rewound", "opened"]
    );
}

fn stamp(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
