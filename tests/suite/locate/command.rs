//! The command, through the real binary.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::logs::{T0, query};
use crate::harness::{Finished, Program};

/// A program with one audit log of these lines in its working directory.
fn with(lines: &[String]) -> Program {
    let program = Program::new();
    program.file("audit.log", &(lines.join("\n") + "\n"));
    program
}

fn json(program: &Program, more: &[&str]) -> Finished {
    let arguments = ["locate", "--file", "audit.log", "--output", "json"];
    program.run(arguments.iter().chain(more))
}

/// `SELECT 1` that many milliseconds after [`T0`]: a line that only says when.
fn quiet(ms: i64) -> String {
    query(ms, 3, "SELECT 1", 0)
}

#[test]
fn every_destructive_line_of_the_list_is_a_candidate_of_its_class() {
    for (object, class) in [
        ("DELETE FROM orders", "unbounded"),
        ("delete   from `orders`", "unbounded"),
        ("/* a */ /* b */ DELETE FROM orders", "unbounded"),
        ("UPDATE t SET note = \\'where is it\\'", "unbounded"),
        ("UPDATE t SET n = 1 -- where id=1", "unbounded"),
        ("DELETE FROM orders WHERE 1=1", "unbounded"),
        ("WITH x AS (SELECT 1) DELETE FROM orders", "unbounded"),
        ("ALTER TABLE orders DROP COLUMN total", "unbounded"),
        ("TRUNCATE orders", "unbounded"),
        ("/*!50000 DROP TABLE orders */", "unbounded"),
        ("RENAME TABLE orders TO old", "unbounded"),
        ("DELETE o FROM orders o JOIN x ON o.id = x.id", "unbounded"),
    ] {
        let line = format!("{T0},prod-1,app,10.0.1.5,7,100,QUERY,shop,'{object}',0");
        let program = with(&[quiet(-1000), line, quiet(1000)]);
        let found = json(&program, &[]).expect(0);
        let candidates = found.of_kind("candidate");
        assert_eq!(candidates.len(), 1, "{object}: {found:?}");
        let candidate = &candidates[0];
        assert_eq!(candidate["class"], class, "{object}: {candidate}");
        assert_eq!(
            (&candidate["line"], &candidate["time_us"], &candidate["file"]),
            (&json!(2), &json!(T0), &json!("audit.log"))
        );
        assert_eq!(candidate["statement"], object.replace("\\'", "'"));
        assert_eq!(
            found.of_kind("suggestion")[0]["target"],
            "2024-05-17T14:27:59Z",
            "{object}"
        );
    }
}

#[test]
fn no_harmless_line_of_the_list_is_a_candidate() {
    let program = with(&[
        query(0, 7, "INSERT INTO notes VALUES ('DELETE FROM orders')", 0),
        query(1000, 7, "DELETE FROM orders", 1064),
        query(2000, 7, "DROP TEMPORARY TABLE t", 0),
        query(3000, 7, "DELETE FROM orders WHERE id = 7", 0),
        query(4000, 8, "BEGIN", 0),
        query(4001, 8, "DELETE FROM orders", 0),
        query(4002, 8, "ROLLBACK", 0),
    ]);
    let found = json(&program, &[]).expect(0);
    assert!(found.of_kind("candidate").is_empty(), "{found:?}");
    let suggestion = &found.of_kind("suggestion")[0];
    assert_eq!(suggestion["target"], Value::Null);
    let text = program.run(["locate", "--file", "audit.log"]).expect(0).stdout;
    let said = "no destructive statement found in 7 lines of 1 files covering \
                2024-05-17 14:28:00.000000Z..2024-05-17 14:28:04.002000Z";
    assert!(text.contains(said), "{text}");
    assert!(!text.contains("backtrackctl run"), "{text}");
    let all = json(&program, &["--all"]).expect(0);
    assert_eq!(all.of_kind("candidate").len(), 2, "{all:?}");
}

