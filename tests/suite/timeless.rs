//! What a run said, with everything taken out that differs from one run to the next: instants, ids, ports, durations.
//!
//! Each instant keeps its place: the target is always 02:14:05Z on 20 November 2026, and the incident 17 min 03 s
//! later. So a page reads like a real one, and has the width of one.

use std::process::Command;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};
use regex::{Captures, Regex};

use crate::harness::{Lab, eventually, whole_second};
use crate::place::Place;

/// How long before the incident the target lies, in seconds. A minute of typing does not change its minutes.
const SINCE_TARGET: i64 = 17 * 60 + 3;

/// No step of a rewind is seen by the first poll, however late that comes, and all of them by the first one after
/// [`aws_completes`]: so each run tells of the same steps.
const AFTER_A_POLL: &str = "
[rewind]
visible_ms = 15_000
applying_ms = 15_010
backtracking_ms = 15_020
moves_ms = 15_060
completed_ms = 15_100
cluster_ms = 15_110
writer_ms = 15_120
readers_ms = 15_130
";

/// From near midnight to an hour at which the target, the incident and the end of a run are of one day.
const PAST_MIDNIGHT_S: u32 = 40 * 60;

/// A place whose runs can be told without time. Where midnight would lie between the target and the end of a run, pages
/// would name two days where they otherwise name one: the lab's time is moved past it.
pub fn place() -> Place {
    let place = Place::on(Lab::with(AFTER_A_POLL));
    if meets_midnight(place.now()) {
        place.lab.advance(PAST_MIDNIGHT_S);
    }
    place
}

/// Whether a run that begins at `now` or a little later would, with its target.
fn meets_midnight(now: DateTime<Utc>) -> bool {
    let second = i64::from(now.num_seconds_from_midnight());
    !(SINCE_TARGET + 120..86_400 - 300).contains(&second)
}

/// Once the first poll after the request has been answered, lets AWS complete the backtrack.
pub fn aws_completes(place: &Place) {
    eventually("the first poll", || {
        let calls = place.lab.calls();
        let sent = calls
            .iter()
            .find(|call| call.action == "BacktrackDBCluster" && call.accepted)?
            .seq;
        let polls =
            |call: &&crate::harness::Call| call.seq > sent && call.action == "DescribeDBClusterBacktracks";
        calls.iter().find(polls).map(|_| ())
    });
    place.lab.advance(16);
}

/// The usual journal, below the working directory: its path has the same length each time.
pub fn short_journal(command: &mut Command) -> &mut Command {
    command
        .env_remove("BACKTRACKCTL_JOURNAL")
        .env("XDG_STATE_HOME", ".")
}

/// The target of a run that begins now.
pub fn target(place: &Place) -> DateTime<Utc> {
    whole_second(place.now()) - TimeDelta::seconds(SINCE_TARGET)
}

/// What a run to `target` said, told without time.
pub fn timeless(said: &str, target: DateTime<Utc>) -> String {
    let told = instants(said, target);
    let told = weekdays(&told, target);
    let rest = [
        // The instants in ids of runs are gone already; their random part is left.
        (r"\b\d{8}-\d{6}-[0-9a-f]{6}\b", "20261120-023108-3f9a1c"),
        (
            r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
            "7c0e6f3a-52d1-4b7e-9a64-1f0b8c2d5e93",
        ),
        (r"\b(cluster|db)-[A-Z0-9]{26}\b", "$1-QX5WVZMTRMN2HDYOJ4E6K7LIPA"),
        (r"127\.0\.0\.1:\d{5}\b", "127.0.0.1:40213"),
        (r"\b17 min \d\d s\b", "17 min 03 s"),
        (r"\b23 h 42 min( \d\d s)?", "23 h 42 min 57 s"),
        (r"after \d+\.\d s", "after 0.1 s"),
        (
            r"\b\d+ change records stored, about \$\d+\.\d\d",
            "22581 change records stored, about $$0.20",
        ),
        (r"waited \d+ s for", "waited 17 s for"),
        (r"\p{Braille} waiting for (.*), \d+ s,", "⠹ waiting for $1, 1 s,"),
        (r"uid \d+@\S+", "dba@bastion"),
    ];
    rest.iter().fold(told, |told, (what, with)| {
        Regex::new(what).unwrap().replace_all(&told, *with).into_owned()
    })
}

/// Every instant, moved to where it would be had the target been the one of these pages.
fn instants(said: &str, target: DateTime<Utc>) -> String {
    let form = "(?P<day>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?P<year>[0-9]{4}-)?(?P<date>[0-9]{2}-[0-9]{2})?\
                (?P<gap>[ T])?(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?P<fraction>[.][0-9]+)?\
                (?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?";
    let told = Regex::new(form)
        .unwrap()
        .replace_all(said, |found: &Captures<'_>| {
            let zone = found.name("zone").map_or("Z", |zone| zone.as_str());
            let offset: FixedOffset = if zone == "Z" { "+00:00" } else { zone }.parse().unwrap();
            let moved = moved(read(found, offset, target), target).with_timezone(&offset);
            let part = |name: &str, form: &str| {
                found
                    .name(name)
                    .map_or(String::new(), |_| moved.format(form).to_string())
            };
            let gap = found.name("gap").map_or("", |gap| gap.as_str());
            let shown = found.name("zone").map_or("", |zone| zone.as_str());
            let (day, year) = (part("day", "%a "), part("year", "%Y-"));
            format!(
                "{day}{year}{}{gap}{}{shown}",
                part("date", "%m-%d"),
                moved.format("%H:%M:%S")
            )
        });
    told.into_owned()
}

