//! One live run per cluster: a run that is under way or unfinished keeps every other one away.

use rustix::process::Signal;

use crate::harness::{Finished, Incident, drill_runbook, eventually};

/// Refused because another run holds the cluster; nothing was asked of AWS that changes it.
#[track_caller]
fn assert_held(refused: Finished, incident: &Incident, requests: usize) {
    let refused = refused.expect(12);
    let last = refused.lines().pop().unwrap();
    assert_eq!(
        (&last["kind"], &last["exit"]),
        (&"outcome".into(), &12.into()),
        "{last}"
    );
    assert_eq!(incident.lab.requests().len(), requests);
}

#[test]
fn an_unfinished_run_holds_its_cluster_and_the_refusal_names_the_recover_command() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    let recover = format!("backtrackctl recover {}", incident.journal().run());
    let refused = incident.rewind(&[]);
    assert!(refused.stderr.contains(&recover), "{}", refused.stderr);
    assert!(refused.outcome()["next"].to_string().contains(&recover));
    assert_held(refused, &incident, 1);
    // It did not even leave a journal: there is still one run.
    assert_eq!(incident.journal().intents(), 1);

    incident.recover(&[]).expect(0);
    assert_eq!(incident.rewind(&[]).expect(0).outcome()["outcome"], "completed");
}

#[test]
fn what_is_left_to_do_is_told_by_every_process_of_the_run_as_the_report_tells_it() {
    let incident = Incident::new();
    let held = incident.rewind(&["--hold"]).expect(20);
    let completed = incident.recover(&[]).expect(0);
    let run = incident.journal().run();
    let report = incident
        .program
        .run(["report", &run, "--format", "json"])
        .expect(0);
    let report: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    for finished in [held, completed] {
        let told = finished.of_kind("debts");
        assert_eq!(told.len(), 1, "{finished:?}");
        assert_eq!(told[0]["debts"].as_array().unwrap().len(), 8);
        assert_eq!(told[0]["debts"], report["debts"]);
        assert_eq!(told[0]["discarded"], report["summary"]["discarded"]);
    }
}

#[test]
fn a_held_run_that_returns_to_its_origin_leaves_nothing_to_do() {
    let incident = Incident::false_alarm();
    let held = incident.rewind(&["--hold"]).expect(20);
    assert_eq!(held.of_kind("debts").len(), 1, "{held:?}");
    incident.forward("origin", &[]).expect(20);
    let back = incident.recover(&[]).expect(0);
    assert!(back.of_kind("debts").is_empty(), "{back:?}");
}

#[test]
fn after_an_ended_login_the_run_and_every_new_one_name_the_recover_command() {
    let incident = Incident::new();
    incident.lab.fault_always("DescribeDBClusters", "expired_token");
    let left = incident.rewind(&[]).expect(20);
    let recover = format!("backtrackctl recover {}", incident.journal().run());
    let next = left.outcome()["next"].to_string();
    assert!(
        next.contains("aws sso login") && next.contains(&recover),
        "{next}"
    );
    let refused = incident.rewind(&[]);
    assert!(refused.stderr.contains(&recover), "{}", refused.stderr);
    assert_held(refused, &incident, 0);
}

#[test]
fn what_is_not_finished_stands_first_with_its_command_alone_on_a_line() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    let run = incident.journal().run();
    let cluster = &incident.lab.cluster;
    let lab = &incident.lab.endpoint;
    for arguments in [vec!["history"], vec!["status", cluster, "--lab", lab]] {
        let listed = incident.program.run(arguments).expect(0);
        let mut rows = listed.stdout.lines();
        assert!(
            rows.next()
                .is_some_and(|row| row.starts_with("NOT FINISHED") && row.contains(&run)),
            "{}",
            listed.stdout
        );
        assert_eq!(rows.next(), Some("STILL PAUSED: shop"), "{}", listed.stdout);
        let recover = format!("backtrackctl recover {run} --journal ");
        assert!(
            rows.next().is_some_and(|row| row.starts_with(&recover)),
            "{}",
            listed.stdout
        );
    }
    let json = incident.program.run(["history", "--output", "json"]).expect(0);
    let next = json.lines()[0]["next"].to_string();
    assert!(next.contains(&format!("backtrackctl recover {run}")), "{next}");
    incident.recover(&[]).expect(0);
    let listed = incident.program.run(["history"]).expect(0);
    assert!(!listed.stdout.contains("NOT FINISHED"), "{}", listed.stdout);
}

