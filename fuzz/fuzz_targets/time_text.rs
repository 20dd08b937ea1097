//! Any text as a time: refused with words, or one instant within its bounds that can be typed back.
#![no_main]

use backtrackctl::domain::time_text::{Bearings, Reading, TimeText, parse_zone};
use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;

/// A zone with summer time, one that skipped a day, one whose offset is no whole hour.
const ZONES: [Option<Tz>; 4] = [
    None,
    Some(Tz::Europe__Dublin),
    Some(Tz::Pacific__Apia),
    Some(Tz::Asia__Kathmandu),
];

/// The ends of what a clock can show, and hours in which clocks were put forward or back.
const NOWS: [i64; 5] = [
    86_400,
    1_711_850_400,
    1_730_000_700,
    1_779_000_000,
    253_402_300_799,
];

fn bearings(now: DateTime<Utc>) -> Bearings {
    let earlier = Some(now - TimeDelta::hours(24));
    Bearings {
        earliest: earlier,
        latest: Some(now),
        origin: earlier,
        statement: earlier,
        mark: earlier,
        ..Bearings::new(now, TimeDelta::zero())
    }
}

fuzz_target!(|text: &str| {
    let _ = parse_zone(text);
    for zone in ZONES {
        let read = match TimeText::parse(text, zone) {
            Ok(read) => read,
            Err(refused) => {
                assert!(!refused.to_string().is_empty());
                continue;
            }
        };
        assert_eq!(read.typed(), text);
        if let Reading::Instant { at } = read.reading() {
            assert!((1970..=9999).contains(&at.year()), "{at}");
            let canonical = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let again = TimeText::parse(&canonical, None).expect("a canonical text is read");
            assert_eq!(again.reading(), read.reading());
        }
        for now in NOWS {
            let now = DateTime::from_timestamp(now, 300_000_000).expect("an instant");
            let Ok(resolved) = read.resolve(&bearings(now)) else {
                continue;
            };
            let (instant, exact) = (resolved.instant(), resolved.exact());
            assert!(
                instant <= exact && exact - instant < TimeDelta::seconds(1),
                "{instant} {exact}"
            );
            assert_eq!(instant.timestamp_subsec_nanos(), 0);
            if read.needs_clock() {
                assert!(exact <= now, "{exact} is after {now}");
            }
        }
    }
});
