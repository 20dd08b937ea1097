//! Statements of a runbook: what passes, and what never does any harm.

use std::fmt::Write as _;

use crate::harness::{Mariadb, eventually};

use super::bench::{Bench, ORDERS, verified};

/// A probe that fails after the rewind: the application stays paused.
#[track_caller]
fn fails(bench: &Bench, words: &str) {
    bench.incident.rewind(&[]).expect(32);
    let (passed, said) = verified(&bench.incident, "rows");
    assert!(!passed && said.contains(words), "{said:?}");
}

fn probe(sql: &str, expect: &str) -> String {
    format!("\n[[probe]]\nname = \"rows\"\nsql = \"{sql}\"\nexpect = {expect}\ntimeout = \"10s\"\n")
}

#[test]
fn what_is_expected_of_an_answer_passes_and_both_values_are_told() {
    let bench = Bench::new(Mariadb::start(), "");
    let section = bench.server.section();
    let mut probes = String::new();
    for (name, sql, expect) in [
        ("rows", "SELECT COUNT(*) FROM orders", "{ at_least = 3 }"),
        (
            "equal",
            "SELECT item FROM orders WHERE id = 1",
            "{ equals = 'a' }",
        ),
        (
            "most",
            "SELECT COUNT(*) FROM orders WHERE item IS NULL",
            "{ at_most = 0 }",
        ),
        ("between", "SELECT 2.50", "{ between = [2, '2.5'] }"),
        ("some", "SHOW TABLES", "\"rows\""),
        ("none", "SELECT * FROM orders WHERE id > 100", "\"no rows\""),
        ("described", "DESCRIBE orders", "\"rows\""),
    ] {
        writeln!(
            probes,
            "[[probe]]\nname = {name:?}\nsql = {sql:?}\nexpect = {expect}"
        )
        .unwrap();
    }
    bench.runbook(&section, &probes);
    bench.incident.rewind(&[]).expect(0);
    bench.incident.assert_recovered();
    assert_eq!(
        verified(&bench.incident, "rows"),
        (true, "expected at least 3, got 3".to_owned())
    );
    assert_eq!(
        verified(&bench.incident, "between"),
        (true, "expected 2 to 2.5, got 2.50".to_owned())
    );
}

#[test]
fn an_answer_that_is_not_as_expected_keeps_the_application_paused() {
    let bench = Bench::new(
        Mariadb::start(),
        &probe("SELECT COUNT(*) FROM orders", "{ equals = 4 }"),
    );
    fails(&bench, "expected 4, got 3");
    assert!(bench.incident.lab.world().shop.paused);
}

#[test]
fn a_query_that_never_ends_is_ended_and_is_never_a_pass() {
    let bench = Bench::new(Mariadb::start(), &probe("SELECT SLEEP(1000)", "{ equals = 0 }"));
    fails(&bench, "no whole answer within 10 s; it was ended by KILL QUERY");
    let left = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'backtrackctl'";
    // A server learns of a connection's end a little after the client has ended.
    eventually("no session that is left", || {
        (bench.server.value(left) == "0").then_some(())
    });
}

#[test]
fn no_more_than_a_thousand_rows_and_a_mebibyte_are_read() {
    let sql =
        "SELECT a.id FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h";
    let bench = Bench::new(
        Mariadb::start(),
        &probe(sql, "\"recorded\"").replace("\"recorded\"", "{ equals = 1 }"),
    );
    fails(&bench, "more than 1000 rows");
    let bench = Bench::new(
        Mariadb::start(),
        &probe("SELECT REPEAT('x', 3000000)", "{ equals = 'x' }"),
    );
    fails(&bench, "larger than 1 MiB");
    // Whether there are rows is known from the first.
    let bench = Bench::new(Mariadb::start(), &probe(sql, "\"rows\""));
    bench.incident.rewind(&[]).expect(0);
}

#[test]
fn a_write_that_hides_in_a_function_is_refused_by_the_server_and_nothing_is_written() {
    let server = Mariadb::start();
    server.run(&[
        "CREATE FUNCTION shop.sly() RETURNS INT MODIFIES SQL DATA BEGIN INSERT INTO shop.orders (item) VALUES ('x'); RETURN 1; END",
    ]);
    let bench = Bench::new(server, &probe("SELECT sly()", "{ equals = 1 }"));
    fails(&bench, "1792");
    assert_eq!(bench.server.value("SELECT COUNT(*) FROM shop.orders"), "3");
}

#[test]
fn a_statement_that_does_not_only_read_is_refused_with_the_runbook() {
    let bench = Bench::new(Mariadb::start(), "");
    let section = bench.server.section();
    for sql in [
        "DELETE FROM orders",
        "SELECT 1; DELETE FROM orders",
        "SELECT * FROM orders INTO OUTFILE '/tmp/x'",
        "WITH x AS (SELECT 1) DELETE FROM orders",
    ] {
        bench.runbook(&section, &probe(sql, "\"rows\""));
        let refused = bench.incident.rewind(&[]).expect(2);
        assert!(refused.stderr.contains("only reads"), "{refused:?}");
    }
    assert!(bench.incident.lab.calls().is_empty());
}

#[test]
fn connections_that_the_rewind_cuts_are_made_again() {
    let mut bench = Bench::at_work(Mariadb::start(), &format!("{ORDERS}{}", super::bench::DRAIN));
    bench
        .server
        .run(&["GRANT CONNECTION ADMIN ON *.* TO backtrackctl@'%'"]);
    let running = bench.incident.start(&[]);
    bench.incident.until_accepted();
    bench.server.restart();
    bench.incident.aws_completes();
    running.finish().expect(0);
    assert!(verified(&bench.incident, "rows").0);
}
