//! A cluster that is younger than its window: the earliest time stands still, and no deadline is drawn from its moving.

use chrono::TimeDelta;

use crate::harness::{Incident, drill_with_copy, eventually, stamp, whole_second};

const CLONE: &str = "RestoreDBClusterToPointInTime";

#[test]
fn a_copy_that_takes_longer_than_the_history_before_the_target_blocks_nothing_on_a_young_cluster() {
    let young = "\n[copies]\nclone_ms = 500000\n\n[[cluster]]\nage_s = 7200\nhistory_s = 7200\n";
    let incident = Incident::with(young);
    incident
        .program
        .file("drill.toml", &drill_with_copy("kind = \"clone\"", "30m"));
    let running = incident.start(&[]);
    eventually("the clone", || {
        (!incident.lab.accepted_of(CLONE).is_empty()).then_some(())
    });
    incident.lab.advance(600);
    let ended = running.finish().expect(0);
    let earliest = whole_second(incident.lab.world().cluster().earliest.unwrap());
    // What was discarded can be had back until it is as old as the window is long.
    let undo = &ended.of_kind("undo")[0];
    assert_eq!(undo["at_the_latest"], true, "{undo}");

    let near = earliest + TimeDelta::minutes(5);
    let arguments = incident.arguments_with("--to", &stamp(near), &["--dry-run"]);
    let rehearsed = incident.program.run(arguments).expect(0);
    let finding = |rule: &str| {
        let findings = rehearsed.of_kind("finding").into_iter();
        let mut of_rule = findings.filter(|line| line["rule"] == rule);
        of_rule.next().unwrap()
    };
    let until = stamp(near + TimeDelta::days(1));
    for rule in ["window", "safety_copy"] {
        let finding = finding(rule);
        let message = finding["message"].to_string();
        assert_eq!(finding["severity"], "pass", "{message}");
        assert!(
            message.contains(&format!("{until} at the latest, if heavy writes")),
            "{message}"
        );
    }
}
