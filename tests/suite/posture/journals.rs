//! What journals add: time to recover, the cost of incidents, the window that past detection would have needed.

use super::fleet::{ONE, look};
use crate::harness::{Lab, Program, shipped};

#[test]
fn a_drill_counts_as_a_drill_and_never_as_an_incident() {
    let program = Program::new();
    let drilled = Lab::quick();
    let runbook = shipped("drill.toml");
    let target = (drilled.world().now - chrono::TimeDelta::seconds(90))
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let cluster = drilled.cluster.clone();
    let run = program.run([
        "run",
        runbook.to_str().unwrap(),
        "--lab",
        &drilled.endpoint,
        "--cluster",
        &cluster,
        "--to",
        &target,
        "--yes",
        &cluster,
    ]);
    run.expect(0);
    let lab = Lab::with_fleet(ONE);
    let finished = look(&program, &lab, &["--output", "json"]).expect(0);
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["drills"], 1);
    assert_eq!(kpi["incidents"], 0);
    assert!(kpi["drill_recover_s"].as_i64().is_some(), "{kpi}");
    assert_eq!(kpi["recover_s"], serde_json::Value::Null);
    assert_eq!(kpi["window_needed_s"], serde_json::Value::Null);
}

#[test]
fn journals_that_cannot_be_listed_hide_no_fleet() {
    let (program, lab) = (Program::new(), Lab::with_fleet(ONE));
    program.file("journal", "a file where a folder belongs");
    let json = look(&program, &lab, &["--journal", "journal", "--output", "json"]).expect(4);
    assert_eq!(json.of_kind("cluster").len(), 1);
    let kpi = json.of_kind("kpi").remove(0);
    for key in ["incidents", "drills", "impact_unknown", "journals_unreadable"] {
        assert_eq!(kpi[key], serde_json::Value::Null, "{key}: unknown is not 0");
    }
    assert!(json.stderr.contains("--journal DIR"), "{json:?}");
    let text = look(&program, &lab, &["--journal", "journal"]).expect(4);
    assert!(
        text.stdout.contains("the journals could not be listed"),
        "{text:?}"
    );
    assert!(text.stdout.contains("1 cluster as of"), "{text:?}");
}

#[test]
fn a_damaged_journal_is_told_in_every_form() {
    let (program, lab) = (Program::new(), Lab::with_fleet(ONE));
    std::fs::create_dir_all(program.home().join("journal/runs/20261120-023108-3f9a1c")).unwrap();
    program.file("journal/runs/20261120-023108-3f9a1c/journal.jsonl", "no record\n");
    for format in [&[][..], &["--format", "html"]] {
        let mut words = vec!["--journal", "journal"];
        words.extend(format);
        let told = look(&program, &lab, &words).expect(0);
        assert!(
            told.stdout
                .contains("1 journal could not be read (20261120-023108-3f9a1c)"),
            "{told:?}"
        );
        assert!(told.stderr.contains("backtrackctl history"), "{told:?}");
    }
}
