//! The search against a linear one, over every culprit.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::fixture::BEGIN;
use crate::domain::runbook::Check;

fn at(seconds: i64) -> DateTime<Utc> {
    BEGIN + TimeDelta::seconds(seconds)
}

fn search(good: i64, bad: i64, over: Over, skips: u32) -> Search {
    let bound = |seconds: i64| Bound {
        text: None,
        at: at(seconds),
    };
    Search {
        good: bound(good),
        bad: bound(bad),
        over,
        probe: Check::Copy,
        tries: 1,
        skips,
        then: Then::LastGood,
    }
}

fn over_time(bad: i64, within_s: u32, skips: u32) -> Search {
    search(0, bad, Over::Time { within_s }, skips)
}

fn suspects(millis: &[i64]) -> Over {
    let suspect = |millis: &i64| Suspect {
        at: BEGIN + TimeDelta::milliseconds(*millis),
        statement: String::new(),
        file: None,
        line: None,
    };
    Over::Suspects(millis.iter().map(suspect).collect())
}

/// Asks until there is nothing more to ask; how often it was asked.
fn play(hunt: &mut Hunt, says: impl Fn(DateTime<Utc>) -> Verdict) -> u32 {
    let mut asked = 0;
    while let Some(place) = hunt.next() {
        let before = hunt.left();
        let verdict = says(hunt.at(place).unwrap());
        hunt.judge(place, verdict).unwrap();
        asked += 1;
        assert!(hunt.left() < before, "each question takes one off");
    }
    asked
}

#[test]
fn thirty_two_candidates_take_five_questions() {
    let times: Vec<i64> = (1..=32).map(|number| number * 2000 + 300).collect();
    let search = search(0, 70, suspects(&times), 0);
    for (culprit, time) in times.iter().enumerate() {
        let mut hunt = Hunt::begin(&search).unwrap();
        assert_eq!(hunt.left(), 5);
        let hurt = BEGIN + TimeDelta::milliseconds(*time);
        let asked = play(
            &mut hunt,
            |at| if at >= hurt { Verdict::Bad } else { Verdict::Good },
        );
        assert_eq!(asked, 5);
        assert!(hunt.is_decided());
        let found = search.between(hunt.good(), hunt.bad());
        let [found] = found.as_slice() else {
            panic!("{culprit}: {found:?}")
        };
        assert_eq!(found.at, hurt);
    }
}

#[test]
fn statements_of_one_second_are_not_told_apart() {
    // The place before the second would have to lie after the first.
    let search = search(0, 20, suspects(&[5300, 5900, 6200, 9100]), 0);
    let Places::Listed(places) = search.places().unwrap() else {
        panic!("listed")
    };
    assert_eq!(places, [at(4), at(8), at(20)]);
    let first: Vec<i64> = search
        .between(at(4), at(8))
        .iter()
        .map(|suspect| (suspect.at - BEGIN).num_milliseconds())
        .collect();
    assert_eq!(first, [5300, 5900, 6200]);
}

#[test]
fn what_leaves_nothing_to_search_is_said() {
    let refused = |search: &Search| Hunt::begin(search).unwrap_err();
    assert!(matches!(refused(&over_time(0, 1, 0)), Nothing::Order { .. }));
    assert!(matches!(refused(&over_time(1, 1, 0)), Nothing::Near { .. }));
    assert!(matches!(refused(&over_time(30, 30, 0)), Nothing::Near { .. }));
    assert!(matches!(
        refused(&search(0, 20, suspects(&[5300]), 0)),
        Nothing::Few { got: 1, .. }
    ));
    assert!(matches!(
        refused(&search(0, 20, suspects(&[30_000]), 0)),
        Nothing::Few { got: 0, .. }
    ));
}

#[test]
fn a_contradiction_names_both_facts() {
    let mut hunt = Hunt::begin(&over_time(16, 1, 0)).unwrap();
    hunt.judge(8, Verdict::Good).unwrap();
    let error = hunt.judge(0, Verdict::Bad).unwrap_err();
    assert_eq!(
        (error.known.as_str(), error.was),
        ("2026-11-20T02:31:16Z", "good")
    );
    assert_eq!((error.at.as_str(), error.is), ("2026-11-20T02:31:08Z", "bad"));
    assert!(hunt.judge(16, Verdict::Good).is_err());
    assert!(
        hunt.judge(8, Verdict::Good).is_ok(),
        "the same again is no contradiction"
    );
    assert!(hunt.judge(8, Verdict::Bad).is_err());
}

