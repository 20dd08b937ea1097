//! A run is taken from a process that lives: it does nothing more, and the run reaches its end once.

use rustix::process::Signal;
use serde_json::json;

use crate::harness::{Finished, Incident, drill_runbook, eventually};

const WHY: [&str; 3] = ["--take-over", "--reason", "its terminal hangs"];

/// The old holder said that the run is not its own any more.
#[track_caller]
fn assert_fenced(fenced: Finished, run: &str) {
    let fenced = fenced.expect(12);
    let said = format!("{}{}", fenced.stdout, fenced.stderr);
    assert!(said.contains("another process took the run over"), "{said}");
    assert!(said.contains(&format!("backtrackctl report {run}")), "{said}");
    let outcome = fenced.outcome();
    assert_eq!(outcome["run"], run);
    assert_eq!(outcome["outcome"], "detached", "it did what it did: {outcome}");
    assert!(outcome["data_touched"].is_null(), "{outcome}");
}

/// One request, the orders are back, and one unbroken journal that names who was fenced.
#[track_caller]
fn assert_one_end(incident: &Incident) {
    assert_eq!(incident.lab.accepted().len(), 1);
    assert_eq!(incident.journal().intents(), 1);
    incident.assert_recovered();
    let run = incident.journal().run();
    let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
    let wanted = format!("from run {run}, ");
    assert!(report.stdout.contains("taken over by"), "{}", report.stdout);
    assert!(report.stdout.contains(&wanted), "{}", report.stdout);
    assert!(report.stdout.contains("its terminal hangs"), "{}", report.stdout);
}

#[test]
fn a_run_under_way_is_refused_with_who_since_when_and_how_to_take_it_over() {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("1s", "10m"));
    incident.lab.fault("BacktrackDBCluster", 1, "hang_backtrack");
    let first = incident.start(&[]);
    incident.until_accepted();
    let run = incident.journal().run();
    for refused in [incident.recover(&[]), incident.rewind(&[])] {
        let refused = refused.expect(12);
        for told in ["tester on ", "since 20", "--take-over --reason TEXT", &run] {
            assert!(refused.stderr.contains(told), "{told}: {}", refused.stderr);
        }
    }
    // It takes a reason, and changes nothing without one.
    incident.recover(&["--take-over"]).expect(2);
    incident.recover(&["--take-over", "--reason", "  "]).expect(2);
    first.signal(Signal::TERM);
    first.finish().expect(20);
}

#[test]
fn a_process_that_hangs_is_fenced_and_the_run_reaches_its_end_once() {
    let incident = Incident::at_work();
    let mut first = incident.start(&[]);
    incident.until_accepted();
    first.signal(Signal::STOP);
    first.wait_until_stopped();
    incident.aws_completes();
    incident.recover(&WHY).expect(0);
    first.signal(Signal::CONT);
    assert_fenced(first.finish(), &incident.journal().run());
    assert_one_end(&incident);
}

#[test]
fn a_process_that_hangs_beside_a_command_that_ended_is_fenced() {
    let incident = Incident::new();
    let pause = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "pause"]"#;
    let slow = r#"command = ["sh", "-c", "touch begun; until test -e go; do sleep 0.02; done; $BACKTRACKCTL_BIN lab shop pause; touch done"]"#;
    let runbook = drill_runbook("1s", "15s");
    assert!(runbook.contains(pause));
    incident
        .program
        .file("drill.toml", &runbook.replacen(pause, slow, 1));
    let there = |name: &str| incident.program.home().join(name).exists().then_some(());
    let mut first = incident.start(&[]);
    eventually("the command to begin", || there("begun"));
    eventually("the command to be noted", || {
        incident.journal().names_a_command().then_some(())
    });
    first.signal(Signal::STOP);
    first.wait_until_stopped();
    incident.program.file("go", "");
    eventually("the command to end", || there("done"));
    incident.recover(&WHY).expect(0);
    first.signal(Signal::CONT);
    assert_fenced(first.finish(), &incident.journal().run());
    assert_one_end(&incident);
}

#[test]
fn a_request_that_waits_for_its_reply_is_unresolved_to_who_takes_over_and_adopted() {
    let incident = Incident::new();
    incident.lab.faults(&json!([
        {"action": "BacktrackDBCluster", "nth": 1, "fault": "latency", "ms": 15_000}
    ]));
    let first = incident.start(&[]);
    incident.until_requested();
    incident.recover(&WHY).expect(0);
    assert_fenced(first.finish(), &incident.journal().run());
    assert_one_end(&incident);
}

#[test]
fn a_run_that_nobody_holds_is_taken_up_as_by_recover() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    incident.recover(&WHY).expect(0);
    incident.assert_recovered();
}