#[test]
fn a_run_of_a_killed_process_holds_its_cluster_until_it_is_recovered() {
    let incident = Incident::new();
    incident.lab.fault("BacktrackDBCluster", 1, "hang_backtrack");
    let first = incident.start(&[]);
    incident.until_accepted();
    first.signal(Signal::KILL);
    assert_eq!(first.finish().exit(), None);
    assert_held(incident.rewind(&[]), &incident, 1);
}

#[test]
fn no_second_process_takes_a_run_that_is_under_way() {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("1s", "10m"));
    incident.lab.fault("BacktrackDBCluster", 1, "hang_backtrack");
    let first = incident.start(&[]);
    incident.until_accepted();

    assert_held(incident.rewind(&[]), &incident, 1);
    assert_held(incident.recover(&[]), &incident, 1);
    assert_held(incident.recover(&["--resend"]), &incident, 1);
    let run = incident.journal().run();
    incident.program.run(["journal", "verify", &run]).expect(0);
    incident.program.run(["history"]).expect(0);

    // A signal after the request detaches; then the run is free to be taken up.
    first.signal(Signal::TERM);
    assert_eq!(first.finish().expect(20).outcome()["outcome"], "detached");
    let taken = incident
        .program
        .start(incident.again("recover", &["--yes", &incident.lab.cluster]));
    eventually("the second process to take it", || {
        incident
            .journal()
            .types()
            .contains(&"attached".to_owned())
            .then_some(())
    });
    taken.signal(Signal::HUP);
    taken.finish().expect(20);
    assert_eq!(incident.lab.requests().len(), 1);
}

#[test]
fn two_runs_that_begin_together_do_not_both_begin() {
    let incident = Incident::new();
    let (one, other) = (incident.start(&["--hold"]), incident.start(&["--hold"]));
    let mut exits = [one.finish().exit().unwrap(), other.finish().exit().unwrap()];
    exits.sort_unstable();
    assert_eq!(exits, [12, 20]);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.recover(&[]).expect(0);
    incident.assert_recovered();
}

#[test]
fn a_run_on_another_cluster_is_not_kept_away() {
    let incident =
        Incident::with("[[cluster]]\nid = \"orders--drill\"\n[[cluster]]\nid = \"stock--drill\"\n");
    incident.rewind(&["--hold"]).expect(20);
    let arguments = incident.arguments_with("--cluster", "stock--drill", &["--dry-run"]);
    incident.program.run(arguments).expect(0);
}

#[test]
fn a_run_whose_folder_was_replaced_by_a_link_still_holds_its_cluster() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    let run = incident.journal().run();
    let runs = incident.program.journals().join("runs");
    let moved = incident.program.home().join("moved");
    std::fs::rename(runs.join(&run), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, runs.join(&run)).unwrap();
    let refused = incident.rewind(&[]);
    assert!(refused.stderr.contains(&run), "{}", refused.stderr);
    assert_held(refused, &incident, 1);
    // Nor does a link that leads nowhere.
    std::fs::rename(&moved, incident.program.home().join("away")).unwrap();
    assert_held(incident.rewind(&[]), &incident, 1);
}

#[test]
fn what_is_no_run_is_named_before_a_new_run() {
    let incident = Incident::new();
    let stranger = incident
        .program
        .journals()
        .join("runs/20261120-000000-abcdef.old");
    std::fs::create_dir_all(stranger).unwrap();
    let done = incident.rewind(&["--hold"]).expect(20);
    assert!(
        done.stderr
            .contains("warning: runs/ holds \"20261120-000000-abcdef.old\""),
        "{}",
        done.stderr
    );
}