/// The instant that stands there. Without a date it is the one that is nearest to the target.
fn read(found: &Captures<'_>, offset: FixedOffset, target: DateTime<Utc>) -> DateTime<Utc> {
    let local = target.with_timezone(&offset);
    let time: NaiveTime = found["time"].parse().unwrap();
    let at = |date: NaiveDate| {
        let local = NaiveDateTime::new(date, time).and_local_timezone(offset);
        local.unwrap().with_timezone(&Utc)
    };
    let dates: Vec<NaiveDate> = match (found.name("year"), found.name("date")) {
        (Some(year), Some(date)) => {
            let date = format!("{}{}", year.as_str(), date.as_str());
            return at(date.parse().unwrap());
        }
        // Without a year, a date of December may be told in January; not each year has the last of February.
        (None, Some(date)) => [-1, 0, 1]
            .iter()
            .filter_map(|years| format!("{}-{}", local.year() + years, date.as_str()).parse().ok())
            .collect(),
        (_, None) => [-1, 0, 1]
            .map(|days| local.date_naive() + TimeDelta::days(days))
            .to_vec(),
    };
    let instants = dates.into_iter().map(at);
    instants.min_by_key(|instant| (*instant - target).abs()).unwrap()
}

/// Whole days from the target, or from the incident, stay whole days from it. Anything else is far from both, and
/// keeps its distance from the target in days.
fn moved(at: DateTime<Utc>, target: DateTime<Utc>) -> DateTime<Utc> {
    let now = TimeDelta::seconds(SINCE_TARGET);
    let since = (at - target).num_seconds();
    let days = TimeDelta::days((since + 3600).div_euclid(86_400));
    let near_target = ((since + 3600).rem_euclid(86_400) - 3600).abs() < 60;
    page_target() + days + if near_target { TimeDelta::zero() } else { now }
}

/// Days of the week that stand apart from their date, at the end of a row.
fn weekdays(said: &str, target: DateTime<Utc>) -> String {
    let alone = Regex::new(r"(?m)\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$").unwrap();
    let told = alone.replace_all(said, |found: &Captures<'_>| {
        let day: chrono::Weekday = found[1].parse().unwrap();
        let since = day.days_since(target.weekday());
        let moved = page_target() + TimeDelta::days(since.into());
        moved.format("%a").to_string()
    });
    told.into_owned()
}

fn page_target() -> DateTime<Utc> {
    "2026-11-20T02:14:05Z".parse().unwrap()
}

#[test]
fn instants_keep_their_distance_from_the_target() {
    let target = "2031-03-09T23:59:50Z".parse().unwrap();
    let said = "to Sun 2031-03-09 23:59:50Z from 2031-03-10T00:16:59.123Z, until 2031-03-11 00:16:55Z; 00:16:54Z, \
                Mon 2031-03-10 08:59:50+09:00; 03-09 23:59:50Z";
    let told = "to Fri 2026-11-20 02:14:05Z from 2026-11-20T02:31:08Z, until 2026-11-21 02:31:08Z; 02:31:08Z, \
                Fri 2026-11-20 11:14:05+09:00; 11-20 02:14:05Z";
    assert_eq!(timeless(said, target), told);
}

#[test]
fn a_date_without_its_year_is_the_nearest_one() {
    let page = "11-19 02:31:08Z";
    for (target, said) in [
        ("2028-01-01T00:12:57Z", "12-31 00:30:00Z"),
        ("2028-01-01T12:00:00Z", "12-31 12:17:03Z"),
        ("2029-03-01T12:00:00Z", "02-28 12:17:03Z"),
        ("2028-03-01T12:00:00Z", "02-29 12:17:03Z"),
    ] {
        assert_eq!(timeless(said, target.parse().unwrap()), page, "{said}");
    }
}

#[test]
fn a_run_of_which_midnight_is_a_part_is_moved_past_it() {
    let meets = |time: &str| meets_midnight(format!("2028-02-29T{time}Z").parse().unwrap());
    assert!(
        ["23:56:00", "23:59:59", "00:00:00", "00:18:30"]
            .into_iter()
            .all(meets)
    );
    assert!(
        !["00:20:00", "00:40:00", "12:00:00", "23:54:00"]
            .into_iter()
            .any(meets)
    );
    // What the machine's clock told before the lab's was heard is as near to the target as if nothing had been moved.
    let target = "2028-03-01T00:20:00Z".parse().unwrap();
    assert_eq!(timeless("23:57:03Z", target), "02:31:08Z");
    // And so is what the lab reckoned from its start.
    assert_eq!(timeless("2028-01-30T23:57:03Z", target), "2026-10-21T02:31:08Z");
}

#[test]
fn ids_ports_and_durations_are_always_the_same() {
    let target = "2031-03-09T23:59:50Z".parse().unwrap();
    let said = "run 20310310-001659-abc123 at http://127.0.0.1:55555, 17 min 05 s (Sun\n";
    let told = "run 20261120-023108-3f9a1c at http://127.0.0.1:40213, 17 min 03 s (Fri\n";
    assert_eq!(timeless(said, target), told);
}
