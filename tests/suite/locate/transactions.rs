//! What lasted, and what the target is.

use super::logs::{T0, audit, event, only, query, statements};
use backtrackctl::locate::{Query, Room};

/// What the search says of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// It is no candidate.
    Unlisted,
    /// `committed` is null.
    Open,
    /// `committed` is true.
    Lasting,
    /// `committed` is false.
    Undone,
}

use Fate::{Lasting, Open, Undone, Unlisted};

/// The fate of a single DELETE among these statements on connection 7.
fn fate(statements: &[&str]) -> Fate {
    let numbered = (0_i64..).zip(statements);
    let mut lines: Vec<String> = numbered
        .map(|(at, sql)| match *sql {
            "CONNECT" | "DISCONNECT" => event(at * 1000, 7, 0, sql, ""),
            "deadlock" => query(at * 1000, 7, "UPDATE x SET a = 1 WHERE id = 1", 1213),
            sql => query(at * 1000, 7, sql, 0),
        })
        .collect();
    // Another connection's transactions change nothing.
    lines.push(query(500, 8, "ROLLBACK", 0));
    lines.push(query(9500, 8, "ROLLBACK", 0));
    // And neither does the order of lines, nor how much is remembered.
    let fates: Vec<_> = (0..lines.len())
        .map(|turn| {
            lines.rotate_left(1);
            let room = if turn % 2 == 0 {
                Room::default()
            } else {
                Room {
                    edges: 0,
                    writes: 0,
                    ..Room::default()
                }
            };
            let found = audit(&lines).search(&Query {
                room,
                ..Query::default()
            });
            assert!(found.candidates.len() <= 1, "{:#?}", found.candidates);
            match found.candidates.first().map(|candidate| candidate.committed) {
                None => Fate::Unlisted,
                Some(None) => Fate::Open,
                Some(Some(true)) => Fate::Lasting,
                Some(Some(false)) => Fate::Undone,
            }
        })
        .collect();
    assert!(fates.iter().all(|fate| *fate == fates[0]), "{fates:?}");
    fates[0]
}

const DELETE: &str = "DELETE FROM orders";

const CASES: &[(&[&str], Fate)] = &[
    (&[DELETE], Lasting),
    (&["CONNECT", DELETE], Lasting),
    (&["BEGIN", DELETE, "COMMIT"], Lasting),
    (&["START TRANSACTION READ WRITE", DELETE, "COMMIT WORK"], Lasting),
    (&["BEGIN", DELETE, "ROLLBACK"], Unlisted),
    (&["begin", DELETE, "rollback work and no chain"], Unlisted),
    (&["BEGIN", DELETE], Open),
    (&["BEGIN", DELETE, "DISCONNECT"], Unlisted),
    (&["BEGIN", DELETE, "CONNECT"], Unlisted),
    (&["BEGIN", DELETE, "deadlock"], Unlisted),
    (&["BEGIN", DELETE, "CREATE TABLE y (id INT)", "ROLLBACK"], Lasting),
    (
        &["BEGIN", DELETE, "CREATE TEMPORARY TABLE y (id INT)", "ROLLBACK"],
        Unlisted,
    ),
    (&["BEGIN", DELETE, "BEGIN", "ROLLBACK"], Lasting),
    (&["BEGIN", DELETE, "GRANT SELECT ON x TO y", "ROLLBACK"], Lasting),
    (
        &["BEGIN", DELETE, "SAVEPOINT a", "ROLLBACK TO a", "COMMIT"],
        Lasting,
    ),
    (
        &[
            "BEGIN",
            "SAVEPOINT a",
            DELETE,
            "ROLLBACK TO SAVEPOINT A",
            "COMMIT",
        ],
        Unlisted,
    ),
    (
        &[
            "BEGIN",
            "SAVEPOINT a",
            DELETE,
            "RELEASE SAVEPOINT a",
            "ROLLBACK TO a",
            "COMMIT",
        ],
        Lasting,
    ),
    (
        &[
            "BEGIN",
            "SAVEPOINT a",
            DELETE,
            "SAVEPOINT b",
            "ROLLBACK TO b",
            "COMMIT",
        ],
        Lasting,
    ),
    (
        &[
            "BEGIN",
            "SAVEPOINT a",
            "SAVEPOINT b",
            DELETE,
            "ROLLBACK TO a",
            "COMMIT",
        ],
        Unlisted,
    ),
    (&["SET autocommit=0", DELETE, "ROLLBACK"], Unlisted),
    (&["SET autocommit=0", DELETE, "COMMIT"], Lasting),
    (&["SET autocommit=0", DELETE], Open),
    (
        &["SET @@session.autocommit = OFF", DELETE, "SET autocommit = 1"],
        Lasting,
    ),
    (
        &["SET NAMES utf8mb4, SESSION autocommit := 0", DELETE, "ROLLBACK"],
        Unlisted,
    ),
    (&["SET GLOBAL autocommit=0", DELETE, "BEGIN", "ROLLBACK"], Lasting),
    (&["BEGIN", "COMMIT AND CHAIN", DELETE, "ROLLBACK"], Unlisted),
    (&["BEGIN", "ROLLBACK AND CHAIN", DELETE, "COMMIT"], Lasting),
    (
        &["XA START 'a'", DELETE, "XA END 'a'", "XA ROLLBACK 'a'"],
        Unlisted,
    ),
    (
        &[
            "XA START 'a'",
            DELETE,
            "XA END 'a'",
            "XA PREPARE 'a'",
            "DISCONNECT",
        ],
        Open,
    ),
    (&["BEGIN; DELETE FROM orders; ROLLBACK"], Unlisted),
    (&["BEGIN; DELETE FROM orders; COMMIT"], Lasting),
    (&[DELETE, "BEGIN", "ROLLBACK"], Lasting),
    // Nothing shows whether a transaction was open: listed, last in rank.
    (&[DELETE, "ROLLBACK"], Undone),
    (&["CONNECT", DELETE, "ROLLBACK"], Open),
    (&["BEGIN", "TRUNCATE orders", "ROLLBACK"], Lasting),
    (&["BEGIN", "/* a */ commit /* b */", DELETE], Lasting),
];

