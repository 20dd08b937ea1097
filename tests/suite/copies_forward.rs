//! A way forward whose safety copy cannot be made, or is gone: it goes on without one, for a reason.

use serde_json::json;

use crate::harness::{Finished, Incident, Lab, QUICK, drill_with_copy};

const CLONE: &str = "RestoreDBClusterToPointInTime";

/// Nothing was hurt: the data is right wherever the cluster is moved.
fn incident() -> Incident {
    let lab = Lab::with(&format!("{QUICK}\n[copies]\nclone_ms = 200\n"));
    let incident = Incident::unhurt(lab);
    let runbook = drill_with_copy("kind = \"clone\"", "15s");
    incident.program.file("drill.toml", &runbook);
    incident
}

/// What the rule on the copy said.
fn finding(ended: &Finished) -> serde_json::Value {
    let findings = ended.of_kind("finding").into_iter();
    let mut of_rule = findings.filter(|line| line["rule"] == "safety_copy");
    of_rule.next().expect("the rule on the copy")
}

#[test]
fn a_way_forward_whose_copy_is_refused_goes_without_one_for_a_reason() {
    let incident = incident();
    incident.rewind(&[]).expect(0);
    incident.lab.faults(&json!([
        {"action": CLONE, "every": 1, "fault": "error", "status": 400, "code": "DBClusterQuotaExceededFault"},
    ]));
    let unasked = incident.forward("origin", &[]).expect(10);
    let next = unasked.outcome()["next"].to_string();
    assert!(next.contains("--to origin --reason TEXT"), "{next}");

    let run = incident.journal().run();
    let cluster = incident.lab.cluster.as_str();
    let refused = [
        "forward", &run, "--to", "origin", "--reason", "undo", "--yes", cluster,
    ];
    let refused = incident.program.run(refused).expect(10);
    let screen = format!("{}{}", refused.stdout, refused.stderr);
    for told in [
        "not moved on; before this, rewound to",
        "a safety clone took",
        "DBClusterQuotaExceededFault",
    ] {
        assert!(screen.contains(told), "no {told:?} in {screen}");
    }
    let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
    let head = report
        .stdout
        .lines()
        .find(|line| line.starts_with("**completed**"));
    let head = head.unwrap_or_else(|| panic!("{}", report.stdout));
    let (first, last) = head.split_once(" The last command on it").expect("how it ended");
    assert!(!first.contains("It said"), "{head}");
    assert!(
        last.contains("**refused** (exit 10)") && last.contains("DBClusterQuotaExceededFault"),
        "{head}"
    );

    incident.forward("origin", &["--no-clone"]).expect(2);
    let moved = incident
        .forward("origin", &["--no-clone", "--reason", "no room for a clone"])
        .expect(0);
    assert_eq!(moved.outcome()["direction"], "forward");
    let finding = finding(&moved);
    assert_eq!(finding["severity"], "warn");
    assert!(
        finding["message"].to_string().contains("no room for a clone"),
        "{finding}"
    );
    assert_eq!(incident.lab.accepted_of(CLONE).len(), 1, "the rewind's alone");
    let records = incident.journal().records();
    let mut orders = records.iter().filter(|record| record["type"] == "hop_ordered");
    assert_eq!(orders.next_back().unwrap()["without_copy"], json!(true));
    let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
    assert!(
        report.stdout.contains("no safety copy was taken for a hop"),
        "{}",
        report.stdout
    );
    assert!(!incident.lab.world().shop.paused);
    incident.assert_journal_verifies();
}

#[test]
fn a_held_run_whose_clone_somebody_deleted_is_moved_on_without_it() {
    let incident = incident();
    incident.rewind(&["--hold"]).expect(20);
    let clone = incident.lab.world().clones()[0].id.clone();
    incident.lab.api(&format!(
        "Action=ModifyDBCluster&DBClusterIdentifier={clone}&DeletionProtection=false"
    ));
    incident.lab.api(&format!(
        "Action=DeleteDBCluster&DBClusterIdentifier={clone}&SkipFinalSnapshot=true"
    ));
    let refused = incident.forward("origin", &[]).expect(10);
    assert_eq!(refused.rules("block"), ["safety_copy"]);
    let way = finding(&refused)["instead"].to_string();
    let run = incident.journal().run();
    assert!(
        way.contains(&format!(
            "backtrackctl forward {run} --to TIME --no-clone --reason TEXT"
        )),
        "{way}"
    );
    let held = incident.forward("origin", &["--no-clone", "--reason", "it was deleted"]);
    assert_eq!(held.expect(20).outcome()["outcome"], "held");
    assert_eq!(incident.lab.accepted().len(), 2);
    assert!(incident.lab.world().shop.paused);
}
