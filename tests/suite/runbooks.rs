//! Runbooks whose commands do not do what they should, and files that are no runbooks.

use serde_json::json;

use crate::harness::{Incident, Program, Running, drill_runbook, shipped};

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

/// A runbook in which nearly every line is wrong.
const FAULTY: &str = r#"nmae = "orders"
description = 7
owner = "dba"

[policy]
margin = 120
greatest_discard = "100h"
setling = "5s"
tolerance = "soon"

[[policy.freeze]]
days = ["fri", "fry", "fri"]
from = "8:00"
to = "25:00"
zone = "Europe/Pariss"

[[pause]]
name = "shop"
[pause.pause]
command = []
timeout = "0s"
[pause.resume]
command = ["kubectl", "$BACKTRACKCTL_CLUSTR", "$BACKTRACKCTL_EFFECTIVE"]
manual = "and by hand"
[pause.resumed]
http = "ftp://shop/health"
status = 999

[[pause]]
name = "shop"
pause = "stop it"
[pause.resume]
comand = ["true"]
timeout = 5
env = { "NO NAME" = "x" }

[[probe]]
name = "orders"
http = "http://127.0.0.1/health"
contain = "ok"

[[probe]]
name = "orders"
question = ""
env = { TOKEN = "x" }

[wording]
pause = 3
confrm = "really"
"#;

/// Each fault of it in the file's order: line, column, and what is said.
const FAULTS: [(u64, u64, &str); 34] = [
    (1, 1, "expected the key `name`, got none"),
    (1, 1, "unknown key `nmae`"),
    (2, 15, "expected a string for `description`, got the integer 7"),
    (3, 1, "unknown key `owner`"),
    (
        6,
        10,
        "expected a duration such as \"2m\" for `margin`, got the integer 120",
    ),
    (
        7,
        20,
        "expected at most \"72h\" for `greatest_discard`, got \"100h\"",
    ),
    (8, 1, "unknown key `setling`"),
    (
        9,
        13,
        "expected a duration such as \"2m\" for `tolerance`, got \"soon\"",
    ),
    (11, 1, "expected the key `reason`, got none"),
    (12, 16, "expected a day for `days`, got \"fry\""),
    (12, 23, "expected each day once, got \"fri\" twice"),
    (
        13,
        8,
        "expected a time such as \"08:00\" for `from`, got the string \"8:00\"",
    ),
    (
        14,
        6,
        "expected a time such as \"08:00\" for `to`, got the string \"25:00\"",
    ),
    (
        15,
        8,
        "expected a time zone of the IANA database for `zone`, got \"Europe/Pariss\"",
    ),
    (20, 11, "expected a program for `command`, got an empty list"),
    (21, 11, "expected at least \"1s\" for `timeout`, got \"0s\""),
    (23, 23, "unknown variable `BACKTRACKCTL_CLUSTR`"),
    (
        23,
        47,
        "expected a variable that is always set, got `BACKTRACKCTL_EFFECTIVE`",
    ),
    (
        24,
        1,
        "expected one of `command`, `manual`, got `command` and `manual`",
    ),
    (
        26,
        8,
        "expected a URL of http or https for `http`, got the scheme `ftp`",
    ),
    (
        27,
        10,
        "expected a whole number from 100 to 599 for `status`, got the integer 999",
    ),
    (30, 8, "expected each name once, got \"shop\" twice"),
    (31, 9, "expected a table for `pause`, got the string \"stop it\""),
    (32, 1, "expected one of `command`, `manual`, got none"),
    (33, 1, "unknown key `comand`"),
    (
        34,
        11,
        "expected a duration such as \"2m\" for `timeout`, got the integer 5",
    ),
    (35, 9, "expected the name of a variable in `env`, got \"NO NAME\""),
    (37, 1, "expected the key `status`, got none"),
    (40, 1, "unknown key `contain`"),
    (43, 8, "expected each name once, got \"orders\" twice"),
    (44, 12, "expected words for `question`, got a blank string"),
    (45, 1, "expected no `env` beside `question`, got one"),
    (48, 9, "expected a string for `pause`, got the integer 3"),
    (49, 1, "unknown key `confrm`"),
];

#[test]
fn all_faults_of_a_runbook_are_shown_at_once_in_the_files_order() {
    let program = Program::new();
    program.file("faulty.toml", FAULTY);
    let json = program
        .run(["check", "faulty.toml", "--output", "json"])
        .expect(3);
    let found: Vec<_> = json
        .lines()
        .iter()
        .map(|fault| {
            let message = fault["message"].as_str().unwrap().to_owned();
            (
                fault["line"].as_u64().unwrap(),
                fault["column"].as_u64().unwrap(),
                message,
            )
        })
        .collect();
    let expected = FAULTS.map(|(line, column, message)| (line, column, message.to_owned()));
    assert_eq!(found, expected);

    // Each with its line of the file, and a mark under the text; a run that is given the file says them all too.
    let shown = program.run(["check", "faulty.toml"]).expect(3).stdout;
    let mut rest = shown.as_str();
    for (line, column, message) in FAULTS {
        let place = format!("[faulty.toml:{line}:{column}]");
        let (_, after) = rest
            .split_once(&place)
            .unwrap_or_else(|| panic!("no {place} {message}: {shown}"));
        rest = after;
        let text = FAULTY.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
        let key = text.split('=').next().unwrap();
        let marked = after.lines().skip_while(|shown| !shown.contains(key)).nth(1);
        assert!(
            marked.is_some_and(|mark| mark.contains(['─', '▲'])),
            "{place} {message}: {marked:?}"
        );
    }
    let run = [
        "run",
        "faulty.toml",
        "--cluster",
        "orders",
        "--to",
        "2026-01-01T00:00:00Z",
    ];
    let refused = program.run(run).expect(2);
    for (line, column, message) in FAULTS {
        let said = format!("faulty.toml:{line}:{column}: {message}");
        assert!(refused.stderr.contains(&said), "{said}: {}", refused.stderr);
    }
}

#[test]
fn several_faults_of_the_syntax_are_shown_at_once() {
    let program = Program::new();
    program.file(
        "broken.toml",
        "name = orders\n[policy\nmargin = \"0s\"\nx = = 1\n",
    );
    let found = program
        .run(["check", "broken.toml", "--output", "json"])
        .expect(3)
        .lines();
    let mut lines: Vec<_> = found
        .iter()
        .map(|fault| fault["line"].as_u64().unwrap())
        .collect();
    assert!(lines.is_sorted(), "{found:?}");
    lines.dedup();
    assert_eq!(lines, [1, 2, 4], "{found:?}");
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
fn a_variable_that_is_not_set_is_told_of_before_the_pause() {
    let incident = Incident::new();
    replace(
        &incident,
        PAUSE,
        &format!("{PAUSE}\nenv = {{ TOKEN = \"$SHOP_TOKEN\" }}"),
    );
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
