//! What is found, in how many hops.

use chrono::TimeDelta;

use super::{Mystery, confirmed_hops};
use crate::harness::{each, stamp};

#[test]
fn the_culprit_among_32_is_found_in_at_most_5_hops_and_one_more_goes_to_the_last_good_moment() {
    each([0, 1, 15, 16, 30, 31], |culprit: usize| {
        let mystery = Mystery::new(32, culprit);
        let ended = mystery.search(&["--skips", "0"]).expect(0);
        mystery.assert_found(&ended);
        let tried = ended.of_kind("tried");
        // The present, then at most five places.
        assert!(
            tried[0]["place"].is_null() && tried[0]["verdict"] == "bad",
            "{tried:?}"
        );
        assert!(tried.len() <= 6, "{tried:?}");
        let last_was_good = tried.last().unwrap()["verdict"] == "good";
        let there = tried.last().unwrap()["place"] == stamp(mystery.incident.target);
        let landing = usize::from(!(last_was_good && there));
        assert_eq!(
            mystery.accepted(),
            tried.len() - 1 + landing,
            "culprit {culprit}: {tried:?}"
        );
        assert_eq!(confirmed_hops(&mystery.incident.journal().records()), 6);
        mystery.assert_one_confirmation(&ended);
        mystery.incident.assert_recovered();
    });
}

#[test]
fn the_cost_and_the_assumption_are_told_before_anything_is_paused() {
    let mystery = Mystery::new(8, 3);
    let ended = mystery.search(&[]).expect(0);
    let lines = ended.lines();
    let place = |kind: &str| lines.iter().position(|line| line["kind"] == kind).unwrap();
    let outlook = &lines[place("search")];
    assert!(
        outlook["assumes"].as_str().unwrap().contains("bad stays bad"),
        "{outlook}"
    );
    // Three halvings, two skips, and the way to where it ends.
    assert_eq!(
        (&outlook["most"], &outlook["usual_s"]),
        (&6.into(), &serde_json::Value::Null)
    );
    assert!(place("search") < place("step"));
    // From the present back to the known good moment: the first hop discards about half of that.
    let origin: chrono::DateTime<chrono::Utc> = outlook["origin"].as_str().unwrap().parse().unwrap();
    let most = (origin - mystery.good).num_seconds();
    let window = &ended.of_kind("window")[0];
    let instant =
        |key: &str| -> chrono::DateTime<chrono::Utc> { window[key].as_str().unwrap().parse().unwrap() };
    assert_eq!(window["search"], true, "{window}");
    assert!(
        (instant("present") - instant("target")).num_seconds() < most,
        "{window}"
    );
    // From then on a recorded run tells how long a hop takes.
    mystery.incident.lab.advance(1);
    let mystery = Mystery::on_again(mystery, 4);
    let second = mystery.search(&["--return"]).expect(0);
    assert!(second.of_kind("search")[0]["usual_s"].is_i64(), "{second:?}");
}

#[test]
fn without_candidates_time_is_searched_to_the_resolution_that_was_asked_for() {
    let mystery = Mystery::new(8, 5);
    let hurt = mystery.times[mystery.culprit];
    let ended = mystery
        .start(&["--within", "1s", "--probe", "sh", "probe.sh"])
        .finish()
        .expect(0);
    let found = ended.of_kind("found").pop().unwrap();
    let instant = |key: &str| {
        found[key]
            .as_str()
            .unwrap()
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
    };
    assert_eq!(instant("bad") - instant("good"), TimeDelta::seconds(1), "{found}");
    assert!(instant("good") < hurt && hurt <= instant("bad"), "{hurt} {found}");
    assert_eq!(found["suspects"], serde_json::json!([]));
    mystery.assert_one_confirmation(&ended);
    mystery
        .incident
        .assert_recovered_to(&mystery.incident.lab.digest_at(instant("good")));
}

#[test]
fn suspects_are_given_by_their_times_too() {
    let mystery = Mystery::new(4, 2);
    let times: Vec<String> = mystery.times.iter().map(|at| stamp(*at)).collect();
    let mut more: Vec<&str> = times.iter().flat_map(|at| ["--at", at.as_str()]).collect();
    more.extend(["--probe", "sh", "probe.sh"]);
    let ended = mystery.start(&more).finish().expect(0);
    let found = ended.of_kind("found").pop().unwrap();
    assert_eq!(found["suspects"][0]["statement"], times[2], "{found}");
    mystery.incident.assert_recovered();
}

#[test]
fn a_place_of_which_the_probe_cannot_tell_is_passed_over() {
    let mystery = Mystery::new(8, 5);
    // The middle of eight: right before the fifth.
    let middle = stamp(crate::harness::whole_second(
        mystery.times[4] - TimeDelta::seconds(1),
    ));
    let script = format!(
        "[ \"$BACKTRACKCTL_TARGET\" = {middle} ] && exit 125\n{}",
        super::ASKS_THE_SHOP
    );
    mystery.incident.program.file("probe.sh", &script);
    let ended = mystery.search(&[]).expect(0);
    let skipped = ended
        .of_kind("tried")
        .iter()
        .filter(|tried| tried["verdict"] == "skip")
        .count();
    assert_eq!(skipped, 1, "{ended:?}");
    mystery.assert_found(&ended);
    mystery.incident.assert_recovered();
}

#[test]
fn where_the_probe_can_tell_nowhere_the_search_ends_at_what_is_known_and_within_its_hops() {
    let mystery = Mystery::new(16, 9);
    let script = format!(
        "[ -n \"$BACKTRACKCTL_EFFECTIVE\" ] && [ ! -e asked-$BACKTRACKCTL_TARGET ] && touch asked-$BACKTRACKCTL_TARGET && [ \"$BACKTRACKCTL_TARGET\" != {} ] && exit 125\n{}",
        stamp(crate::harness::whole_second(
            mystery.times[0] - TimeDelta::seconds(1)
        )),
        super::ASKS_THE_SHOP
    );
    mystery.incident.program.file("probe.sh", &script);
    let ended = mystery.search(&["--skips", "1"]).expect(0);
    let found = ended.of_kind("found").pop().unwrap();
    assert_eq!(found["decided"], false, "{found}");
    assert_eq!(found["suspects"].as_array().unwrap().len(), 16, "{found}");
    mystery.assert_one_confirmation(&ended);
}
