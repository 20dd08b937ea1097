//! No zone, half a zone, or two.

use super::super::zone;
use super::table;
use crate::domain::time_text::TimeText;

#[test]
fn no_zone() {
    table(&[
        (
            "2024-05-17T14:28:00",
            "has no zone: type 2024-05-17T14:28:00Z if it is UTC, or add --zone Area/City",
        ),
        ("2024-05-17T14:28", "type 2024-05-17T14:28:00Z if"),
        (
            "2024-05-17 14:28:03.123",
            "type 2024-05-17T14:28:03.123Z if | SELECT UTC_TIMESTAMP(6), @@time_zone",
        ),
        ("2024-05-17 14:28:00", "--zone Area/City | @@time_zone"),
        ("20240517T142800", "type 2024-05-17T14:28:00Z if"),
        ("2024-05-17T24:00", "has no zone: type 2024-05-18T00:00:00Z if"),
        (
            "May 17th, 2024 at 2:28:03 PM",
            "has no zone (it is its viewer's): type 2024-05-17T14:28:03Z if",
        ),
        ("May 17, 2024 at 2:28 PM", "viewer's"),
        ("May 17, 2024, 14:28", "viewer's | --zone"),
        (
            "Fri May 17 14:28:03 2024",
            "has no zone: type 2024-05-17T14:28:03Z",
        ),
        ("17 May 2024 14:28:00", "has no zone: type 2024-05-17T14:28:00Z"),
        ("17/May/2024:14:28:00", "has no zone: type 2024-05-17T14:28:00Z"),
        ("# Time: 2024-05-17T14:28:03", "has no zone"),
        (
            "20240517 14:28:03,host,app,h,1,2,QUERY,d,'x',0",
            "server's local time | type 2024-05-17T14:28:02Z if",
        ),
        ("20240517 14:28:03", "type 2024-05-17T14:28:03Z if it is UTC"),
        ("2024/05/17 14:28:03", "type 2024-05-17T14:28:03Z if it is UTC"),
        ("2024/05/17 14:28:03Z", "type 2024-05-17T14:28:03Z"),
        ("2024-5-7 14:28Z", "type 2024-05-07T14:28Z"),
    ]);
}

#[test]
fn abbreviations_and_other_zones() {
    table(&[
        (
            "2024-05-17 14:28:00 PST",
            "PST, which could mean -08:00 (Pacific North America) or +08:00 (Philippines) | type 2024-05-17T14:28:00-08:00 or 2024-05-17T14:28:00+08:00",
        ),
        (
            "2024-05-17 14:28:00 IST",
            "+05:30 (India) | +02:00 (Israel) | +01:00 (Irish summer)",
        ),
        ("2024-05-17 14:28:00 CST", "North America | China | Cuba"),
        ("2024-05-17T14:28:00 BST", "British | Bangladesh"),
        ("2024-05-17 14:28:00 EST", "-05:00"),
        ("2024-05-17 14:28:00 EDT", "-04:00"),
        ("2024-05-17 14:28:00 PDT", "-07:00"),
        ("2024-05-17 14:28:00 CET", "+01:00 | +02:00"),
        ("2024-05-17 14:28:00 CEST", "type 2024-05-17T14:28:00+02:00"),
        ("2024-05-17T14:28:00JST", "type 2024-05-17T14:28:00+09:00"),
        ("2024-05-17T14:28:00A", "abbreviation A, which is not an offset"),
        (
            "2024-05-17 14:28:00 XYZ",
            "abbreviation XYZ, which is not an offset: type the offset instead",
        ),
        ("Fri, 17 May 2024 14:28:00 EST", "abbreviation EST"),
        ("Fri May 17 14:28:03 PDT 2024", "type 2024-05-17T14:28:03-07:00"),
        (
            "Fri May 17 02:28:03 PM CEST 2024",
            "type 2024-05-17T14:28:03+02:00",
        ),
        ("May 17, 2024, 14:28 (PST)", "abbreviation PST"),
        ("2024-05-17T14:28:00 PST[America/New_York]", "abbreviation PST"),
        (
            "2024-05-17T14:28:00+20:00",
            "the offset +20:00 | -12:00 or +14:00",
        ),
        ("2024-05-17T14:28:00-1300", "the offset -1300"),
        ("2024-05-17T14:28:00+05:60", "the offset +05:60"),
        ("2024-05-17T14:28:00+2", "in no form"),
        ("2024-05-17T14:28:00 UTC+2", "in no form"),
        ("2024-05-17 14:28:00 America/New_York", "in no form"),
    ]);
}

#[test]
fn brackets_gaps_and_folds() {
    table(&[
        (
            "2024-03-10T02:30[America/New_York]",
            "was skipped by the clocks of America/New_York | type 2024-03-10T06:30:00Z (01:30:00-05:00) or 2024-03-10T07:30:00Z (03:30:00-04:00)",
        ),
        (
            "2024-11-03T01:30[America/New_York]",
            "came twice by the clocks of America/New_York | type 2024-11-03T05:30:00Z (01:30:00-04:00) or 2024-11-03T06:30:00Z (01:30:00-05:00)",
        ),
        (
            "2024-10-27T02:30:00.5[Europe/Berlin]",
            "2024-10-27T00:30:00.500Z | 2024-10-27T01:30:00.500Z",
        ),
        (
            "2024-05-17T10:28-05:00[America/New_York]",
            "expected the offset -04:00 of America/New_York at that time, got -05:00 | type 2024-05-17T10:28:00-05:00 or '2024-05-17T10:28:00[America/New_York]'",
        ),
        (
            "2024-05-17T10:28+00:00[America/New_York]",
            "expected the offset -04:00",
        ),
        ("2024-03-10T02:30-05:00[America/New_York]", "contradicts itself"),
        (
            "2024-05-17T10:28[EST]",
            "expected a zone as Area/City, got \"EST\"",
        ),
        ("2024-05-17T10:28[america/new_york]", "type America/New_York"),
        ("2024-05-17T10:28[Etc/GMT+5]", "reverse"),
        ("2024-05-17T10:28[+02:00]", "expected a zone as Area/City"),
        (
            "2024-05-17T10:28[America/New_York][u-ca=hebrew]",
            "brackets that hold no zone",
        ),
        ("2024-05-17T10:28[u-ca=gregory]", "brackets that hold no zone"),
        ("2024-05-17T10:28[America/New_York", "brackets that hold no zone"),
        (
            "2024-05-17T24:00[America/New_York]",
            "type '2024-05-18T00:00:00[America/New_York]'",
        ),
    ]);
    for text in [
        "2024-03-10T02:30",
        "2024-03-10 02:30:00",
        "Mar 10, 2024 at 2:30 AM",
    ] {
        let refused = TimeText::parse(text, Some(zone("America/New_York")))
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("was skipped") && refused.contains("2024-03-10T07:30:00Z"),
            "{refused}"
        );
    }
    let twice = TimeText::parse("2024-11-03 01:30", Some(zone("America/New_York")))
        .unwrap_err()
        .to_string();
    assert!(
        twice.contains("came twice") && twice.contains("2024-11-03T06:30:00Z"),
        "{twice}"
    );
}
