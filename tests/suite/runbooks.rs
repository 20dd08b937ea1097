//! Runbooks whose commands do not do what they should, and files that are no runbooks.

use serde_json::json;

use crate::harness::{Incident, Running, drill_runbook, shipped};

/// The quick runbook with one line put in the place of another.
fn replace(incident: &Incident, line: &str, by: &str) {
    let runbook = drill_runbook("1s", "15s");
    assert!(runbook.contains(line), "no {line:?} in drill.toml");
    incident
        .program
        .file("drill.toml", &runbook.replacen(line, by, 1));
}

const PAUSE: &str = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "pause"]"#;
const RESUME: &str = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "resume"]"#;
const PAUSED: &str = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "is-paused"]"#;
const CHECK: &str = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "check"]"#;

/// The same command, once a file is there.
fn once_there(file: &str, what: &str) -> String {
    format!(r#"command = ["sh", "-c", "test -e {file} && exec $BACKTRACKCTL_BIN lab shop {what}"]"#)
}

#[test]
fn a_faulty_runbook_is_refused_with_line_and_column_and_nothing_is_asked_of_aws() {
    let incident = Incident::new();
    for (line, by, place) in [
        ("margin = \"0s\"", "margn = \"0s\"", "drill.toml:"),
        ("margin = \"0s\"", "margin = 3", "drill.toml:"),
        ("margin = \"0s\"", "margin = \"0s", "drill.toml:"),
        ("name = \"drill\"", "", "name"),
        (PAUSE, "command = []", "drill.toml:"),
    ] {
        replace(&incident, line, by);
        let refused = incident.rewind(&[]).expect(2);
        assert!(refused.stderr.contains(place), "{by:?}: {refused:?}");
        assert!(
            refused.stderr.contains("backtrackctl check"),
            "{by:?}: {refused:?}"
        );
        incident.program.run(["check", "drill.toml"]).expect(3);
    }
    let mut arguments = incident.arguments(&[]);
    arguments[1] = "nosuch.toml".to_owned();
    incident.program.run(arguments).expect(2);
    assert!(incident.lab.calls().is_empty());
}

#[test]
fn the_shipped_runbooks_have_no_faults() {
    let incident = Incident::new();
    for name in ["drill.toml", "rewind.toml"] {
        incident.program.run(["check".into(), shipped(name)]).expect(0);
    }
}

#[test]
fn a_runbook_that_names_what_is_not_there_is_refused_before_the_pause() {
    let incident = Incident::new();
    replace(&incident, PAUSE, r#"command = ["no-such-program"]"#);
    assert_eq!(incident.rewind(&[]).expect(10).rules("block"), ["commands"]);
    incident.assert_untouched();
}

#[test]
fn an_application_that_somebody_opens_meanwhile_stops_the_request() {
    let incident = Incident::new();
    // Paused when it is looked at first, and not any more after that.
    let once = r#"command = ["sh", "-c", "! test -e seen && touch seen"]"#;
    replace(&incident, PAUSED, once);
    let refused = incident.rewind(&[]).expect(10);
    assert_eq!(refused.rules("block"), ["still_paused"]);
    assert!(incident.lab.requests().is_empty());
    assert!(!incident.lab.world().shop.paused);
    incident.assert_journal_verifies();
}

#[test]
fn an_application_that_writes_again_during_the_rewind_fails_the_verification() {
    let incident = Incident::new();
    let until_settled = r#"command = ["sh", "-c", "test $BACKTRACKCTL_PHASE != settled"]"#;
    replace(&incident, PAUSED, until_settled);
    let outcome = incident.rewind(&[]).expect(32);
    assert!(outcome.stdout.contains("application still paused"), "{outcome:?}");
    assert_eq!(incident.lab.accepted().len(), 1);
    assert!(incident.lab.world().shop.paused);
    incident.assert_journal_verifies();
}

#[test]
fn an_application_that_cannot_be_paused_is_opened_again() {
    let incident = Incident::new();
    // It closes the shop and says that it did not.
    let half = r#"command = ["sh", "-c", "$BACKTRACKCTL_BIN lab shop pause; exit 1"]"#;
    replace(&incident, PAUSE, half);
    let outcome = incident.rewind(&[]).expect(10).outcome();
    assert!(
        outcome["message"]
            .as_str()
            .unwrap()
            .contains("could not be paused"),
        "{outcome}"
    );
    assert!(incident.lab.requests().is_empty());
    let shop = incident.lab.world().shop;
    assert!(!shop.paused && shop.changes.len() == 2, "{shop:?}");
    incident.assert_journal_verifies();
}

#[test]
fn an_application_that_goes_on_taking_orders_is_not_taken_for_paused() {
    let incident = Incident::new();
    replace(&incident, PAUSE, r#"command = ["true"]"#);
    incident.rewind(&[]).expect(10);
    assert!(incident.lab.requests().is_empty());
    assert!(!incident.lab.world().shop.paused);
}

#[test]
fn an_application_that_does_not_open_again_is_told_of_and_recover_tries_once_more() {
    let incident = Incident::new();
    replace(&incident, RESUME, &once_there("key", "resume"));
    let outcome = incident.rewind(&[]).expect(33).outcome();
    assert_eq!(outcome["outcome"], "resume_incomplete");
    assert_eq!(outcome["data_touched"], true);
    assert_eq!(outcome["still_paused"], json!(["shop"]));
    incident.recover(&[]).expect(33);
    assert!(incident.lab.world().shop.paused);

    incident.program.file("key", "");
    incident.recover(&[]).expect(0);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}

#[test]
fn an_application_that_does_not_open_again_after_a_refusal_is_told_of_too() {
    let incident = Incident::new();
    replace(&incident, RESUME, &once_there("key", "resume"));
    incident.lab.faults(&json!([
        {"action": "BacktrackDBCluster", "nth": 1, "fault": "error", "status": 400, "code": "InvalidDBClusterStateFault"},
    ]));
    let outcome = incident.rewind(&[]).expect(33).outcome();
    assert_eq!(outcome["data_touched"], false);
    assert_eq!(outcome["still_paused"], json!(["shop"]));

    incident.program.file("key", "");
    incident.recover(&[]).expect(10);
    assert!(!incident.lab.world().shop.paused);
    assert!(incident.lab.accepted().is_empty());
}

#[test]
fn a_probe_that_fails_keeps_the_shop_closed_until_it_passes_or_a_reason_is_given() {
    let incident = Incident::new();
    replace(&incident, CHECK, &once_there("key", "check"));
    let outcome = incident.rewind(&[]).expect(32).outcome();
    assert_eq!(outcome["outcome"], "verification_failed");
    assert_eq!(outcome["still_paused"], json!(["shop"]));
    assert!(incident.lab.world().shop.paused);

    incident.program.file("key", "");
    incident.recover(&[]).expect(0);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}

/// A script beside the runbook.
fn script(incident: &Incident, name: &str, what: &str) {
    use std::os::unix::fs::PermissionsExt;
    let text = format!("#!/bin/sh\nexec \"$BACKTRACKCTL_BIN\" lab shop {what}\n");
    let path = incident.program.file(name, &text);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn programs_beside_the_runbook_are_found_from_any_folder_by_recover_too() {
    let incident = Incident::new();
    script(&incident, "close", "pause");
    script(&incident, "open", "resume");
    let elsewhere = tempfile::tempdir().unwrap();
    // The value of env is not journaled: `recover` reads the file again.
    let close = "command = [\"./close\"]\nenv = { TOKEN = \"x\" }";
    let quick =
        drill_runbook("1s", "15s")
            .replacen(PAUSE, close, 1)
            .replacen(RESUME, r#"command = ["./open"]"#, 1);
    let runbook = incident.program.file("drill.toml", &quick);
    let start = |mut arguments: Vec<String>| {
        if arguments[0] == "run" {
            arguments[1] = runbook.display().to_string();
        }
        arguments.extend(["--yes".to_owned(), incident.lab.cluster.clone()]);
        Running::start(incident.program.command(arguments).current_dir(elsewhere.path())).finish()
    };
    start(incident.arguments(&["--hold"])).expect(20);
    let journal = String::from_utf8(incident.journal().bytes()).unwrap();
    let open = incident.program.home().join("open");
    assert!(journal.contains(open.to_str().unwrap()) && !journal.contains("./open"));
    start(incident.again("recover", &[])).expect(0);
    incident.assert_recovered();
}

#[test]
fn a_secret_of_the_runbook_is_nowhere_to_be_read() {
    const SECRET: &str = "correct-horse-battery";
    let incident = Incident::new();
    let loud = r#"command = ["sh", "-c", "echo token $TOKEN; exec $BACKTRACKCTL_BIN lab shop pause"]
env = { TOKEN = "$SHOP_TOKEN" }"#;
    replace(&incident, PAUSE, loud);
    assert_eq!(
        incident.rewind(&[]).expect(10).rules("block"),
        ["commands"],
        "the variable is not set"
    );
    std::fs::remove_dir_all(incident.program.journals()).unwrap();

    let arguments = incident.arguments(&["--hold", "-vvv", "--yes", &incident.lab.cluster]);
    let mut command = incident.program.command(arguments);
    let held = Running::start(command.env("SHOP_TOKEN", SECRET))
        .finish()
        .expect(20);
    let journal = String::from_utf8(incident.journal().bytes()).unwrap();
    let run = incident.journal().run();
    let report = incident
        .program
        .run(["report", &run, "--format", "json"])
        .expect(0);
    for text in [&held.stdout, &held.stderr, &journal, &report.stdout] {
        assert!(!text.contains(SECRET), "{text}");
    }
}
