//! `--dry-run` on the lab: everything is read for real, nothing changes, nothing is asked.

use std::path::Path;

use chrono::TimeDelta;

use crate::harness::{Finished, Incident, stamp};

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// The rehearsal of the rewind, by `arguments` that no `--yes` is among.
fn rehearse(incident: &Incident, more: &[&str]) -> Finished {
    incident
        .program
        .run(incident.arguments(&[&["--dry-run"], more].concat()))
}

#[test]
fn a_rehearsal_shows_findings_plan_and_receipt_and_changes_nothing() {
    let incident = Incident::new();
    let rehearsed = rehearse(&incident, &[]).expect(0);
    assert_eq!(rehearsed.outcome()["outcome"], "rehearsed");
    assert!(rehearsed.rules("block").is_empty());
    assert!(rehearsed.rules("pass").len() > 20);
    let [receipt] = rehearsed.of_kind("receipt").try_into().expect("one receipt");
    assert_eq!(receipt["target"]["instant"], stamp(incident.target));
    let [plan] = rehearsed.of_kind("plan").try_into().expect("one plan");
    let plan = plan["steps"].to_string();
    for step in [
        "pause shop",
        "aws rds backtrack-db-cluster",
        "verify orders",
        "resume shop",
    ] {
        assert!(plan.contains(step), "no {step:?} in {plan}");
    }

    incident.assert_untouched();
    for call in incident.lab.calls() {
        let reads = ["Describe", "Get"]
            .iter()
            .any(|read| call.action.starts_with(read));
        assert!(reads, "{call:?}");
    }
    let journals = incident.program.journals();
    assert_eq!(entries(&journals.join("runs")), 0);
    assert_eq!(entries(&journals.join("rehearsals")), 1);
}

#[test]
fn every_line_that_a_rehearsal_prints_is_marked() {
    let incident = Incident::new();
    let mut arguments = incident.arguments(&["--dry-run"]);
    arguments.retain(|argument| argument != "--output" && argument != "json");
    let rehearsed = incident.program.run(arguments).expect(0);
    for line in rehearsed.stdout.lines().chain(rehearsed.stderr.lines()) {
        assert!(line.contains("[rehearsal]"), "{line:?}");
    }
}

#[test]
fn a_rehearsal_with_a_blocking_finding_exits_with_10_and_names_the_next_best_way() {
    let incident = Incident::new();
    let to = stamp(incident.lab.world().now - TimeDelta::hours(30));
    let arguments = incident.arguments_with("--to", &to, &["--dry-run"]);
    let refused = incident.program.run(arguments).expect(10);
    // The rest is evaluated and shown all the same.
    assert_eq!(refused.rules("block"), ["window"]);
    assert!(refused.rules("pass").len() > 20);
    let finding = refused
        .of_kind("finding")
        .into_iter()
        .find(|finding| finding["rule"] == "window");
    let instead = finding.unwrap()["instead"].to_string();
    assert!(
        instead.contains("restore-db-cluster-to-point-in-time"),
        "{instead}"
    );
    incident.assert_untouched();
    assert_eq!(entries(&incident.program.journals().join("runs")), 0);
}

#[test]
fn a_rehearsal_of_a_runbook_that_needs_a_person_asks_nobody() {
    let incident = Incident::new();
    let mut arguments = incident.arguments(&["--dry-run"]);
    // The built-in runbook has its margin; the target is far enough inside.
    arguments.remove(1);
    let rehearsed = incident.program.run(arguments).expect(0);
    assert!(rehearsed.rules("warn").contains(&"person".to_owned()));
    incident.assert_untouched();
}

#[test]
fn a_rehearsal_says_what_a_run_could_not_do_while_another_is_unfinished() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    let calls = incident.lab.requests().len();
    let refused = rehearse(&incident, &[]).expect(10);
    assert_eq!(refused.rules("block"), ["another_run"]);
    assert_eq!(incident.lab.requests().len(), calls);
    incident.recover(&[]).expect(0);
    rehearse(&incident, &[]).expect(0);
}

#[test]
fn a_rehearsal_is_no_run_to_recover_or_go_forward_from() {
    let incident = Incident::new();
    rehearse(&incident, &[]).expect(0);
    let shelf = incident.program.journals().join("rehearsals");
    let entry = std::fs::read_dir(shelf).unwrap().next().unwrap().unwrap();
    let run = entry.file_name().into_string().unwrap();
    let cluster = incident.lab.cluster.as_str();
    incident
        .program
        .run(["recover", &run, "--yes", cluster])
        .expect(2);
    incident
        .program
        .run(["forward", &run, "--to", "origin", "--yes", cluster])
        .expect(2);
    incident.program.run(["journal", "verify", &run]).expect(0);
    incident.assert_untouched();
}

#[test]
fn nothing_but_a_run_has_a_rehearsal() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    let requests = incident.lab.requests().len();
    incident.recover(&["--dry-run"]).expect(2);
    incident.forward("origin", &["--dry-run"]).expect(2);
    assert_eq!(incident.lab.requests().len(), requests);
    assert!(incident.lab.world().shop.paused);
}

#[test]
fn a_target_that_an_earlier_rewind_discarded_is_warned_of_before_anything_is_done() {
    let incident = Incident::new();
    incident.rewind(&[]).expect(0);
    let left = incident.lab.world().ours()[0].from.unwrap();
    incident.lab.advance(60);
    let rehearse_to = |to: chrono::DateTime<chrono::Utc>| {
        let arguments = incident.arguments_with("--to", &stamp(to), &["--dry-run"]);
        incident.program.run(arguments).expect(0)
    };
    let inside = rehearse_to(incident.target + TimeDelta::seconds(2));
    let findings = inside.of_kind("finding");
    let said = findings
        .iter()
        .find(|finding| finding["rule"] == "discarded_history")
        .unwrap();
    assert_eq!(said["severity"], "warn", "{said}");
    let message = said["message"].as_str().unwrap();
    assert!(
        message.contains(&format!("the backtrack to {}", stamp(incident.target))),
        "{message}"
    );
    for outside in [incident.target, left + TimeDelta::seconds(5)] {
        let seen = rehearse_to(outside);
        assert!(
            seen.rules("pass").contains(&"discarded_history".to_owned()),
            "{seen:?}"
        );
    }
    let status = incident.program.run([
        "status",
        "orders--drill",
        "--lab",
        &incident.lab.endpoint,
        "--output",
        "json",
    ]);
    let hole = &status.expect(0).lines()[0]["discarded"][0];
    let after: chrono::DateTime<chrono::Utc> = hole["after"].as_str().unwrap().parse().unwrap();
    assert_eq!(after, incident.target);
    // The same run goes there on purpose.
    let back = incident
        .forward(
            &stamp(incident.target + TimeDelta::seconds(1)),
            &["--reason", "look"],
        )
        .rules("warn");
    assert!(!back.contains(&"discarded_history".to_owned()), "{back:?}");
}
