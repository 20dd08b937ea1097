//! What holds for any text and any instant.

use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};
use proptest::prelude::*;

use super::{at, parse, zone};
use crate::domain::time_text::{Bearings, DisplayZone, Echo, Reading, TimeText};

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..253_402_300_800, 0_u32..1_000_000_000).prop_map(|(s, n)| DateTime::from_timestamp(s, n).unwrap())
}

/// Pieces of accepted forms, so that random texts reach deep into the grammar.
fn near_misses() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "2024",
        "-",
        "05",
        "17",
        "T",
        " ",
        "14",
        ":",
        "28",
        "00",
        "60",
        "24",
        ".",
        ",",
        "123456",
        "Z",
        "+",
        "02",
        "PST",
        "UTC",
        "GMT",
        "[",
        "]",
        "America/New_York",
        "Fri",
        "May",
        "17th,",
        "at",
        "PM",
        "(",
        ")",
        "/",
        "1715956083",
        "ago",
        "before",
        "m",
        "h",
        "s",
        "d",
        "mark:",
        "earliest",
        "now",
        "# Time: ",
        "SET timestamp=",
        ";",
        "https://",
        "?from_ts=",
        "p",
        "W20",
        "\u{A0}",
        "\u{2212}",
        "“",
        "`",
        "é",
        "0",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

fn bearings(now: DateTime<Utc>) -> Bearings {
    let earlier = now - TimeDelta::days(1);
    Bearings {
        earliest: Some(earlier),
        latest: Some(now),
        origin: Some(earlier),
        statement: Some(earlier),
        ..Bearings::new(now, TimeDelta::zero())
    }
}

fn read_and_resolve(text: &str) -> Result<(), TestCaseError> {
    for given in [None, Some(zone("America/New_York")), Some(zone("Pacific/Apia"))] {
        match TimeText::parse(text, given) {
            Ok(read) => {
                for now in [
                    "1970-01-02T00:00:00.7Z",
                    "2024-11-03T06:15:00.3Z",
                    "9999-12-31T23:59:59Z",
                ] {
                    if let Ok(resolved) = read.resolve(&bearings(at(now))) {
                        prop_assert!(resolved.instant() <= resolved.exact());
                        prop_assert!(resolved.exact() - resolved.instant() < TimeDelta::seconds(1));
                        prop_assert_eq!(resolved.instant().timestamp_subsec_nanos(), 0);
                    }
                }
            }
            Err(refused) => prop_assert!(!refused.to_string().is_empty()),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in any::<String>()) {
        read_and_resolve(&text)?;
    }

    #[test]
    fn texts_made_of_known_pieces_neither_panic_nor_round_up(text in near_misses()) {
        read_and_resolve(&text)?;
    }

    #[test]
    fn a_changed_character_never_panics(
        place in 0_usize..60,
        put in any::<char>(),
        row in prop::sample::select(vec![
            "2024-05-17T14:28:00.123456Z",
            "2024-05-17T10:28[America/New_York]",
            "Fri, 17 May 2024 14:28:00 GMT",
            "Fri May 17 2024 07:28:03 GMT-0700 (Pacific Daylight Time)",
            "1715956560035624,prod,app,10.0.1.5,42,977,QUERY,shop,'DELETE',0",
            "20240517 14:28:03,host,user",
            "https://a.example/p1715956083123456?from_ts=1715956083123",
            "1 day 2 hrs 3 mins 4 secs ago",
        ]),
    ) {
        let text: String = row.chars().enumerate().map(|(at, c)| if at == place { put } else { c }).collect();
        read_and_resolve(&text)?;
    }

    #[test]
    fn an_instant_in_canonical_form_is_read_back(instant in instants()) {
        let text = instant.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let read = parse(&text).unwrap();
        prop_assert_eq!(read.reading(), &Reading::Instant { at: instant });
        prop_assert!(read.notes().is_empty());
    }

    #[test]
    fn what_is_accepted_can_be_typed_back_in_canonical_form(text in near_misses()) {
        if let Ok(read) = TimeText::parse(&text, Some(zone("America/New_York")))
            && let Reading::Instant { at } = read.reading()
        {
            let canonical = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let again = parse(&canonical).unwrap();
            prop_assert_eq!(again.reading(), read.reading());
        }
    }

    #[test]
    fn every_offset_names_the_same_instant(instant in instants(), quarters in -48_i32..=56) {
        let offset = chrono::FixedOffset::east_opt(quarters * 900).unwrap();
        let local = instant.with_timezone(&offset);
        prop_assume!((1970..=9999).contains(&local.year()));
        for format in ["%Y-%m-%dT%H:%M:%S%.f%:z", "%Y-%m-%d %H:%M:%S%.f %z", "%a, %d %b %Y %H:%M:%S%.f %z", "%d/%b/%Y:%H:%M:%S%.f %z"] {
            let text = local.format(format).to_string();
            let read = parse(&text);
            prop_assert_eq!(read.as_ref().map(TimeText::reading), Ok(&Reading::Instant { at: instant }), "{}", text);
        }
    }

    #[test]
    fn a_local_time_in_a_named_zone_is_itself_or_asked_about(instant in instants()) {
        let new_york = zone("America/New_York");
        let local = instant.with_timezone(&new_york);
        prop_assume!((1970..=9999).contains(&local.year()));
        let text = local.format("%Y-%m-%dT%H:%M:%S%.f[America/New_York]").to_string();
        match parse(&text) {
            Ok(read) => prop_assert_eq!(read.reading(), &Reading::Instant { at: instant }),
            Err(refused) => prop_assert!(refused.to_string().contains("came twice"), "{}", refused),
        }
    }

    #[test]
    fn what_an_echo_shows_can_be_typed_back(instant in instants(), now in instants()) {
        let echo = Echo::new(instant, &bearings(now), DisplayZone::Named(zone("Asia/Kathmandu")));
        prop_assume!(instant.year() < 9999);
        for shown in [&echo.utc, &echo.local] {
            let read = parse(shown).unwrap();
            prop_assert_eq!(read.reading(), &Reading::Instant { at: instant });
        }
    }
}
