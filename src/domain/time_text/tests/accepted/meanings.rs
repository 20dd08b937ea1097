//! Texts that mean an instant by a rule: a statement, a number, a zone of the command, a length, a name.

use super::super::{parse, zone};
use super::{instant, table};
use crate::domain::time_text::{EpochUnit, Reading, TimeText};

#[test]
fn an_audit_line_means_before_its_statement() {
    table(&[
        (
            "1715956560035624,prod,app,10.0.1.5,42,977,QUERY,shop,'DELETE FROM orders',0",
            "2024-05-17T14:35:59.035624Z",
        ),
        ("1715956560035624,prod,...", "2024-05-17T14:35:59.035624Z"),
        ("1715956560035624,", "2024-05-17T14:35:59.035624Z"),
        ("1715956560035624", "2024-05-17T14:35:59.035624Z"),
        (
            "1715956560000000,prod,app,h,1,2,QUERY,d,'UPDATE t SET n = \\'é\\u{a0}—\\'',0",
            "2024-05-17T14:35:59Z",
        ),
    ]);
    let local = "20240517 16:36:00,prod,app,10.0.1.5,42,977,QUERY,shop,'DELETE FROM orders',0";
    assert_eq!(instant(local, Some("Europe/Berlin")), "2024-05-17T14:35:59Z");
}

#[test]
fn an_epoch_by_its_digits_inside_the_window() {
    table(&[
        ("1715956083", "2024-05-17T14:28:03Z"),
        ("1715956083123", "2024-05-17T14:28:03.123Z"),
        ("1715956083123456", "2024-05-17T14:28:02.123456Z"),
        ("1715956083123456789", "2024-05-17T14:28:03.123456789Z"),
    ]);
    for (text, unit) in [
        ("1715956083", EpochUnit::Seconds),
        ("1715956083123", EpochUnit::Milliseconds),
        ("1715956083123456", EpochUnit::Microseconds),
        ("1715956083123456789", EpochUnit::Nanoseconds),
    ] {
        let read = parse(text).unwrap();
        assert!(
            matches!(read.reading(), Reading::Epoch { unit: chosen, .. } if *chosen == unit),
            "{text}"
        );
        assert!(
            read.notes().iter().any(|note| note.contains(&unit.to_string())),
            "{text}: {:?}",
            read.notes()
        );
    }
}

#[test]
fn texts_without_a_zone_take_the_zone_of_the_command() {
    for (text, given, expected) in [
        ("2024-05-17T14:28:00", "UTC", "2024-05-17T14:28:00Z"),
        ("2024-05-17T16:28:00", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        (
            "2024-05-17 10:28:03.123",
            "America/New_York",
            "2024-05-17T14:28:03.123Z",
        ),
        ("2024-05-17 14:28", "UTC", "2024-05-17T14:28:00Z"),
        ("20240517T162800", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        ("May 17th, 2024 at 2:28:03 PM", "UTC", "2024-05-17T14:28:03Z"),
        ("May 17, 2024 at 4:28 PM", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        (
            "May 17, 2024, 4:28:03 PM",
            "Europe/Berlin",
            "2024-05-17T14:28:03Z",
        ),
        ("May 17, 2024, 16:28", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        (
            "Fri May 17 16:28:03 2024",
            "Europe/Berlin",
            "2024-05-17T14:28:03Z",
        ),
        ("17 May 2024 16:28:03", "Europe/Berlin", "2024-05-17T14:28:03Z"),
        ("17/May/2024:16:28:00", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        (
            "# Time: 2024-05-17T16:28:03",
            "Europe/Berlin",
            "2024-05-17T14:28:03Z",
        ),
        ("16:30", "Europe/Berlin", "2024-05-17T14:30:00Z"),
        // A zone in the text is never overruled.
        ("2024-05-17T14:28:00Z", "Europe/Berlin", "2024-05-17T14:28:00Z"),
        (
            "2024-05-17T14:28:00-07:00",
            "Europe/Berlin",
            "2024-05-17T21:28:00Z",
        ),
    ] {
        assert_eq!(instant(text, Some(given)), expected, "{text:?} in {given}");
    }
    let unused = TimeText::parse("2024-05-17T14:28:00Z", Some(zone("Europe/Berlin"))).unwrap();
    assert_eq!(
        unused.notes(),
        ["Europe/Berlin (--zone) was not needed: the text names its own zone"]
    );
}

#[test]
fn lengths_and_words() {
    for (text, seconds) in [
        ("10 minutes ago", 600),
        ("-10m", 600),
        ("90s ago", 90),
        ("1h30m ago", 5_400),
        ("1h 30m ago", 5_400),
        ("1 hour 30 minutes ago", 5_400),
        ("-1h30m", 5_400),
        ("-1h 5s", 3_605),
        ("-2d", 172_800),
        ("1 day 2 hrs 3 mins 4 secs ago", 93_784),
        ("1 second ago", 1),
        ("72h ago", 259_200),
        ("-90min", 5_400),
    ] {
        let read = parse(text).unwrap_or_else(|refused| panic!("{text:?}: {refused}"));
        assert_eq!(*read.reading(), Reading::Ago { seconds }, "{text:?}");
        assert!(read.needs_clock());
    }
    for text in ["90s before", "90s before statement", "1m30s before the statement"] {
        assert_eq!(
            *parse(text).unwrap().reading(),
            Reading::BeforeLocated { seconds: 90 },
            "{text:?}"
        );
        assert!(!parse(text).unwrap().needs_clock());
    }
    for text in ["earliest", "EARLIEST"] {
        assert_eq!(*parse(text).unwrap().reading(), Reading::Earliest);
    }
    assert_eq!(*parse("origin").unwrap().reading(), Reading::Origin);
    for name in ["before-deploy-1841", "v1.2_3", "A", "0"] {
        assert_eq!(parse(&format!("mark:{name}")).unwrap().mark(), Some(name));
    }
}
