//! SARIF: what the standard demands of the parts that are written, and that every finding is there.

use serde_json::Value;

use super::templates;
use crate::harness::Program;

fn log() -> (Value, Vec<Value>) {
    let program = Program::new();
    let folder = templates("cloudformation");
    let finished = program.run([
        "lint",
        folder.to_str().unwrap(),
        "--output",
        "json",
        "--sarif",
        "found.sarif",
    ]);
    let lines = finished
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let text = std::fs::read_to_string(program.home().join("found.sarif")).unwrap();
    (serde_json::from_str(&text).unwrap(), lines.collect())
}

#[test]
fn every_finding_is_in_the_log_with_its_rule_and_place() {
    let (log, lines) = log();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[rule]["id"], result["ruleId"], "{result}");
        assert_eq!(rules[rule]["defaultConfiguration"]["level"], result["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        if let Some(region) = place.get("region") {
            assert!(region["startLine"].as_u64().unwrap() > 0 && region["startColumn"].as_u64().unwrap() > 0);
        }
    }
    let found = |line: &&Value| {
        let verdict = line["verdict"].as_str();
        let quiet = matches!(verdict, Some("ok" | "not_applicable"));
        let told = line["warnings"]
            .as_array()
            .is_some_and(|warnings| warnings.iter().any(|warning| warning != "suppressed"));
        !quiet || told || !line["notes"].as_array().unwrap().is_empty()
    };
    assert_eq!(results.len(), lines.iter().filter(found).count());
    assert!(results.len() > 50);
}

#[test]
fn what_is_suppressed_says_by_whom_and_why() {
    let (log, _) = log();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let reasons: Vec<&str> = results
        .iter()
        .filter_map(|result| result["suppressions"][0]["justification"].as_str())
        .collect();
    assert!(
        reasons.contains(&"checkov CKV_AWS_326: rebuilt every night"),
        "{reasons:?}"
    );
    assert!(reasons.contains(&"checkov CKV_AWS_326: a cache"), "{reasons:?}");
    assert!(
        reasons.contains(&"cdk-nag AwsSolutions-RDS14: append only"),
        "{reasons:?}"
    );
}

#[test]
fn peers_rules_are_named_with_each_rule() {
    let (log, _) = log();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        let peers = rule["properties"]["peers"].to_string();
        for id in [
            "RDS.14",
            "AURORA_MYSQL_BACKTRACKING_ENABLED",
            "CKV_AWS_326",
            "CT.RDS.PR.6",
            "rds_cluster_backtrack_enabled",
        ] {
            assert!(peers.contains(id), "{peers}");
        }
    }
}

#[test]
fn a_log_that_cannot_be_written_takes_nothing_from_what_is_shown() {
    let program = Program::new();
    program.file("bare.yaml", super::command::BARE);
    let finished = program
        .run(["lint", "bare.yaml", "--sarif", "nowhere/found.sarif"])
        .expect(4);
    assert!(finished.stdout.contains("bare.yaml:2:3"), "{finished:?}");
    assert!(
        finished
            .stderr
            .contains("nowhere/found.sarif could not be written"),
        "{finished:?}"
    );
}
