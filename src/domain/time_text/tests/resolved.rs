//! Readings frozen to an instant by the service's clock.

use chrono::TimeDelta;

use super::{at, parse, zone};
use crate::domain::time_text::{Bearings, Marked, ResolveError, Resolved, TimeText};

fn bearings() -> Bearings {
    Bearings {
        earliest: Some(at("2024-05-17T08:16:00Z")),
        ..Bearings::new(at("2024-05-17T14:51:04Z"), TimeDelta::zero())
    }
}

fn resolve(text: &str, at_hand: &Bearings) -> Result<Resolved, ResolveError> {
    parse(text).unwrap().resolve(at_hand)
}

#[track_caller]
fn expect(text: &str, at_hand: &Bearings, instant: &str) {
    assert_eq!(resolve(text, at_hand).unwrap().instant(), at(instant), "{text:?}");
}

#[test]
fn a_fraction_is_cut_toward_the_past_and_said() {
    let resolved = resolve("2024-05-17T14:28:00.999Z", &bearings()).unwrap();
    assert_eq!(resolved.instant(), at("2024-05-17T14:28:00Z"));
    assert_eq!(resolved.exact(), at("2024-05-17T14:28:00.999Z"));
    assert_eq!(resolved.notes(), ["rounded down by 0.999 s to the whole second"]);
    assert!(
        resolve("2024-05-17T14:28:00Z", &bearings())
            .unwrap()
            .notes()
            .is_empty()
    );
}

#[test]
fn so_long_ago_counts_from_the_service_s_present() {
    expect("-10m", &bearings(), "2024-05-17T14:41:04Z");
    expect("1h30m ago", &bearings(), "2024-05-17T13:21:04Z");
    let between = Bearings {
        service_now: at("2024-05-17T14:51:04.6Z"),
        ..bearings()
    };
    expect("90s ago", &between, "2024-05-17T14:49:34Z");
    // Far outside the window, and still no clamp: validation refuses it.
    expect("72h ago", &bearings(), "2024-05-14T14:51:04Z");
    assert!(matches!(
        resolve("999999999d ago", &bearings()),
        Err(ResolveError::TooFarBack { .. })
    ));
}

#[test]
fn a_future_instant_is_not_refused_here() {
    expect("2024-05-17T16:28:00Z", &bearings(), "2024-05-17T16:28:00Z");
}

#[test]
fn a_skew_is_noted_over_two_seconds_and_refused_over_thirty_for_what_leans_on_the_clock() {
    let skewed = |seconds| Bearings {
        skew: TimeDelta::seconds(seconds),
        ..bearings()
    };
    for small in [0, 2, -2] {
        assert!(resolve("-10m", &skewed(small)).unwrap().notes().is_empty());
    }
    assert_eq!(
        resolve("-10m", &skewed(3)).unwrap().notes(),
        ["the local clock is 3 s behind the service's: the service's was used"]
    );
    assert_eq!(
        resolve("-10m", &skewed(-30)).unwrap().notes(),
        ["the local clock is 30 s ahead of the service's: the service's was used"]
    );
    for large in [31, -31, 7_200] {
        let refused = resolve("-10m", &skewed(large)).unwrap_err();
        assert!(matches!(refused, ResolveError::Skewed { .. }));
        assert!(
            refused
                .to_string()
                .ends_with("type 2024-05-17T14:41:04Z if that is the instant you mean"),
            "{refused}"
        );
        let bare = TimeText::parse("16:30", Some(zone("Europe/Berlin"))).unwrap();
        assert!(matches!(
            bare.resolve(&skewed(large)),
            Err(ResolveError::Skewed { .. })
        ));
        expect("2024-05-17T14:28:00Z", &skewed(large), "2024-05-17T14:28:00Z");
        expect("earliest", &skewed(large), "2024-05-17T08:16:00Z");
        expect("1715956083", &skewed(large), "2024-05-17T14:28:03Z");
    }
    let fraction = Bearings {
        skew: TimeDelta::milliseconds(30_001),
        ..bearings()
    };
    assert!(resolve("-10m", &fraction).is_err());
}