#[test]
fn the_lines_are_candidates_in_rank_order_then_the_coverage_then_the_suggestion() {
    let program = with(&[
        query(0, 7, "UPDATE items SET n = 2 WHERE kind = 'x'", 0),
        query(5000, 7, "DELETE FROM orders WHERE id > 7", 0),
        query(9000, 9, "UPDATE orders SET total = 0", 0),
        "no line of a log".to_owned(),
    ]);
    let found = json(&program, &[]).expect(0);
    let lines = found.lines();
    let kinds: Vec<&Value> = lines.iter().map(|line| &line["kind"]).collect();
    assert_eq!(
        kinds,
        ["candidate", "candidate", "candidate", "coverage", "suggestion"]
    );
    let first = &lines[0];
    assert_eq!(first["class"], "unbounded");
    assert_eq!(
        (&first["user"], &first["host"], &first["tables"]),
        (&json!("app"), &json!("10.0.1.5"), &json!(["shop.orders"]))
    );
    assert_eq!(
        (&lines[1]["class"], &lines[2]["class"]),
        (&json!("wide"), &json!("bounded"))
    );
    let coverage = &lines[3];
    assert_eq!(
        (&coverage["lines"], &coverage["parsed"], &coverage["skipped"]),
        (&json!(4), &json!(3), &json!(1))
    );
    assert_eq!(coverage["files"][0]["file"], "audit.log");
    assert_eq!(
        (&coverage["from"], &coverage["to"], &coverage["complete"]),
        (
            &json!("2024-05-17T14:28:00.000000Z"),
            &json!("2024-05-17T14:28:09.000000Z"),
            &json!(true)
        )
    );
    // Before the earlier of the two that are bad, though it is the second in rank.
    assert_eq!(lines[4]["target"], "2024-05-17T14:28:04Z");
}

#[test]
fn people_read_what_why_who_and_where_and_paste_the_run() {
    let program = with(&[
        query(0, 7, "BEGIN", 0),
        query(1500, 7, "DELETE FROM orders", 0),
        query(2500, 7, "COMMIT", 0),
        query(3000, 8, "INSERT INTO orders VALUES (1)", 0),
    ]);
    let text = program.run(["locate", "--file", "audit.log"]).expect(0);
    for said in [
        "1  2024-05-17 14:28:01.500000Z unbounded, committed",
        "DELETE FROM orders",
        "why: ",
        "app@10.0.1.5, connection 7 on prod-1; tables: shop.orders",
        "commit 2024-05-17 14:28:02.500000Z",
        "audit.log:2",
        "\n  backtrackctl run --cluster ID --to 2024-05-17T14:28:00Z\n",
        "1 statement that wrote (tables: shop.orders 1; accounts: app 1)",
        "audit.log: Aurora's audit log, 4 lines",
    ] {
        assert!(text.stdout.contains(said), "{said:?}: {text:?}");
    }
    assert!(text.stderr.contains("seen, still searching: "), "{text:?}");
}

#[test]
fn a_statement_cannot_steer_a_terminal() {
    let program = with(&[query(0, 7, "DELETE FROM orders /* \u{1b}[2J\u{9b}1m */", 0)]);
    let text = program
        .run(["locate", "--file", "audit.log", "--color", "never"])
        .expect(0);
    assert!(text.stdout.contains("DELETE FROM orders"), "{text:?}");
    for said in [&text.stdout, &text.stderr] {
        assert!(!said.contains(['\u{1b}', '\u{9b}']), "{said:?}");
    }
}

#[test]
fn an_interval_that_the_logs_do_not_cover_ends_with_5_and_shows_what_was_found() {
    let program = with(&[
        quiet(0),
        query(60_000, 7, "DELETE FROM orders", 0),
        quiet(120_000),
    ]);
    let within = ["--from", "2024-05-17T14:28:30Z", "--to", "2024-05-17T14:30:00Z"];
    let found = json(&program, &within).expect(0);
    assert_eq!(found.of_kind("candidate").len(), 1);
    let beyond = ["--from", "2024-05-17T14:28:30Z", "--to", "2024-05-17T15:00:00Z"];
    let found = json(&program, &beyond).expect(5);
    assert_eq!(found.of_kind("candidate").len(), 1);
    assert_eq!(found.of_kind("coverage")[0]["complete"], false);
    let text = program
        .run(["locate", "--file", "audit.log"].iter().chain(&beyond))
        .expect(5);
    let missing = "2024-05-17 14:30:00.000000Z..2024-05-17 15:00:00.000000Z";
    assert!(
        text.stdout.contains(&format!("NOT COVERED: {missing}")),
        "{text:?}"
    );
    assert!(text.stderr.contains(missing), "{text:?}");
    let never = json(
        &program,
        &["--from", "2023-01-01T00:00:00Z", "--to", "2023-01-02T00:00:00Z"],
    );
    let never = never.expect(5);
    assert!(never.of_kind("candidate").is_empty(), "{never:?}");
}

#[test]
fn a_log_without_a_line_covers_nothing() {
    let program = Program::new();
    program.file("audit.log", "");
    let text = program.run(["locate", "--file", "audit.log"]).expect(5);
    assert!(!text.stdout.contains("no destructive statement"), "{text:?}");
    assert!(text.stdout.contains("nothing can be said"), "{text:?}");
}

