//! `run --locate`: from the log to a verified rewind, and where nothing is taken without a person.

use serde_json::{Value, json};

use super::{hurt, target};
use crate::harness::{Finished, Lab, QUICK, stamp, whole_second};
use crate::place::{CLUSTER, Place};

fn run_located(place: &Place, more: &[&str]) -> Finished {
    let runbook = crate::harness::shipped("drill.toml").display().to_string();
    let mut arguments = vec!["run", &runbook, "--lab", &place.lab.endpoint];
    arguments.extend([
        "--cluster",
        CLUSTER,
        "--locate",
        "--yes",
        CLUSTER,
        "--output",
        "json",
    ]);
    arguments.extend(more);
    place.run(&arguments)
}

/// What the run was opened with.
fn plan(place: &Place) -> Value {
    let run = place.run_id();
    let journal = place
        .program
        .journals()
        .join("runs")
        .join(run)
        .join("journal.jsonl");
    let text = std::fs::read_to_string(journal).unwrap();
    serde_json::from_str(text.lines().next().unwrap()).unwrap()
}

#[test]
fn a_run_finds_the_statement_and_goes_to_before_it() {
    let place = Place::new();
    let at = hurt(&place);
    let to = target(at);
    let ended = run_located(&place, &["--from", "-20m"]).expect(0);
    let outcome = ended.outcome();
    assert_eq!(outcome["requested"], json!(to), "{outcome}");
    let before = whole_second(at - chrono::TimeDelta::seconds(1));
    let backtrack = place.lab.world().ours()[0].effective;
    assert_eq!(stamp(backtrack), stamp(before));
    assert_eq!(place.accepted(), 1);
    assert_eq!(place.shop(), (false, 2));

    let located = plan(&place)["located"].clone();
    assert_eq!(located["statement"], "DELETE FROM orders");
    assert_eq!(located["by_a_person"], false);
    let file = located["file"].as_str().unwrap();
    let digest = sha256(file);
    assert_eq!(located["sha256"], json!(digest));
    // The shipped runbook asks no database: nothing is claimed.
    assert!(
        ended.stderr.contains("NOT VERIFIED: the damage to shop.orders"),
        "{ended:?}"
    );
    let report = place.run(&["report", &place.run_id()]).expect(0).stdout;
    for part in [
        "## Located statement",
        "DELETE FROM orders",
        &digest,
        "before the statement",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

#[test]
fn damage_that_a_backtrack_undid_is_not_undone_twice() {
    let place = Place::new();
    hurt(&place);
    run_located(&place, &["--from", "-20m"]).expect(0);
    place.lab.advance(60);
    let again = run_located(&place, &["--from", "-20m"]).expect(10);
    for part in [
        "every candidate was undone by a backtrack already",
        "DELETE FROM orders",
        "undone by the backtrack to ",
        "the cluster was not touched",
    ] {
        assert!(again.stderr.contains(part), "{part}: {again:?}");
    }
    assert_eq!(place.accepted(), 1);

    // Whoever looks for it is told, and what is done since is found beside it.
    let listed = super::locate(&place, &["--from", "-20m"]).expect(0);
    let candidate = &listed.of_kind("candidate")[0];
    assert!(candidate["undone_by"]["backtrack"].is_string(), "{candidate}");
    assert_eq!(listed.of_kind("suggestion")[0]["target"], json!(null));
    assert_eq!(listed.of_kind("suggestion")[0]["backtracks"]["read"], true);
    let at = hurt(&place);
    let both = super::locate(&place, &["--from", "-20m"]).expect(0);
    let undone: Vec<bool> = both
        .of_kind("candidate")
        .iter()
        .map(|candidate| candidate["undone_by"].is_object())
        .collect();
    assert_eq!(undone, [false, true]);
    assert_eq!(both.of_kind("suggestion")[0]["target"], json!(target(at)));
    run_located(&place, &["--from", "-20m"]).expect(0);
    assert_eq!(place.accepted(), 2);
}

#[test]
fn damage_that_came_back_by_a_way_forward_is_found_again() {
    let place = Place::new();
    let at = hurt(&place);
    run_located(&place, &["--from", "-20m"]).expect(0);
    let run = place.run_id();
    // The damage is back, as was asked for: the verification says so.
    place
        .run(&[
            "forward", &run, "--to", "origin", "--yes", CLUSTER, "--reason", "keep it",
        ])
        .expect(32);
    place.lab.advance(10);
    let found = super::locate(&place, &["--from", "-20m"]).expect(0);
    assert_eq!(found.of_kind("candidate")[0]["undone_by"], json!(null));
    assert_eq!(found.of_kind("suggestion")[0]["target"], json!(target(at)));
}

#[test]
fn where_backtracks_cannot_be_read_it_is_said_and_nothing_is_taken() {
    let place = Place::new();
    let at = hurt(&place);
    let denied = json!([{"action": "DescribeDBClusterBacktracks", "every": 1, "fault": "error", "status": 403, "code": "AccessDenied"}]);
    place.lab.faults(&denied);
    let refused = run_located(&place, &["--from", "-20m"]).expect(10);
    assert!(
        refused
            .stderr
            .contains("has undone the damage already is not known")
            && refused.stderr.contains("AccessDenied")
            && refused.stderr.contains(&format!("--to {}", target(at))),
        "{refused:?}"
    );
    let found = super::locate(&place, &["--from", "-20m"]).expect(0);
    let suggestion = &found.of_kind("suggestion")[0];
    assert_eq!(suggestion["backtracks"]["read"], false);
    assert_eq!(suggestion["target"], json!(target(at)));
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
}

fn sha256(file: &str) -> String {
    let said = std::process::Command::new("sha256sum")
        .arg(file)
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    text.split(' ').next().unwrap().to_owned()
}

#[test]
fn on_real_rows_the_damage_is_looked_for_and_found_to_be_gone() {
    let place = Place::on(Lab::with_real_rows());
    let began = place.now();
    crate::harness::eventually("some history", || {
        (place.now() - began > chrono::TimeDelta::seconds(7)).then_some(())
    });
    let at = place.lab.hurt("drop_table");
    crate::harness::eventually("its line in the log", || {
        (place.now() - at > chrono::TimeDelta::seconds(2)).then_some(())
    });
    let runbook = crate::harness::shipped("drill-sql.toml").display().to_string();
    let from = stamp(whole_second(at - chrono::TimeDelta::seconds(4)));
    let ended = place
        .run(&[
            "run",
            &runbook,
            "--lab",
            &place.lab.endpoint,
            "--cluster",
            CLUSTER,
            "--locate",
            "--from",
            &from,
            "--yes",
            CLUSTER,
            "--output",
            "json",
        ])
        .expect(0);
    assert!(
        ended.stdout.contains("located damage: shop.orders is there"),
        "{ended:?}"
    );
    assert!(!ended.stderr.contains("NOT VERIFIED"), "{ended:?}");
    assert_eq!(place.shop(), (false, 2));
}

#[test]
fn what_is_not_covered_is_not_guessed() {
    let place = Place::new();
    hurt(&place);
    let denied = json!([{"action": "DownloadDBLogFilePortion", "nth": 2, "fault": "error", "status": 403, "code": "AccessDenied"}]);
    place.lab.faults(&denied);
    let refused = run_located(&place, &["--from", "-20m"]).expect(5);
    assert!(
        refused.stderr.contains("no target is taken without a person"),
        "{refused:?}"
    );
    assert!(
        refused.stderr.contains("AccessDenied") && refused.stderr.contains("--to TIME"),
        "{refused:?}"
    );
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
}

#[test]
fn without_a_candidate_nothing_is_rewound() {
    let place = Place::new();
    let refused = run_located(&place, &["--from", "-20m"]).expect(10);
    assert!(refused.stderr.contains("there is no candidate"), "{refused:?}");
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
}

#[test]
fn a_time_that_does_not_precede_the_statement_fails_the_verification() {
    let rewind = QUICK.replacen(
        "[rewind]",
        "[rewind]\nnearest = \"after\"\nnearest_s = 3\necho = \"effective\"",
        1,
    );
    let place = Place::on(Lab::with(&rewind));
    hurt(&place);
    let ended = run_located(&place, &["--from", "-20m"]).expect(32);
    assert!(ended.stdout.contains("before the statement"), "{ended:?}");
    assert!(ended.stdout.contains("after it: go further back"), "{ended:?}");
}

#[test]
fn no_secret_of_a_statement_reaches_the_journal_or_the_report() {
    let place = Place::new();
    let at = (place.now() - chrono::TimeDelta::minutes(2)).timestamp_micros();
    let log = format!(
        "{},w,deploy,10.0.9.9,7,0,CONNECT,shop,,0\n{at},w,deploy,10.0.9.9,7,9,QUERY,shop,'UPDATE users SET \
         password = \\'hunter2\\'',0\n{},w,app,10.0.9.9,8,10,QUERY,shop,'SELECT 1',0\n",
        at - 1_000_000,
        at + 1_000_000
    );
    let file = place.program.file("audit.log", &log).display().to_string();
    let ended = run_located(&place, &["--file", &file]);
    assert!(
        plan(&place)["located"]["statement"] == "UPDATE users SET password = '...'",
        "{ended:?}"
    );
    let report = place.run(&["report", &place.run_id()]).expect(0).stdout;
    let journal = std::fs::read_to_string(
        place
            .program
            .journals()
            .join("runs")
            .join(place.run_id())
            .join("journal.jsonl"),
    );
    for text in [&ended.stdout, &ended.stderr, &report, &journal.unwrap()] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn one_of_a_target_and_a_search_is_given() {
    let place = Place::new();
    let both = ["--to", "-2m"];
    let refused = run_located(&place, &both).expect(2);
    assert!(refused.stderr.contains("--to"), "{refused:?}");
    let neither = ["run", "--cluster", CLUSTER, "--lab", &place.lab.endpoint];
    place.run(&neither).expect(2);
    let stray = ["run", "--cluster", CLUSTER, "--to", "-2m", "--table", "orders"];
    place.run(&stray).expect(2);
}

#[test]
fn a_drill_goes_from_hurt_to_verified_by_the_log_alone() {
    for engine in ["memory", "mariadb"] {
        let program = crate::harness::Program::new();
        let played = program
            .run(["drill", "find-it", "--engine", engine, "--output", "json"])
            .expect(0);
        let lines = played.lines();
        let score = lines.iter().find(|line| line["kind"] == "score").unwrap();
        assert_eq!(score["passed"], true, "{score}");
        assert!(played.stdout.contains("before the statement"), "{played:?}");
    }
}

/// A log of statements, each so many minutes ago by an account, on a connection that begins with it.
fn log(place: &Place, statements: &[(i64, &str, &str)]) -> String {
    let now = place.now();
    let lines: Vec<String> = (1..)
        .zip(statements)
        .map(|(connection, (ago, user, sql))| {
            let at = (now - chrono::TimeDelta::minutes(*ago)).timestamp_micros();
            let before = at - 1000;
            format!(
                "{before},w,{user},10.0.9.9,{connection},0,CONNECT,shop,,0\n\
                 {at},w,{user},10.0.9.9,{connection},{connection},QUERY,shop,'{sql}',0\n"
            )
        })
        .collect();
    place
        .program
        .file("audit.log", &lines.concat())
        .display()
        .to_string()
}

#[test]
fn a_table_that_is_emptied_all_day_is_no_incident() {
    let place = Place::new();
    let file = log(
        &place,
        &[
            (123, "etl", "TRUNCATE TABLE staging_import"),
            (93, "etl", "TRUNCATE TABLE staging_import"),
            (63, "etl", "TRUNCATE TABLE staging_import"),
            (33, "etl", "TRUNCATE TABLE staging_import"),
            (3, "deploy", "DELETE FROM orders"),
            (2, "app", "SELECT 1"),
        ],
    );
    let ended = run_located(&place, &["--file", &file]).expect(0);
    let discarded = ended.outcome()["discarded_s"].as_i64().unwrap();
    assert!((175..300).contains(&discarded), "{discarded}");
}

#[test]
fn what_may_be_two_incidents_is_for_a_person() {
    let place = Place::new();
    for (earlier, why) in [
        (
            (40, "etl", "TRUNCATE TABLE staging_import"),
            "several accounts (deploy, etl)",
        ),
        (
            (4, "etl", "TRUNCATE TABLE staging_import"),
            "several accounts (deploy, etl)",
        ),
        (
            (40, "deploy", "DROP TABLE old_orders"),
            "more than 10 min lie between",
        ),
    ] {
        let file = log(
            &place,
            &[
                earlier,
                (3, "deploy", "DELETE FROM orders"),
                (2, "app", "SELECT 1"),
            ],
        );
        let refused = run_located(&place, &["--file", &file]).expect(10);
        for part in [
            why,
            "(1) ",
            "(2) ",
            "DELETE FROM orders, by deploy: --to 20",
            "--to TIME",
        ] {
            assert!(refused.stderr.contains(part), "{part}: {refused:?}");
        }
    }
    assert_eq!((place.accepted(), place.shop()), (0, (false, 0)));
    let file = log(
        &place,
        &[
            (9, "deploy", "DROP TABLE old_orders"),
            (3, "deploy", "DELETE FROM orders"),
            (2, "app", "SELECT 1"),
        ],
    );
    run_located(&place, &["--file", &file]).expect(0);
}
