//! The target as it is typed, through the whole program: refused before anything is asked of AWS, or by the checks.

use chrono::{SecondsFormat, TimeDelta};

use crate::harness::{Finished, Incident, stamp, whole_second};

fn rewind_to(incident: &Incident, typed: &str, more: &[&str]) -> Finished {
    incident.program.run(incident.arguments_with("--to", typed, more))
}

#[test]
fn a_time_that_names_no_instant_is_refused_before_anything_is_asked_of_aws() {
    let incident = Incident::new();
    for typed in [
        "2026-11-20T02:14:05",
        "2026-11-20 02:14:05",
        "2026-11-20",
        "02:14",
        "now",
        "yesterday",
        "05/06/2026 14:30",
        "Fri May 17 14:28:03 PST 2026",
        "May 17 14:28:03",
        "2026-W47-5",
        "2026-11-20T24:00:00Z",
        "2026-11-20T02:14:60Z",
        "2026-02-30T02:14:05Z",
        "",
        "soon",
    ] {
        let refused = rewind_to(&incident, typed, &["--yes", "orders--drill"]).expect(2);
        assert!(refused.stderr.contains("--to: "), "{typed:?}: {refused:?}");
        assert!(
            refused.stderr.contains("the cluster was not touched"),
            "{typed:?}: {refused:?}"
        );
    }
    assert!(incident.lab.calls().is_empty(), "{:?}", incident.lab.calls());
    assert!(!incident.program.journals().join("runs").exists());
}

#[test]
fn a_local_time_is_taken_with_the_zone_that_was_named() {
    let incident = Incident::new();
    // Tokyo has no summer time: nine hours ahead all year.
    let local = (incident.target + TimeDelta::hours(9))
        .format("%Y-%m-%dT%H:%M:%S")
        .to_string();
    let more = ["--zone", "Asia/Tokyo", "--yes", "orders--drill"];
    let outcome = rewind_to(&incident, &local, &more).expect(0).outcome();
    assert_eq!(outcome["requested"], stamp(incident.target));
    incident.assert_recovered();
    rewind_to(&incident, &local, &["--zone", "Tokyo", "--yes", "orders--drill"]).expect(2);
}

#[test]
fn a_fraction_of_a_second_is_rounded_toward_the_past() {
    let incident = Incident::new();
    let typed = (incident.target + TimeDelta::milliseconds(999)).to_rfc3339_opts(SecondsFormat::Millis, true);
    let outcome = rewind_to(&incident, &typed, &["--yes", "orders--drill"])
        .expect(0)
        .outcome();
    assert_eq!(outcome["requested"], stamp(incident.target));
    assert_eq!(
        incident.lab.accepted()[0].params["BacktrackTo"],
        stamp(incident.target)
    );
    incident.assert_recovered();
}

#[test]
fn a_target_in_the_future_or_out_of_the_window_is_refused_and_never_clamped() {
    let incident = Incident::new();
    let world = incident.lab.world();
    let earliest = world.cluster().earliest.unwrap();
    for (to, rule) in [
        (world.now + TimeDelta::minutes(10), "target_future"),
        (earliest - TimeDelta::seconds(1), "window"),
        (earliest - TimeDelta::days(40), "window"),
    ] {
        let refused = incident.rewind_to(to, &[]).expect(10);
        assert!(
            refused.rules("block").contains(&rule.to_owned()),
            "{to}: {refused:?}"
        );
        incident.assert_untouched();
        std::fs::remove_dir_all(incident.program.journals()).unwrap();
    }
}

#[test]
fn a_relative_time_is_frozen_once_and_a_recovered_run_does_not_drift() {
    let incident = Incident::new();
    incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
    let typed = ["--yes", "orders--drill"];
    let first = rewind_to(&incident, "-2m", &typed).expect(31).outcome();
    incident.lab.advance(600);
    let last = incident.recover(&["--resend"]).expect(0).outcome();
    assert_eq!(first["requested"], last["requested"]);
    let requests = incident.lab.requests();
    assert_eq!(
        requests[0].params["BacktrackTo"],
        requests[1].params["BacktrackTo"]
    );
}

#[test]
fn a_relative_time_is_refused_where_the_clocks_are_far_apart() {
    let incident = Incident::new();
    incident.lab.skew(45);
    let refused = rewind_to(&incident, "-2m", &["--yes", "orders--drill"]).expect(10);
    assert_eq!(refused.rules("block"), ["target"]);
    incident.assert_untouched();
}

#[test]
fn lines_of_logs_and_links_are_taken_as_a_target() {
    let incident = Incident::new();
    let at = whole_second(incident.lab.world().now) - TimeDelta::minutes(5);
    let (micros, millis, seconds) = (at.timestamp_micros(), at.timestamp_millis(), at.timestamp());
    let before = at - TimeDelta::seconds(1);
    for (typed, target) in [
        (
            format!("{micros},orders-1,app,10.0.1.5,7,9,QUERY,shop,'DELETE FROM orders',0"),
            before,
        ),
        (format!("# Time: {}", stamp(at)), at),
        (format!("SET timestamp={seconds};"), at),
        (format!("https://acme.example/archives/C024BE91L/p{micros}"), at),
        (format!("https://dash.example/d/abc?from_ts={millis}"), at),
    ] {
        let rehearsed = rewind_to(&incident, &typed, &["--dry-run"]).expect(0);
        let findings = rehearsed.of_kind("finding");
        let target = format!(" is {}", stamp(target));
        let found = findings
            .iter()
            .find(|finding| finding["rule"] == "target")
            .unwrap();
        assert!(
            found["message"].as_str().unwrap().ends_with(&target),
            "{typed}: {found}"
        );
    }
}
