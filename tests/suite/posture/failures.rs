//! A service that fails makes its own facts unknown; a Region that cannot be read is never a pass.

use serde_json::{Value, json};

use super::fleet::{ONE, by_id, crowd, look};
use crate::harness::{Lab, Program};

#[test]
fn a_region_without_permission_ends_with_4_and_the_others_are_shown() {
    let fleet = format!(
        "{ONE}[[cluster]]\nid = \"b--1\"\nregion = \"eu-west-1\"\n[[refused]]\nregion = \"eu-west-1\"\n"
    );
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
    let words = ["--regions", "us-east-1,eu-west-1", "--output", "json"];
    let finished = look(&program, &lab, &words).expect(4);
    assert_eq!(by_id(&finished)["a--1"]["verdict"], "ok");
    let mut regions = finished.of_kind("region");
    regions.retain(|region| region["whole"] == false);
    assert_eq!(regions.len(), 1);
    assert_eq!(regions[0]["region"], "eu-west-1");
    assert_eq!(regions[0]["error"]["code"], "AccessDenied");
    assert_eq!(finished.of_kind("kpi")[0]["regions_unread"], 1);
    assert!(
        finished.stderr.contains("eu-west-1 was not read whole"),
        "{finished:?}"
    );
    // Who keeps stdout alone sees it, too.
    let said = "eu-west-1 was not read: its clusters are not here";
    let text = look(&program, &lab, &["--regions", "us-east-1,eu-west-1"]).expect(4);
    assert!(text.stdout.starts_with(said), "{text:?}");
    let sheet = look(
        &program,
        &lab,
        &["--regions", "us-east-1,eu-west-1", "--format", "csv"],
    )
    .expect(4);
    let hole = sheet.stdout.lines().nth(1).unwrap();
    assert!(hole.contains(",eu-west-1,,") && hole.contains(said), "{hole}");
    let next = "next: ask for the permission rds:DescribeDBClusters in eu-west-1 (docs/iam.md, `Posture`)";
    assert!(finished.stderr.contains(next), "{finished:?}");
}

#[test]
fn a_list_that_breaks_off_keeps_what_was_read_and_is_not_whole() {
    let fleet = format!(
        "{}[[refused]]\nregion = \"us-east-1\"\naction = \"DescribeDBClusters\"\nafter = 2\n",
        crowd(250, 3)
    );
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
    let finished = look(&program, &lab, &["--output", "json"]).expect(4);
    assert_eq!(finished.of_kind("cluster").len(), 200);
}

#[test]
fn each_service_that_fails_leaves_the_verdict_to_the_others() {
    for (action, fact) in [
        ("DescribeGlobalClusters", "global"),
        ("DescribeEvents", "upgrades"),
        ("DescribeDBClusterParameters", "binlog"),
    ] {
        let fleet = format!(
            "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\nparameter_group = \"own\"\n[[cluster]]\nid = \"b--1\"\n\
             [parameters.own]\nbinlog_format = \"OFF\"\n[[refused]]\nregion = \"us-east-1\"\naction = \"{action}\"\n"
        );
        let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
        // Whether it could have Backtrack, or is in a global database, decides between two verdicts.
        let open = action == "DescribeGlobalClusters";
        let seen = by_id(&look(&program, &lab, &["--output", "json"]).expect(if open { 5 } else { 3 }));
        assert_eq!(seen["a--1"]["verdict"], "ok", "{action}");
        assert_eq!(
            seen["b--1"]["verdict"],
            if open { "unknown" } else { "disabled" },
            "{action}"
        );
        let unknown = seen["a--1"]["unknown"].as_object().unwrap();
        let why = unknown[fact].as_str().unwrap();
        assert!(why.contains("AccessDenied"), "{action}: {why}");
        // Alarms are never known on a lab.
        assert_eq!(unknown.len(), 2, "{unknown:?}");
    }
}

