//! A search at a terminal: one confirmation for all of it, and a new one by whoever takes it up.

use chrono::{DateTime, TimeDelta, Utc};

use super::{ACCEPT, PAUSE, Person};
use crate::harness::{Lab, eventually, stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// The title of its confirmation, up to the number of outages.
const SEARCH: &str = "Search orders--drill, by up to ";
const ASKS_THE_SHOP: &str = "\"$BACKTRACKCTL_BIN\" lab shop check >/dev/null && exit 0\nexit 1\n";

/// A lab that was hurt, and a moment before that.
fn hurt(lab: Lab) -> (Place, DateTime<Utc>, DateTime<Utc>) {
    let place = Place::on(lab);
    place.program.file("probe.sh", ASKS_THE_SHOP);
    place.lab.advance(60);
    let good = whole_second(place.now());
    place.lab.advance(100);
    let at = place.lab.hurt("delete_all");
    place.lab.advance(40);
    (place, good, at)
}

fn search(place: &Place, good: DateTime<Utc>) -> Person {
    let good = stamp(good);
    let mut arguments = vec!["bisect", "--lab", &place.lab.endpoint, "--cluster", CLUSTER];
    arguments.extend(["--good", &good, "--within", "60s", "--skips", "0"]);
    arguments.extend(["--probe", "sh", "probe.sh"]);
    let runbook = crate::harness::shipped("drill.toml").display().to_string();
    arguments.insert(1, &runbook);
    Person::at(place, &arguments)
}

#[test]
fn a_person_confirms_a_search_once_and_accepts_where_it_ends() {
    let (place, good, hurt) = hurt(Lab::quick());
    let mut person = search(&place, good);
    person.sees("A search for the last good moment");
    person.answers(PAUSE, "yes").sees(SEARCH);
    let phrase = person.reads_the_phrase();
    assert_eq!(
        phrase,
        format!("{CLUSTER} 3"),
        "two halvings of four steps, and the way to its end"
    );
    person
        .types(&phrase)
        .sees("Found")
        .sees("last good")
        .sees("first bad");
    person.answers(ACCEPT, "accept").sees("DONE");
    person.leaves_with(0);
    assert!(!place.shop().0);
    // The last good of four steps of a minute lies within the minute before the damage.
    let ended: DateTime<Utc> = place.lab.accepted().last().unwrap().params["BacktrackTo"]
        .parse()
        .unwrap();
    assert!(
        ended < hurt && hurt - ended <= TimeDelta::seconds(61),
        "{ended} {hurt}"
    );
    let asked = person.page().matches("your choice>").count();
    assert_eq!(asked, 1, "{}", person.page());
}

#[test]
fn a_search_that_is_left_is_confirmed_anew_by_whoever_takes_it_up() {
    let (place, good, _) = hurt(Lab::with(""));
    let mut person = search(&place, good);
    person.answers(PAUSE, "yes").sees(SEARCH);
    let phrase = person.reads_the_phrase();
    person.types(&phrase);
    eventually("an accepted request", || (place.accepted() == 1).then_some(()));
    person.sees("[applying]").presses("\u{3}").leaves_with(20);
    assert!(place.shop().0, "the application stays paused");

    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    person.sees("Taken up again").sees(SEARCH);
    assert_eq!(place.accepted(), 1, "nothing more is sent without a confirmation");
    person.types("no").leaves_with(20);
    assert!(place.shop().0, "a no leaves the application as it was");

    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    person.sees(SEARCH);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert!(!place.shop().0);
}