#[test]
fn an_exit_code_means_what_it_means_to_git() {
    let of = |codes: &[i32]| {
        codes
            .iter()
            .map(|code| Verdict::of_exit(*code))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&[0]), [Verdict::Good]);
    assert_eq!(of(&[1, 2, 124]), [Verdict::Bad; 3]);
    assert_eq!(of(&[125]), [Verdict::Skip]);
    assert_eq!(of(&[126, 127, 128, 137, 255, -1]), [Verdict::Stop; 6]);
}

#[test]
fn answers_that_differ_at_one_place_are_none() {
    let said = |verdicts: &[Verdict]| Trial {
        gate: Vec::new(),
        said: verdicts
            .iter()
            .map(|verdict| Said {
                verdict: *verdict,
                how: format!("how {}", verdict.as_str()),
            })
            .collect(),
    };
    assert_eq!(
        said(&[Verdict::Bad, Verdict::Bad]).verdict().verdict,
        Verdict::Bad
    );
    let flaky = said(&[Verdict::Good, Verdict::Bad]).verdict();
    assert_eq!(flaky.verdict, Verdict::Stop);
    assert!(
        flaky.how.contains("how good") && flaky.how.contains("how bad"),
        "{flaky:?}"
    );
    assert_eq!(said(&[]).verdict().verdict, Verdict::Stop);
}

proptest! {
    /// What a linear search finds, in no more questions than were announced.
    #[test]
    fn it_finds_what_a_linear_search_finds(bad in 2_i64..400, within in 1_u32..40, culprit in 1_i64..400) {
        let culprit = culprit.min(bad);
        let search = over_time(bad, within, 0);
        if let Ok(mut hunt) = Hunt::begin(&search) {
            let announced = hunt.left();
            let says = |place: DateTime<Utc>| if place >= at(culprit) { Verdict::Bad } else { Verdict::Good };
            let places = search.places().unwrap();
            let first_bad = (0..=places.last()).find(|place| says(places.at(*place).unwrap()) == Verdict::Bad);
            let asked = play(&mut hunt, says);
            prop_assert!(asked <= announced);
            prop_assert!(hunt.is_decided());
            prop_assert_eq!(hunt.bad(), places.at(first_bad.unwrap()).unwrap());
            prop_assert_eq!(hunt.good(), places.at(first_bad.unwrap() - 1).unwrap());
        }
    }

    /// With places of which the probe cannot tell: the culprit is always between the two, no question is asked twice, and
    /// where questions are left over, only places that were skipped lie between.
    #[test]
    fn skips_widen_what_is_found_and_never_move_it(
        bad in 3_i64..200,
        culprit in 1_i64..200,
        skipped in prop::collection::btree_set(1_i64..200, 0..40),
        allowed in 0_u32..12,
    ) {
        let culprit = culprit.min(bad);
        let mut hunt = Hunt::begin(&over_time(bad, 1, allowed)).unwrap();
        let announced = hunt.left();
        let offset = |place: DateTime<Utc>| (place - BEGIN).num_seconds();
        let says = |place: DateTime<Utc>| {
            if skipped.contains(&offset(place)) {
                Verdict::Skip
            } else if offset(place) >= culprit {
                Verdict::Bad
            } else {
                Verdict::Good
            }
        };
        let asked = play(&mut hunt, says);
        prop_assert!(asked <= announced);
        let (low, high) = (offset(hunt.good()), offset(hunt.bad()));
        prop_assert!(low < culprit && culprit <= high);
        if asked < announced {
            prop_assert!((low + 1..high).all(|place| skipped.contains(&place)));
        }
    }

    /// A fold of the same verdicts is the same search.
    #[test]
    fn a_search_is_a_fold_of_its_verdicts(bad in 2_i64..200, culprit in 1_i64..200) {
        let search = over_time(bad, 1, 3);
        let mut hunt = Hunt::begin(&search).unwrap();
        let mut verdicts = Vec::new();
        while let Some(place) = hunt.next() {
            let verdict = if hunt.at(place).unwrap() >= at(culprit) { Verdict::Bad } else { Verdict::Good };
            verdicts.push((place, verdict));
            hunt.judge(place, verdict).unwrap();
            let mut again = Hunt::begin(&search).unwrap();
            for (place, verdict) in &verdicts {
                again.judge(*place, *verdict).unwrap();
            }
            prop_assert_eq!(&again, &hunt);
        }
    }

    /// Every place has one instant, and every instant its place.
    #[test]
    fn places_and_instants_are_one_to_one(bad in 2_i64..500, within in 1_u32..60) {
        if let Ok(places) = over_time(bad, within, 0).places() {
            for number in 0..=places.last() {
                prop_assert_eq!(places.number(places.at(number).unwrap()), Some(number));
            }
            prop_assert_eq!(places.at(places.last() + 1), None);
            prop_assert_eq!(places.at(places.last()), Some(at(bad)));
        }
    }
}