#[test]
fn earliest_is_the_oldest_whole_second_inside_the_window() {
    expect("earliest", &bearings(), "2024-05-17T08:16:00Z");
    let between = Bearings {
        earliest: Some(at("2024-05-17T08:16:00.250Z")),
        ..bearings()
    };
    let resolved = resolve("earliest", &between).unwrap();
    assert_eq!(resolved.instant(), at("2024-05-17T08:16:01Z"));
    assert_eq!(resolved.exact(), resolved.instant());
    assert_eq!(
        resolved.notes(),
        ["the earliest backtrack time is 2024-05-17T08:16:00.250Z: this is the first whole second after it"]
    );
    let blind = Bearings {
        earliest: None,
        ..bearings()
    };
    assert!(matches!(
        resolve("earliest", &blind),
        Err(ResolveError::EarliestUnknown { .. })
    ));
}

#[test]
fn origin_mark_and_located_statement_come_from_the_caller() {
    let known = Bearings {
        origin: Some(at("2024-05-17T14:31:08.7Z")),
        statement: Some(at("2024-05-17T14:28:03.123Z")),
        ..bearings()
    };
    expect("origin", &known, "2024-05-17T14:31:08Z");
    let marked = Marked {
        at: at("2024-05-17T12:00:00Z"),
        cluster: "orders".to_owned(),
        resource_id: "cluster-ORDERS".to_owned(),
    };
    let mark = parse("mark:before-deploy-1841")
        .unwrap()
        .marked_as(marked, "made by ci".to_owned());
    let found = mark.resolve(&known).unwrap();
    assert_eq!(found.instant(), at("2024-05-17T12:00:00Z"));
    assert_eq!(mark.notes(), ["made by ci"]);
    assert_eq!(mark.typed(), "mark:before-deploy-1841");
    expect("90s before", &known, "2024-05-17T14:26:33Z");
    assert!(matches!(
        resolve("origin", &bearings()),
        Err(ResolveError::OriginUnknown { .. })
    ));
    assert!(matches!(
        resolve("mark:x", &bearings()),
        Err(ResolveError::MarkUnknown { .. })
    ));
    assert!(matches!(
        resolve("90s before", &bearings()),
        Err(ResolveError::StatementUnknown { .. })
    ));
}

#[test]
fn a_statement_s_target_is_one_second_earlier_and_never_later() {
    expect("1715956560035624,prod,app", &bearings(), "2024-05-17T14:35:59Z");
    expect("1715956560000000,prod,app", &bearings(), "2024-05-17T14:35:59Z");
    expect("1715956560999999", &bearings(), "2024-05-17T14:35:59Z");
    let resolved = resolve("1715956560035624,prod,app", &bearings()).unwrap();
    assert_eq!(
        resolved.notes(),
        [
            "means before the statement of 2024-05-17T14:36:00.035624Z: one second earlier",
            "rounded down by 0.035624 s to the whole second",
        ]
    );
}

#[test]
fn an_epoch_stands_only_inside_the_window() {
    for text in [
        "1715956083",
        "1715956083123",
        "1715956083123456",
        "1715956083123456789",
    ] {
        assert!(resolve(text, &bearings()).is_ok(), "{text}");
    }
    // A year of digits in the wrong unit, a moment before the window, and one after the present.
    for text in ["2024051714", "1715933759", "1715957465"] {
        let refused = resolve(text, &bearings()).unwrap_err();
        assert!(
            matches!(refused, ResolveError::EpochOutsideWindow { .. }),
            "{text}"
        );
        let message = refused.to_string();
        assert!(
            message.contains("read as seconds")
                && message.contains("2024-05-17T08:16:00Z to 2024-05-17T14:51:04Z")
        );
    }
    expect("1715933760", &bearings(), "2024-05-17T08:16:00Z");
    expect("1715957464", &bearings(), "2024-05-17T14:51:04Z");
    let narrow = Bearings {
        latest: Some(at("2024-05-17T14:00:00Z")),
        ..bearings()
    };
    assert!(matches!(
        resolve("1715956083", &narrow),
        Err(ResolveError::EpochOutsideWindow { .. })
    ));
    let blind = Bearings {
        earliest: None,
        ..bearings()
    };
    let refused = resolve("1715956083", &blind).unwrap_err();
    assert!(
        refused
            .to_string()
            .ends_with("type 2024-05-17T14:28:03Z if you mean seconds"),
        "{refused}"
    );
}
