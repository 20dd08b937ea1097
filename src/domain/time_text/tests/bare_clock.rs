//! A bare clock with a zone: its last occurrence there, or a question.

use chrono::TimeDelta;

use super::{at, zone};
use crate::domain::time_text::{Bearings, TimeText};

#[test]
fn a_bare_clock_is_its_last_occurrence_in_the_zone() {
    for (text, name, now, expected) in [
        (
            "16:30",
            "Europe/Berlin",
            "2024-05-17T14:51:04Z",
            "2024-05-17T14:30:00Z",
        ),
        (
            "16:51:04",
            "Europe/Berlin",
            "2024-05-17T14:51:04Z",
            "2024-05-17T14:51:04Z",
        ),
        (
            "16:51:05",
            "Europe/Berlin",
            "2024-05-17T14:51:04Z",
            "2024-05-16T14:51:05Z",
        ),
        (
            "23:30",
            "Europe/Berlin",
            "2024-05-17T22:10:00Z",
            "2024-05-17T21:30:00Z",
        ),
        (
            "00:05",
            "Europe/Berlin",
            "2024-05-17T22:10:00Z",
            "2024-05-17T22:05:00Z",
        ),
        (
            "11:00",
            "Pacific/Kiritimati",
            "2024-05-17T14:51:04Z",
            "2024-05-16T21:00:00Z",
        ),
        // Clocks go forward in New York on 10 March 2024 at 07:00Z, and back on 3 November at 06:00Z.
        (
            "02:30",
            "America/New_York",
            "2024-03-10T06:45:00Z",
            "2024-03-09T07:30:00Z",
        ),
        (
            "02:30",
            "America/New_York",
            "2024-03-11T07:00:00Z",
            "2024-03-11T06:30:00Z",
        ),
        (
            "01:30",
            "America/New_York",
            "2024-11-03T05:45:00Z",
            "2024-11-03T05:30:00Z",
        ),
        (
            "01:30",
            "America/New_York",
            "2024-11-03T06:15:00Z",
            "2024-11-03T05:30:00Z",
        ),
        (
            "01:30",
            "America/New_York",
            "2024-11-04T06:31:00Z",
            "2024-11-04T06:30:00Z",
        ),
    ] {
        let read = TimeText::parse(text, Some(zone(name))).unwrap();
        let resolved = read.resolve(&Bearings::new(at(now), TimeDelta::zero())).unwrap();
        assert_eq!(resolved.instant(), at(expected), "{text} in {name} at {now}");
        assert!(resolved.instant() <= at(now));
    }
    let read = TimeText::parse("16:30", Some(zone("Europe/Berlin"))).unwrap();
    assert_eq!(
        read.resolve(&Bearings::new(at("2024-05-17T14:51:04Z"), TimeDelta::zero()))
            .unwrap()
            .notes(),
        ["no date was typed: taken as Fri 2024-05-17, the last time it was 16:30:00 in Europe/Berlin"]
    );
}

#[test]
fn a_bare_clock_in_a_gap_or_a_fold_is_asked_about() {
    for (text, now, part) in [
        ("02:30", "2024-03-10T08:00:00Z", "was skipped"),
        ("01:30", "2024-11-03T06:45:00Z", "came twice"),
    ] {
        let read = TimeText::parse(text, Some(zone("America/New_York"))).unwrap();
        let refused = read
            .resolve(&Bearings::new(at(now), TimeDelta::zero()))
            .unwrap_err()
            .to_string();
        assert!(refused.contains(part) && refused.contains(" or "), "{refused}");
    }
}
