//! `[database]`, and what is asked by SQL.

use super::{assert_faults, parse};
use crate::domain::runbook::{Amount, Check, Database, Expect, Password, Sql, Step, Trust, Wanted};

const DATABASE: &str = "name = \"x\"\n[database]\nuser = \"me\"\npassword = { env = \"PW\" }\n";

fn read(text: &str) -> crate::domain::runbook::Runbook {
    parse(text, "r.toml").unwrap_or_else(|faults| panic!("{}", faults.lines()))
}

#[test]
fn a_database_is_read_with_its_defaults() {
    let database = read(DATABASE).database.unwrap();
    assert_eq!(
        database,
        Database {
            user: "me".to_owned(),
            password: Password::Env("PW".to_owned()),
            schema: None,
            ca: Trust::Rds,
            keep: Vec::new(),
            host: None,
            port: None,
        }
    );
    let whole = "name = \"x\"\n[database]\nuser = \"me\"\npassword.secret = \"managed\"\nschema = \"shop\"\n\
                 ca = \"ca.pem\"\nkeep = [\"monitoring\"]\nhost = \"db\"\nport = 3307";
    let database = read(whole).database.unwrap();
    assert_eq!(database.password, Password::Managed);
    assert_eq!(database.ca, Trust::File("ca.pem".to_owned()));
    assert_eq!(
        (database.keep, database.port),
        (vec!["monitoring".to_owned()], Some(3307))
    );
}

#[test]
fn files_are_looked_for_from_the_runbooks_own_folder() {
    let text = "name = \"x\"\n[database]\nuser = \"me\"\npassword.file = \"pw\"\nca = \"./ca.pem\"";
    let rooted = read(text)
        .rooted(std::path::Path::new("/srv/books"))
        .database
        .unwrap();
    assert_eq!(rooted.password, Password::File("/srv/books/pw".to_owned()));
    assert_eq!(rooted.ca, Trust::File("/srv/books/ca.pem".to_owned()));
}