#[test]
fn a_file_that_cannot_be_read_ends_with_4_and_the_others_are_searched() {
    let program = with(&[query(0, 7, "DELETE FROM orders", 0)]).that_obeys_permissions();
    let shut = program.file("shut.log", "");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
    std::fs::set_permissions(shut, mode).unwrap();
    let found = json(&program, &["--file", "shut.log"]).expect(4);
    assert_eq!(found.of_kind("candidate").len(), 1, "{found:?}");
    assert_eq!(found.of_kind("coverage")[0]["complete"], false);
    assert!(found.stderr.contains("shut.log"), "{found:?}");
    let missing = program.run(["locate", "--file", "nowhere.log"]).expect(4);
    assert!(missing.stderr.contains("nowhere.log"), "{missing:?}");
}

#[test]
fn a_binary_file_is_named_as_such_and_ends_with_4() {
    let program = with(&[quiet(0)]);
    std::fs::write(program.home().join("ibdata1"), b"\x00\x01\x02\n\x00\xff\xfe\n").unwrap();
    let text = program
        .run(["locate", "--file", "audit.log", "ibdata1"])
        .expect(4);
    assert!(text.stdout.contains("it is binary"), "{text:?}");
    assert!(text.stderr.contains("ibdata1"), "{text:?}");
}

#[test]
fn gzip_and_a_cut_gzip_are_told_apart() {
    let lines: Vec<String> = (0..2000)
        .map(|at| query(at, 7, &format!("DELETE FROM t{at}"), 0))
        .collect();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    let program = Program::new();
    std::fs::write(program.home().join("audit.log"), &bytes).unwrap();
    let whole = json(&program, &[]).expect(0);
    assert_eq!(whole.of_kind("candidate").len(), 2000);
    std::fs::write(program.home().join("audit.log"), &bytes[..bytes.len() - 40]).unwrap();
    let cut = json(&program, &[]).expect(4);
    assert_eq!(cut.of_kind("coverage")[0]["complete"], false);
    assert!(!cut.of_kind("candidate").is_empty());
}

#[test]
fn logs_in_local_time_are_refused_without_a_zone_and_read_with_one() {
    let program = Program::new();
    program.file(
        "audit.log",
        "20240517 16:28:00,prod-1,app,10.0.1.5,7,100,QUERY,shop,'DELETE FROM orders',0\n",
    );
    let refused = json(&program, &[]).expect(4);
    assert!(refused.stderr.contains("--zone"), "{refused:?}");
    let found = json(&program, &["--zone", "Europe/Berlin"]).expect(0);
    assert_eq!(found.of_kind("candidate")[0]["time_us"], T0);
    // The zone serves the interval, too.
    let none = json(
        &program,
        &[
            "--zone",
            "Europe/Berlin",
            "--from",
            "2024-05-17 16:28:00",
            "--to",
            "2024-05-17 16:28:00",
        ],
    );
    assert_eq!(none.expect(0).of_kind("candidate").len(), 1);
}

#[test]
fn each_filter_chooses_and_the_threads_do_not() {
    let program = with(&[
        query(0, 7, "DELETE FROM orders", 0),
        query(1000, 7, "TRUNCATE crm.people", 0).replace(",app,10.0.1.5,", ",bob,10.9.9.9,"),
        query(2000, 7, "UPDATE items SET note = 'Find me'", 0),
    ]);
    for (filter, value, line) in [
        ("--user", "bob", 2),
        ("--host", "10.9.9.9", 2),
        ("--table", "shop.orders", 1),
        ("--schema", "crm", 2),
        ("--kind", "update", 3),
        ("--text", "find ME", 3),
    ] {
        let found = json(&program, &[filter, value]).expect(0);
        let lines: Vec<Value> = found
            .of_kind("candidate")
            .iter()
            .map(|each| each["line"].clone())
            .collect();
        assert_eq!(lines, [json!(line)], "{filter}");
    }
    let none = program
        .run(["locate", "--file", "audit.log", "--table", "nosuch"])
        .expect(0);
    assert!(
        none.stdout
            .contains("no destructive statement that fits what was asked found in 3 lines of 1 files"),
        "{none:?}"
    );
    let one = json(&program, &["--threads", "1"]).expect(0);
    assert_eq!(one.stdout, json(&program, &["--threads", "7"]).expect(0).stdout);
}

#[test]
fn a_wrong_call_is_a_usage_error_and_reads_nothing() {
    let program = with(&[quiet(0)]);
    for wrong in [
        ["--from", "yesterday-ish"],
        ["--from", "2024-05-17 14:28:00"],
        ["--to", "origin"],
        ["--zone", "CEST"],
        ["--kind", "select"],
        ["--threads", "0"],
    ] {
        let refused = json(&program, &wrong).expect(2);
        assert_eq!(refused.stdout, "", "{wrong:?}");
        assert!(refused.stderr.contains(wrong[0]), "{wrong:?}: {refused:?}");
    }
    json(
        &program,
        &["--from", "2024-05-17T15:00:00Z", "--to", "2024-05-17T14:00:00Z"],
    )
    .expect(2);
    program.run(["locate"]).expect(2);
}
