//! The truth table: what each cluster of the file is to be judged.

use serde_json::{Value, json};

use super::fleet::{AS_OF, CASES, by_id, look};
use crate::harness::{Lab, Program};

/// Cluster, verdict, target, actual, rewindable now, warnings.
type Case = (
    &'static str,
    &'static str,
    Option<i64>,
    Option<i64>,
    Option<bool>,
    &'static [&'static str],
);

const DAY: Option<i64> = Some(86_400);
const WIDEST: Option<i64> = Some(259_200);
const NOT_ONE: Option<i64> = None;

#[rustfmt::skip]
const TRUTH: [Case; 41] = [
    ("full--1",          "ok",             DAY,        DAY,            Some(true),  &[]),
    ("widest--1",        "ok",             WIDEST,     WIDEST,         Some(true),  &[]),
    ("short--1",         "ok",             WIDEST,     Some(72_000),   Some(true),  &["actual_shorter_than_target"]),
    ("tiny--1",          "ok",             DAY,        Some(300),      Some(true),  &["actual_shorter_than_target", "actual_tiny"]),
    ("filling--1",       "ok",             WIDEST,     Some(28_200),   Some(true),  &["window_still_filling"]),
    ("filling-short--1", "ok",             WIDEST,     Some(3_600),    Some(true),  &["actual_shorter_than_target", "window_still_filling"]),
    ("below-hour--1",    "ok",             Some(1800), Some(1800),     Some(true),  &["window_below_hour"]),
    ("off--1",           "disabled",       NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("off-zero--1",      "disabled",       Some(0),    NOT_ONE,        Some(false), &[]),
    ("binlog--1",        "ok",             DAY,        DAY,            Some(true),  &["binlog_enabled"]),
    ("binlog-off--1",    "ok",             DAY,        DAY,            Some(true),  &[]),
    ("binlog-unread--1", "ok",             DAY,        DAY,            Some(true),  &[]),
    ("enhanced--1",      "blocked",        DAY,        NOT_ONE,        Some(false), &["binlog_enabled"]),
    ("enhanced-off--1",  "disabled",       NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("global--1",        "blocked",        DAY,        NOT_ONE,        Some(false), &[]),
    ("global-off--1",    "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("replica--1",       "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("replicated--1",    "blocked",        DAY,        NOT_ONE,        Some(false), &[]),
    ("serverless--1",    "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("modeless--1",      "ok",             DAY,        DAY,            Some(true),  &[]),
    ("nameless--1",      "unknown",        NOT_ONE,    NOT_ONE,        None,        &[]),
    ("stopped--1",       "ok",             DAY,        DAY,            Some(false), &["not_available_now"]),
    ("creating--1",      "ok",             DAY,        NOT_ONE,        Some(false), &["not_available_now", "no_instances", "earliest_unknown"]),
    ("deleting--1",      "blocked",        DAY,        DAY,            Some(false), &["not_available_now"]),
    ("deleting-off--1",  "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("locked--1",        "ok",             DAY,        DAY,            Some(false), &["not_available_now"]),
    ("lost--1",          "blocked",        DAY,        DAY,            Some(false), &["not_available_now"]),
    ("empty--1",         "ok",             DAY,        DAY,            Some(false), &["no_instances"]),
    ("headless--1",      "ok",             DAY,        DAY,            Some(false), &["no_writer"]),
    ("source--1",        "ok",             DAY,        DAY,            Some(true),  &[]),
    ("clone--1",         "ok",             DAY,        DAY,            Some(true),  &["clone_depends_on_source"]),
    ("early--1",         "blocked",        DAY,        NOT_ONE,        Some(false), &[]),
    ("early-off--1",     "disabled",       NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("windowless--1",    "unknown",        NOT_ONE,    NOT_ONE,        None,        &[]),
    ("silent--1",        "ok",             DAY,        NOT_ONE,        None,        &["earliest_unknown"]),
    ("postgres--1",      "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("documents--1",     "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("graph--1",         "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("north-off--1",     "not_applicable", NOT_ONE,    NOT_ONE,        Some(false), &[]),
    ("north-proven--1",  "ok",             DAY,        DAY,            Some(true),  &[]),
    ("north-asked--1",   "blocked",        DAY,        NOT_ONE,        Some(false), &[]),
];

const REGIONS: [&str; 4] = ["--regions", "us-east-1,eu-north-1", "--as-of", AS_OF];

#[test]
fn every_case_is_judged_as_the_table_has_it() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let mut words = REGIONS.to_vec();
    words.extend(["--output", "json"]);
    let finished = look(&program, &lab, &words).expect(3);
    let seen = by_id(&finished);
    assert_eq!(seen.len(), TRUTH.len());
    let mut wrong = Vec::new();
    for (id, verdict, target, actual, now, warnings) in TRUTH {
        let line = seen.get(id).unwrap_or_else(|| panic!("{id} is not listed"));
        let expected = json!([verdict, target, actual, now, warnings]);
        let keys = ["verdict", "target_s", "actual_s", "rewindable_now", "warnings"];
        let got: Value = keys.iter().map(|key| line[*key].clone()).collect();
        if got != expected {
            wrong.push(format!(
                "{id}: expected {expected}, got {got}: {}",
                line["reason"]
            ));
        }
        assert!(!line["reason"].as_str().unwrap().is_empty(), "{id}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_region_that_has_backtrack_by_now_is_judged_without_the_list() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let mut words = REGIONS.to_vec();
    words.extend(["--output", "json"]);
    let dated = "list of June 2023; where it has it by now, --backtrack-regions eu-north-1 says so";
    let listed = by_id(&look(&program, &lab, &words).expect(3));
    for id in ["north-off--1", "north-asked--1"] {
        assert!(
            listed[id]["reason"].as_str().unwrap().contains(dated),
            "{}",
            listed[id]
        );
    }
    words.extend(["--backtrack-regions", "sa-east-1,eu-north-1"]);
    let seen = by_id(&look(&program, &lab, &words).expect(3));
    for (id, verdict) in [
        ("north-off--1", "disabled"),
        ("north-asked--1", "ok"),
        ("north-proven--1", "ok"),
    ] {
        assert_eq!(seen[id]["verdict"], verdict, "{}", seen[id]);
    }
    let remedy = seen["north-off--1"]["remedy"].as_str().unwrap();
    assert!(!remedy.contains("--region REGION"), "{remedy}");
    for (id, line) in listed.iter().filter(|(id, _)| !id.starts_with("north-")) {
        assert_eq!(*line, seen[id], "{id}");
    }
    let wrong = [&REGIONS[..], &["--backtrack-regions", "Europe"]].concat();
    let finished = look(&program, &lab, &wrong).expect(2);
    assert!(finished.stderr.contains("got `Europe`"), "{finished:?}");
}

#[test]
fn no_cluster_without_backtrack_is_told_to_be_modified() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let mut words = REGIONS.to_vec();
    words.extend(["--output", "json"]);
    let seen = by_id(&look(&program, &lab, &words).expect(3));
    let disabled: Vec<&Value> = seen
        .values()
        .filter(|line| line["verdict"] == "disabled")
        .collect();
    assert_eq!(disabled.len(), 4);
    for line in disabled {
        let remedy = line["remedy"].as_str().unwrap();
        assert!(remedy.contains("restore-db-cluster-from-snapshot"), "{remedy}");
        assert!(remedy.contains("--backtrack-window 86400"), "{remedy}");
        assert!(!remedy.contains("modify-db-cluster "), "{remedy}");
        let peers = line["peer_rules"].as_array().unwrap();
        assert_eq!(peers.len(), 5, "{line}");
    }
    assert!(seen["full--1"]["peer_rules"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_known_of_a_cluster_is_told_and_what_is_not_is_null() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let mut words = REGIONS.to_vec();
    words.extend(["--output", "json"]);
    let finished = look(&program, &lab, &words).expect(3);
    let seen = by_id(&finished);
    let full = &seen["full--1"];
    // 50 million records: 0.60 an hour, 730 hours.
    assert_eq!(full["cost_month_usd"], 438.0);
    assert_eq!(full["cost_month_72h_usd"], 1314.0);
    assert_eq!(full["owner"], "shop");
    assert_eq!(full["needs_force"], false);
    assert_eq!(seen["widest--1"]["cost_month_usd"], Value::Null);
    assert_eq!(seen["binlog--1"]["needs_force"], true);
    let unread = &seen["binlog-unread--1"];
    assert_eq!(unread["needs_force"], Value::Null);
    assert!(
        unread["unknown"]["binlog"].as_str().unwrap().contains("gone"),
        "{unread}"
    );
    assert_eq!(seen["global--1"]["global_cluster"], "world");
    // The lab plays no CloudWatch: its facts alone are not known.
    assert_eq!(full["alarms"], Value::Null);
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["as_of"], AS_OF);
    assert_eq!(kpi["verdicts"]["ok"], 20);
    assert_eq!(kpi["coverage"]["part"], 20);
    assert_eq!(kpi["coverage"]["whole"], 31);
    assert_eq!(kpi["cost_month_usd"], 438.0);
    assert_eq!(kpi["cost_unknown"], 26);
    assert_eq!(kpi["impact_usd"], Value::Null);
    assert_eq!(kpi["recover_s"], Value::Null);
    assert_eq!(finished.of_kind("kpi").len(), 1);
}

#[test]
fn instances_that_aws_left_out_are_not_known_and_none_is_none() {
    let fleet = "[[cluster]]\nid = \"out--1\"\nwindow_s = 86400\nearliest = 86400\nomit = [\"DBClusterMembers\"]\n\
                 [[cluster]]\nid = \"none--1\"\nwindow_s = 86400\nearliest = 86400\nmembers = []\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    let seen = by_id(&look(&program, &lab, &["--output", "json"]).expect(0));
    let out = &seen["out--1"];
    for key in ["members", "writer", "rewindable_now", "remedy"] {
        assert_eq!(out[key], Value::Null, "{key}: {out}");
    }
    assert_eq!(out["warnings"], json!([]));
    let why = out["unknown"]["members"].as_str().unwrap();
    assert!(why.contains("DBClusterMembers"), "{why}");
    assert!(out["why_not"].as_str().unwrap().contains(why), "{out}");
    let none = &seen["none--1"];
    assert_eq!(
        (&none["members"], &none["rewindable_now"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(none["warnings"], json!(["no_instances"]));
    assert!(none["remedy"].as_str().unwrap().contains("create-db-instance"));
}

#[test]
fn an_upgrade_counts_where_it_lies_within_reach() {
    let cluster = |name: &str| format!("[[cluster]]\nid = \"{name}\"\nwindow_s = 86400\nearliest = 86400\n");
    let event = |name: &str, ago: u32, message: &str| {
        format!("[[event]]\ncluster = \"{name}\"\nat = {ago}\nmessage = \"{message}\"\n")
    };
    let done = "Database cluster engine major version has been upgraded.";
    let fleet = [
        cluster("within--1"),
        cluster("before--1"),
        cluster("announced--1"),
        event("within--1", 3600, done),
        event("before--1", 90_000, done),
        event("announced--1", 3600, "A minor version upgrade is available."),
    ];
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet.concat()));
    let seen = by_id(&look(&program, &lab, &["--output", "json"]).expect(0));
    assert_eq!(seen["within--1"]["warnings"], json!(["upgraded_within_window"]));
    assert!(seen["within--1"]["upgraded"].is_string());
    assert_eq!(seen["within--1"]["actual_s"], seen["before--1"]["actual_s"]);
    let usable = seen["within--1"]["usable_s"].as_i64().unwrap();
    assert!((3600..3700).contains(&usable), "{usable}");
    assert_eq!(seen["before--1"]["warnings"], json!([]));
    assert_eq!(seen["announced--1"]["warnings"], json!([]));
}
