//! The main run on the shipped runbook, against what really happened in the lab.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::harness::{Finished, Incident, Lab, Program, shipped, stamp, whole_second};

/// Keys that a program may rely on in the last line of a run.
const OUTCOME: [&str; 9] = [
    "outcome",
    "exit",
    "cluster",
    "backtrack_id",
    "requested",
    "effective",
    "backtracked_from",
    "discarded_s",
    "direction",
];

fn instant(value: &Value) -> DateTime<Utc> {
    let text = value
        .as_str()
        .unwrap_or_else(|| panic!("expected a time, got {value}"));
    text.parse().unwrap()
}

/// The instant of the first line that `holds`.
fn told(finished: &Finished, holds: impl Fn(&Value) -> bool) -> DateTime<Utc> {
    let line = finished.lines().into_iter().find(holds).expect("such a line");
    instant(&line["at"])
}

#[test]
fn the_shipped_runbook_brings_the_orders_back_with_one_accepted_request() {
    let incident = Incident::on(Lab::with(""), Program::new());
    let shipped = shipped("drill.toml").display().to_string();
    let mut arguments = incident.arguments(&["--yes", &incident.lab.cluster]);
    arguments[1] = shipped;
    let finished = incident.program.run(arguments).expect(0);

    let [request] = incident.lab.requests().try_into().expect("one request");
    assert!(request.accepted);
    assert_eq!(request.params["BacktrackTo"], stamp(incident.target));
    assert!(
        !request
            .params
            .contains_key("UseEarliestTimeOnPointInTimeUnavailable")
    );
    assert!(!request.params.contains_key("Force"));
    incident.assert_recovered();

    let world = incident.lab.world();
    let [closed, opened] = world.shop.changes.try_into().expect("closed once, opened once");
    let verified = told(&finished, |line| line["kind"] == "verification");
    assert!(closed.paused && closed.at <= request.at, "{closed:?} {request:?}");
    assert!(!opened.paused && opened.at >= verified, "{opened:?} {verified}");
    assert!(
        verified > request.at + TimeDelta::milliseconds(3_800),
        "before the readers were back"
    );
}

#[test]
fn every_line_of_a_run_names_its_schema_time_run_kind_and_phase_and_the_last_is_the_outcome() {
    let incident = Incident::new();
    let finished = incident.rewind(&[]).expect(0);
    let run = incident.journal().run();
    for line in finished.lines() {
        assert_eq!(line["schema"], "backtrackctl/notice/1", "{line}");
        assert_eq!(line["run"], run.as_str(), "{line}");
        assert!(line["kind"].is_string() && line["phase"].is_string(), "{line}");
        instant(&line["at"]);
    }
    assert_eq!(finished.of_kind("outcome").len(), 1);
    for finding in finished.of_kind("finding") {
        assert!(
            finding["rule"].is_string() && finding["message"].is_string(),
            "{finding}"
        );
        let severity = finding["severity"].as_str().unwrap();
        assert!(["pass", "warn", "block"].contains(&severity), "{finding}");
    }
    assert_eq!(finished.stderr, "");
}

#[test]
fn the_outcome_tells_what_aws_reported() {
    let incident = Incident::new();
    let outcome = incident.rewind(&[]).expect(0).outcome();
    for key in OUTCOME {
        assert!(outcome.get(key).is_some(), "no {key} in {outcome}");
    }
    let world = incident.lab.world();
    let [ours] = world.ours().try_into().expect("one backtrack");
    let left = ours.from.expect("the data moved");
    assert_eq!(outcome["outcome"], "completed");
    assert_eq!(outcome["exit"], 0);
    assert_eq!(outcome["cluster"], incident.lab.cluster.as_str());
    assert_eq!(outcome["backtrack_id"], ours.id.as_str());
    assert_eq!(instant(&outcome["requested"]), incident.target);
    assert_eq!(instant(&outcome["effective"]), ours.effective);
    assert_eq!(instant(&outcome["backtracked_from"]), left);
    let discarded = (whole_second(left) - ours.effective).num_seconds();
    assert_eq!(outcome["discarded_s"], discarded);
    assert_eq!(outcome["direction"], "rewind");
}

#[test]
fn a_finished_run_repeats_its_outcome_and_does_nothing() {
    let incident = Incident::new();
    let first = incident.rewind(&[]).expect(0).outcome();
    let (calls, records) = (incident.lab.calls().len(), incident.journal().count());
    let again = incident.recover(&[]).expect(0).outcome();
    for key in OUTCOME {
        assert_eq!(first[key], again[key], "{key}");
    }
    assert_eq!(incident.lab.calls().len(), calls);
    assert_eq!(incident.journal().count(), records);
}

#[test]
fn a_clock_that_differs_from_the_services_is_warned_of_and_the_services_decides() {
    let incident = Incident::new();
    incident.lab.skew(-120);
    // The service's clock is behind: to it, the instant before the bad statement is still to come.
    let refused = incident.rewind(&[]).expect(10);
    assert!(refused.rules("warn").contains(&"clock_skew".to_owned()));
    assert_eq!(refused.rules("block"), ["target_future"]);
    incident.assert_untouched();
}

#[test]
fn a_service_that_answers_otherwise_than_usual_is_understood_all_the_same() {
    let scenario = r#"
        from_delay_ms = 400
        [service]
        page_size = 1
        list_order = "shuffled"
        status_case = "lower"
        first_status = "applying"
        stamps = "seconds"
    "#;
    let incident = Incident::with(scenario);
    let outcome = incident.rewind(&[]).expect(0).outcome();
    assert!(outcome["backtracked_from"].is_string(), "{outcome}");
    incident.assert_recovered();
}

#[test]
fn a_password_that_aws_rotated_after_the_target_is_warned_of_and_left_to_do() {
    let incident = Incident::with(
        "[[cluster]]\nsecret_arn = \"arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-1\"\n\
         secret_rotated_ago_s = 60\n",
    );
    let secret = |finished: &Finished| {
        let findings = finished.of_kind("finding");
        findings
            .into_iter()
            .find(|finding| finding["rule"] == "secret")
            .unwrap()
    };
    let passwords = |finished: &Finished| {
        let told = finished.of_kind("debts").pop().unwrap();
        let debts = told["debts"].as_array().unwrap().clone();
        debts
            .into_iter()
            .find(|debt| debt["topic"] == "Passwords rotated")
            .unwrap()
    };
    let before = incident.target - TimeDelta::minutes(5);
    let rewound = incident.rewind_to(before, &[]).expect(0);
    let finding = secret(&rewound);
    assert_eq!(finding["severity"], "warn", "{finding}");
    assert!(
        finding["message"].as_str().unwrap().contains("after the target"),
        "{finding}"
    );
    let facts = passwords(&rewound)["facts"].to_string();
    assert!(facts.contains("AWS rotated the master password at "), "{facts}");
    // Its instant is not gone a second time.
    let later = incident.rewind(&[]).expect(0);
    assert_eq!(secret(&later)["severity"], "pass");
}
