//! What journals add: time to recover, the cost of incidents, the window that past detection would have needed.

use super::fleet::look;
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
    let lab = Lab::with_fleet("[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\n");
    let finished = look(&program, &lab, &["--output", "json"]).expect(0);
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["drills"], 1);
    assert_eq!(kpi["incidents"], 0);
    assert!(kpi["drill_recover_s"].as_i64().is_some(), "{kpi}");
    assert_eq!(kpi["recover_s"], serde_json::Value::Null);
    assert_eq!(kpi["window_needed_s"], serde_json::Value::Null);
}