#[test]
fn a_password_in_the_file_is_refused_and_shown_nowhere() {
    for password in [
        "\"hunter2\"",
        "{ env = \"hunter2!\" }",
        "{ file = 3, iam = false, env = \"$hunter2!\" }",
    ] {
        let text = format!("name = \"x\"\n[database]\nuser = \"me\"\npassword = {password}\nzzz = 1");
        let faults = parse(&text, "r.toml").unwrap_err();
        for shown in [faults.lines(), faults.render(false, 100)] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}

#[test]
fn every_fault_of_a_database_is_told_at_once() {
    assert_faults(&[
        (
            "name = \"x\"\n[database]\npassword = \"p\"\nca = \"rsd\"\nport = 0\nhost = \"a/b\"\nkeep = \"x\"\nusr = \"me\"",
            &[
                "2:1: expected the key `user`, got none (user = \"backtrackctl\")",
                "3:12: expected where the `password` is kept, got a string (password = { env = \"DB_PASSWORD\" }, or file \
                 = \"…\", secret = \"managed\", iam = true; never the password itself)",
                "4:6: expected an authority for `ca`, got \"rsd\" (\"rds\", a path to a PEM file, or \"none\" for a server \
                 on the loopback)",
                "5:8: expected a whole number from 1 to 65535 for `port`, got the integer 0",
                "6:8: expected the name or address of a host for `host`, got something else (its port is the key `port`, \
                 its user the key `user`)",
                "7:8: expected a list for `keep`, got the string \"x\" (keep = [\"monitoring\"])",
                "8:1: unknown key `usr` (did you mean `user`?)",
            ],
        ),
        (
            "name = \"x\"\n[database]\nuser = \"me\"\npassword = { iam = true, env = \"A\" }\nca = \"none\"\nhost = \"db.example.com\"",
            &[
                "4:12: expected one of `env`, `file`, `secret`, `iam` for `password`, got several (password = { env = \
                 \"DB_PASSWORD\" }, or file = \"…\", secret = \"managed\", iam = true; never the password itself)",
                "5:6: expected `ca` for a server off the loopback, got \"none\" for \"db.example.com\" (a password would \
                 be readable on its way)",
            ],
        ),
        (
            "name = \"x\"\n[database]\nuser = \"me\"\npassword.iam = true\nca = \"none\"\nhost = \"::1\"",
            &["4:1: expected `ca` beside `iam`, got \"none\" (a token goes over TLS only)"],
        ),
    ]);
}

#[test]
fn what_is_asked_by_sql_is_read() {
    let amount = |text: &str| Amount::parse(text).unwrap();
    for (expect, expected) in [
        ("{ equals = 7 }", Expect::Equals(Wanted::Number(amount("7")))),
        ("{ equals = \"7\" }", Expect::Equals(Wanted::Text("7".to_owned()))),
        ("{ at_least = -1 }", Expect::AtLeast(amount("-1"))),
        ("{ at_most = \"1.50\" }", Expect::AtMost(amount("1.5"))),
        ("{ between = [1, 9] }", Expect::Between(amount("1"), amount("9"))),
        ("\"rows\"", Expect::Rows),
        ("\"no rows\"", Expect::NoRows),
        ("\"recorded\"", Expect::Recorded),
    ] {
        let text = format!(
            "{DATABASE}[[probe]]\nname = \"a\"\nsql = \"SELECT 1\"\nexpect = {expect}\ntimeout = \"3s\""
        );
        let sql = Sql {
            query: "SELECT 1".to_owned(),
            expect: expected,
            timeout_s: 3,
        };
        assert_eq!(read(&text).probes[0].check, Check::Sql(sql), "{expect}");
    }
}

#[test]
fn a_drain_has_nothing_to_reopen_and_quiet_is_a_check() {
    let text = format!("{DATABASE}[[pause]]\nname = \"s\"\npause.drain = true\npaused.quiet = \"5s\"");
    let item = read(&text).pause.remove(0);
    assert_eq!(
        (item.pause, item.resume, item.resumed),
        (Step::Drain, Step::Nothing, None)
    );
    assert_eq!(
        item.paused,
        Some(Check::Quiet {
            apart_s: 5,
            timeout_s: 60
        })
    );
}

#[test]
fn what_is_asked_by_sql_in_the_wrong_way_is_refused() {
    let probe = |rest: &str| format!("{DATABASE}[[probe]]\nname = \"a\"\n{rest}");
    let faults = |text: &str| super::faults(text);
    for (rest, words) in [
        ("sql = \"DELETE FROM t\"\nexpect = \"rows\"", "only reads"),
        ("sql = \"SELECT 1\"", "expected the key `expect`, got none"),
        (
            "sql = \"SELECT 1\"\nexpect = \"row\"",
            "expected what passes for `expect`",
        ),
        (
            "sql = \"SELECT 1\"\nexpect = { at_least = 1.5 }",
            "expected a number for `at_least`",
        ),
        (
            "sql = \"SELECT 1\"\nexpect = { between = [9, 1] }",
            "the lesser number first",
        ),
        (
            "sql = \"SELECT 1\"\nexpect = { between = [1] }",
            "expected two numbers",
        ),
        ("sql = \"SELECT 1\"\nexpect = {}", "got none"),
        (
            "sql = \"SELECT 1\"\nexpect = { equals = 1, at_most = 2 }",
            "got several",
        ),
        (
            "sql = \"SELECT 1\"\nexpect = \"rows\"\nenv = { A = \"b\" }",
            "expected no `env` beside `sql`",
        ),
        ("quiet = \"0s\"", "expected at least \"1s\" for `quiet`"),
        (
            "quiet = \"5s\"\nstatus = 200",
            "expected no `status` beside `quiet`",
        ),
        (
            "command = [\"a\"]\nexpect = \"rows\"",
            "expected no `expect` beside `command`",
        ),
    ] {
        let found = faults(&probe(rest));
        assert!(found.len() == 1 && found[0].contains(words), "{rest}: {found:?}");
    }
    let drain = format!("{DATABASE}[[pause]]\nname = \"s\"\npause.drain = true\nresume.manual = \"m\"");
    assert!(faults(&drain)[0].contains("expected no `resume` beside `drain`"));
    let drain = format!("{DATABASE}[[pause]]\nname = \"s\"\npause.drain = false");
    assert!(faults(&drain)[0].contains("expected true for `drain`"));
    let none = "name = \"x\"\n[[probe]]\nname = \"a\"\nsql = \"SELECT 1\"\nexpect = \"rows\"";
    assert_eq!(
        super::faults(none),
        [
            "2:1: expected [database] for what is asked by SQL, got none ([database] with user and password, once in the file)"
        ]
    );
}