#[test]
fn a_list_that_could_not_be_read_is_never_a_pass() {
    let silent = |group: &str| {
        format!("[[cluster]]\nid = \"silent--1\"\nwindow_s = 86400\nparameter_group = \"{group}\"\n")
    };
    for (action, group) in [
        ("DescribeGlobalClusters", "default.aurora-mysql8.0"),
        ("DescribeDBClusterParameters", "own"),
    ] {
        let fleet = format!(
            "{}[parameters.own]\nbinlog_format = \"OFF\"\n[[refused]]\nregion = \"us-east-1\"\naction = \"{action}\"\n",
            silent(group)
        );
        let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
        let line = by_id(&look(&program, &lab, &["--output", "json"]).expect(5))
            .remove("silent--1")
            .unwrap();
        assert_eq!(line["verdict"], "unknown", "{action}: {line}");
        assert!(
            line["reason"].as_str().unwrap().contains("AccessDenied"),
            "{line}"
        );
        assert_eq!(line["rewindable_now"], Value::Null, "{line}");
    }
}

#[test]
fn a_member_without_its_arn_is_no_pass() {
    let member = "[[cluster]]\nid = \"g--1\"\nwindow_s = 86400\nomit = [\"DBClusterArn\"]\n[[global]]\nid = \"world\"\nmembers = [\"g--1\"]\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(member));
    let line = by_id(&look(&program, &lab, &["--output", "json"]).expect(5))
        .remove("g--1")
        .unwrap();
    assert_eq!(line["verdict"], "unknown", "{line}");
    let why = line["unknown"]["global"].as_str().unwrap();
    assert!(why.contains("DBClusterArn"), "{why}");
    assert!(line["reason"].as_str().unwrap().contains(why), "{line}");
}

#[test]
fn throttling_and_broken_replies_are_asked_again() {
    let (program, lab) = (Program::new(), Lab::with_fleet(&crowd(300, 3)));
    lab.faults(&json!([
        {"action": "DescribeDBClusters", "every": 2, "fault": "throttle"},
        {"action": "DescribeDBClusterParameters", "nth": 1, "fault": "reset_before"},
        {"action": "DescribeGlobalClusters", "nth": 1, "fault": "error", "status": 503, "code": "ServiceUnavailable"},
    ]));
    let finished = look(&program, &lab, &["--output", "json"]).expect(3);
    assert_eq!(finished.of_kind("cluster").len(), 300);
    let known = finished
        .of_kind("cluster")
        .into_iter()
        .all(|line| line["needs_force"] == Value::Bool(false));
    assert!(known, "{finished:?}");
}

#[test]
fn a_cluster_that_goes_between_two_pages_takes_nobody_with_it() {
    let fleet = crowd(150, 2).replace("id = \"load--00100\"", "id = \"load--00100\"\nvanishes_after = 1");
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
    let finished = look(&program, &lab, &["--output", "json"]).expect(3);
    assert_eq!(finished.of_kind("cluster").len(), 149);
}

#[test]
fn a_slow_service_is_told_of_while_it_is_waited_for() {
    let (program, lab) = (Program::new(), Lab::with_fleet(&crowd(150, 1)));
    lab.faults(&json!([{"action": "DescribeDBClusters", "every": 1, "fault": "latency", "ms": 8_000}]));
    let finished = look(&program, &lab, &["--output", "json"]).expect(3);
    assert!(finished.stderr.contains("reading us-east-1"), "{finished:?}");
    assert!(finished.silence.as_secs() < 15, "{:?}", finished.silence);
}

#[test]
fn what_is_typed_wrong_is_refused_before_anything_is_asked() {
    let (program, lab) = (Program::new(), Lab::with_fleet(ONE));
    for words in [
        ["--regions", "Europe"],
        ["--regions", "all"],
        ["--as-of", "yesterday"],
        ["--as-of", "10 minutes ago"],
        ["--profiles", "a,b"],
        ["--policy", "/nowhere.toml"],
        ["--output=json", "--format=csv"],
        ["--format=html", "--output=json"],
    ] {
        let finished = look(&program, &lab, &words).expect(2);
        assert!(finished.stdout.is_empty(), "{words:?}");
    }
    assert!(lab.calls().is_empty());
}