#[test]
fn each_way_a_transaction_can_end_is_told_apart() {
    for (statements, expected) in CASES {
        assert_eq!(fate(statements), *expected, "{statements:?}");
    }
}

#[test]
fn a_failed_statement_did_no_damage() {
    let found = audit(&[query(0, 7, DELETE, 1064), query(1, 7, "DROP TABLE orders", 1051)]).found();
    assert_eq!(statements(&found), Vec::<&str>::new());
    assert_eq!(found.harmless.failed, 2);
}

#[test]
fn the_target_is_a_whole_second_at_least_one_second_before() {
    for (ms, expected) in [(0, -1), (1, -1), (999, -1), (1000, 0), (1001, 0), (123_456, 122)] {
        let found = audit(&[query(ms, 7, DELETE, 0)]).found();
        assert_eq!(
            found.suggestion.target_s,
            Some(T0 / 1_000_000 + expected),
            "{ms} ms"
        );
    }
}

#[test]
fn the_target_precedes_the_first_damage_of_the_whole_transaction() {
    let lines = [
        query(0, 7, "BEGIN", 0),
        query(5000, 7, "DELETE FROM items WHERE batch = 3", 0),
        query(9000, 7, DELETE, 0),
        query(12_000, 7, "COMMIT", 0),
    ];
    let found = audit(&lines).found();
    assert_eq!(found.suggestion.target_s, Some(T0 / 1_000_000 + 4));
    let transaction = found.candidates[0].transaction.unwrap();
    assert_eq!(
        (transaction.begin_us, transaction.commit_us),
        (Some(T0), Some(T0 + 12_000_000))
    );
}

#[test]
fn the_earliest_of_the_chosen_wins() {
    let lines = [
        query(5000, 7, DELETE, 0),
        query(9000, 8, "TRUNCATE items", 0),
        query(2000, 9, "DROP TABLE x", 0),
    ];
    let logs = audit(&lines);
    let file = logs.path("audit.log.0").to_string_lossy().into_owned();
    let chosen = vec![(file.clone(), 2), (file, 1)];
    let found = logs.search(&Query {
        chosen,
        ..Query::default()
    });
    assert_eq!(found.suggestion.target_s, Some(T0 / 1_000_000 + 4));
    assert_eq!(found.suggestion.undoes.len(), 2);
}

#[test]
fn good_work_after_the_target_is_counted_by_table_and_account() {
    let insert =
        |ms, connection, table: &str| query(ms, connection, &format!("INSERT INTO {table} VALUES (1)"), 0);
    let lines = [
        insert(1000, 8, "orders"),
        query(5000, 7, DELETE, 0),
        insert(4000, 8, "orders"),
        insert(6000, 8, "orders"),
        insert(6001, 8, "shop.items"),
        insert(7000, 7, "items"),
        query(7001, 8, "UPDATE items SET n = 1 WHERE id = 7", 0),
        query(7002, 8, "UPDATE items SET n = 1 WHERE id = 7", 1205),
        query(7003, 8, "SELECT 1", 0),
    ];
    for room in [
        Room::default(),
        Room {
            writes: 0,
            edges: 0,
            ..Room::default()
        },
    ] {
        let found = audit(&lines).search(&Query {
            room,
            ..Query::default()
        });
        let lost = found.suggestion.lost.unwrap();
        assert_eq!(lost.statements, 4);
        assert_eq!(
            lost.by_table,
            [("shop.items".to_owned(), 2), ("shop.orders".to_owned(), 2)]
        );
        assert_eq!(lost.by_user, [("app".to_owned(), 4)]);
    }
}

#[test]
fn a_call_is_named_by_the_tables_it_wrote_and_left_out_if_it_wrote_none() {
    let lines = [
        query(0, 7, "CALL purge()", 0),
        event(0, 7, 100, "WRITE", "orders"),
        event(0, 7, 100, "READ", "customers"),
        query(50, 7, "CALL report()", 0),
        event(50, 7, 150, "READ", "orders"),
    ];
    let found = audit(&lines).found();
    let call = only(&found);
    assert_eq!(
        (call.statement.as_str(), call.tables.join(",")),
        ("CALL purge()", "shop.orders".to_owned())
    );
    assert_eq!(found.harmless.wrote_nothing, 1);
    assert_eq!(found.suggestion.target_s, None);
}

#[test]
fn an_execute_is_what_was_prepared_on_its_connection() {
    let lines = [
        query(0, 7, "PREPARE s FROM 'DELETE FROM orders WHERE ''a'' = ''a'''", 0),
        query(10, 8, "PREPARE s FROM 'SELECT 1'", 0),
        query(20, 7, "EXECUTE s", 0),
        query(30, 8, "EXECUTE s", 0),
    ];
    let found = audit(&lines).found();
    let execute = only(&found);
    assert_eq!(
        (execute.line, execute.tables.join(",")),
        (3, "shop.orders".to_owned())
    );
    assert_eq!(found.suggestion.target_s, Some(T0 / 1_000_000 - 1));
}
