//! What is journaled comes back as it was.

use chrono::TimeDelta;

use super::{at, parse, zone};
use crate::domain::time_text::{Bearings, Marked, Resolved, TimeText};

#[test]
fn every_reading_survives_the_journal() {
    let bare = TimeText::parse("14:30:00.25", Some(zone("Europe/Berlin"))).unwrap();
    let texts = [
        "2024-05-17T14:28:00.123456789Z",
        "1715956083",
        "1715956560035624,prod,app",
        "earliest",
        "origin",
        "-10m",
        "90s before",
        "mark:before-deploy-1841",
        "“-10m”",
    ];
    let marked = Marked {
        at: at("2024-05-17T12:00:00Z"),
        cluster: "orders".to_owned(),
        resource_id: "cluster-ORDERS".to_owned(),
    };
    let found = parse("mark:x")
        .unwrap()
        .marked_as(marked, "made by ci".to_owned());
    for text in texts
        .into_iter()
        .map(|text| parse(text).unwrap())
        .chain([bare, found])
    {
        let line = serde_json::to_string(&text).unwrap();
        assert_eq!(serde_json::from_str::<TimeText>(&line).unwrap(), text, "{line}");
    }
}

#[test]
fn the_record_names_what_it_holds() {
    let bare = TimeText::parse("14:30", Some(zone("Europe/Berlin"))).unwrap();
    let record = |text: &TimeText| serde_json::to_string(text).unwrap();
    insta::assert_snapshot!(record(&bare), @r#"{"typed":"14:30","reading":{"kind":"bare_clock","time":"14:30:00","zone":"Europe/Berlin"},"notes":["read in Europe/Berlin (--zone)"]}"#);
    insta::assert_snapshot!(record(&parse("1715956083").unwrap()), @r#"{"typed":"1715956083","reading":{"kind":"epoch","at":"2024-05-17T14:28:03Z","unit":"seconds"},"notes":["10 digits: read as seconds since 1970"]}"#);
    insta::assert_snapshot!(record(&parse("-10m").unwrap()), @r#"{"typed":"-10m","reading":{"kind":"ago","seconds":600},"notes":[]}"#);
    let resolved = parse("-10m")
        .unwrap()
        .resolve(&Bearings::new(at("2024-05-17T14:28:00.25Z"), TimeDelta::zero()))
        .unwrap();
    let line = serde_json::to_string(&resolved).unwrap();
    insta::assert_snapshot!(line, @r#"{"instant":"2024-05-17T14:18:00Z","exact":"2024-05-17T14:18:00.250Z","notes":["rounded down by 0.25 s to the whole second"]}"#);
    assert_eq!(serde_json::from_str::<Resolved>(&line).unwrap(), resolved);
}
