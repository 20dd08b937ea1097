//! Which instant is suggested when there is more than one candidate.

use super::logs::{T0, audit, query};
use backtrackctl::locate::{Backtracks, Class, Found, Query};

const MINUTE: i64 = 60_000;

/// The target, in milliseconds after the logs' beginning.
fn target(found: &Found) -> Option<i64> {
    found
        .suggestion
        .target_s
        .map(|target_s| target_s * 1000 - T0 / 1000)
}

/// One account's housekeeping, once a minute for so many minutes.
fn housekeeping(minutes: i64) -> Vec<String> {
    (0..minutes)
        .map(|minute| {
            let sql = format!("DELETE FROM sessions WHERE expires_at < '2024-05-17 {minute:02}:00:00'");
            query(minute * MINUTE, 50 + minute.unsigned_abs(), &sql, 0)
        })
        .collect()
}

#[test]
fn of_several_bad_statements_the_earliest_wins_and_all_are_undone() {
    let found = audit(&[
        query(60_000, 8, "TRUNCATE items", 0),
        query(20_000, 7, "DELETE FROM orders WHERE id > 0", 0),
        query(30_000, 9, "INSERT INTO orders VALUES (1)", 0),
        query(40_000, 6, "DELETE FROM orders", 0),
        query(50_000, 7, "INSERT INTO orders VALUES (2)", 0),
    ])
    .found();
    assert_eq!(target(&found), Some(19_000));
    let mut undone: Vec<u64> = found.suggestion.undoes.iter().map(|place| place.1).collect();
    undone.sort_unstable();
    assert_eq!(undone, [1, 2, 4]);
    // Work of the bad sessions is not good work.
    assert_eq!(found.suggestion.lost.map(|lost| lost.statements), Some(1));
    let others: Vec<Option<i64>> = found.alternatives.iter().map(|other| other.target_s).collect();
    let after = |seconds: i64| Some(T0 / 1_000_000 + seconds);
    assert_eq!(others, [after(39), after(59), after(19)]);
}

#[test]
fn what_is_bounded_is_ordinary_work() {
    let mut lines: Vec<String> = (0..50)
        .map(|at| query(at * 1000, 7, "UPDATE orders SET a = 1 WHERE status = 'x'", 0))
        .collect();
    lines.push(query(90_000, 8, "DELETE FROM orders", 0));
    assert_eq!(target(&audit(&lines).found()), Some(89_000));
    lines.pop();
    assert_eq!(target(&audit(&lines).found()), None);
}

#[test]
fn wide_statements_that_an_account_repeats_do_not_take_the_target_back() {
    let mut lines = housekeeping(180);
    lines.push(query(170 * MINUTE, 8, "UPDATE orders SET total = 0", 0));
    let found = audit(&lines).found();
    assert_eq!(target(&found), Some(170 * MINUTE - 1000));
    assert_eq!(found.candidates.len(), 181);
    let repeated = |candidate: &&backtrackctl::locate::Candidate| candidate.reason.contains("repeats it");
    assert_eq!(found.candidates.iter().filter(repeated).count(), 180);
    // The same statement by somebody else is none of it, and earlier.
    lines.push(
        query(
            30 * MINUTE + 500,
            9,
            "DELETE FROM sessions WHERE expires_at < '2030-01-01'",
            0,
        )
        .replace(",app,", ",bob,"),
    );
    assert_eq!(target(&audit(&lines).found()), Some(30 * MINUTE - 1000));
}

#[test]
fn where_all_that_is_wide_is_repeated_nothing_is_suggested() {
    let found = audit(&housekeeping(10)).found();
    assert_eq!((target(&found), found.candidates.len()), (None, 10));
    assert!(
        found.suggestion.reason.contains("repeated"),
        "{}",
        found.suggestion.reason
    );
}

#[test]
fn what_is_repeated_in_haste_is_no_habit() {
    let lines: Vec<String> = (0..5)
        .map(|at| query(40_000 + at * 1000, 7, "DELETE FROM orders WHERE id > 0", 0))
        .collect();
    assert_eq!(target(&audit(&lines).found()), Some(39_000));
}

#[test]
fn a_wide_statement_counts_once_it_has_lasted() {
    let found = audit(&[
        query(1000, 7, "BEGIN", 0),
        query(2000, 7, "DELETE FROM items WHERE id > 0", 0),
        query(9000, 8, "DELETE FROM orders", 0),
    ])
    .found();
    assert_eq!(target(&found), Some(8000));
    let lone = audit(&[
        query(1000, 7, "BEGIN", 0),
        query(2000, 7, "DELETE FROM items WHERE id > 0", 0),
    ])
    .found();
    assert_eq!(target(&lone), Some(1000));
}

#[test]
fn a_text_that_was_cut_off_counts_only_where_nothing_else_is_bad() {
    let cut = format!("UPDATE orders SET note = 1{}", " ".repeat(998));
    let lines = [query(2000, 7, &cut, 0), query(9000, 8, "DELETE FROM orders", 0)];
    let found = audit(&lines).found();
    assert_eq!(
        (found.candidates[1].class, target(&found)),
        (Class::Unknown, Some(8000))
    );
    assert_eq!(target(&audit(&lines[..1]).found()), Some(1000));
}

/// The same TRUNCATE every 30 minutes, so many times, and a DELETE of everything by somebody else 3 minutes before the end.
fn loads_and_a_mistake(loads: i64) -> Vec<String> {
    let mut lines: Vec<String> = (0..loads)
        .map(|load| {
            query(load * 30 * MINUTE, 50, "TRUNCATE TABLE staging_import", 0).replace(",app,", ",etl,")
        })
        .collect();
    lines.push(query(125 * MINUTE, 8, "DELETE FROM orders", 0));
    lines.push(query(128 * MINUTE, 9, "SELECT 1", 0));
    lines
}

#[test]
fn a_table_that_its_account_empties_all_day_does_not_take_the_target_back() {
    let found = audit(&loads_and_a_mistake(5)).found();
    assert_eq!(target(&found), Some(125 * MINUTE - 1000));
    assert_eq!(found.candidates.len(), 6);
    // In rank as ever: unbounded, by time.
    assert!(found.candidates[0].repeated && found.candidates[0].class == Class::Unbounded);
    assert_eq!(found.candidates[5].statement, "DELETE FROM orders");
    // Twice is no habit, nor is three times within ten minutes.
    assert_eq!(target(&audit(&loads_and_a_mistake(2)).found()), Some(-1000));
    let hasty: Vec<String> = (0..5)
        .map(|at| query(at * 2 * MINUTE, 7, "TRUNCATE orders", 0))
        .collect();
    assert_eq!(target(&audit(&hasty).found()), Some(-1000));
    let bursts: Vec<String> = (0..2)
        .flat_map(|burst| (0..3).map(move |at| burst * 60 * MINUTE + at * 1000))
        .map(|ms| query(ms, 7, "TRUNCATE orders", 0))
        .collect();
    assert_eq!(target(&audit(&bursts).found()), Some(-1000));
}

#[test]
fn no_other_statement_without_a_bound_is_housekeeping_however_often_it_ran() {
    for sql in [
        "DELETE FROM staging_import",
        "UPDATE orders SET total = 0",
        "DROP TABLE t",
    ] {
        let lines: Vec<String> = (0..6).map(|at| query(at * 30 * MINUTE, 7, sql, 0)).collect();
        assert_eq!(target(&audit(&lines).found()), Some(-1000), "{sql}");
    }
    // Another table, or another account, is another statement.
    let tables: Vec<String> = (0..6)
        .map(|at| query(at * 30 * MINUTE, 7, &format!("TRUNCATE t{}", at / 2), 0))
        .collect();
    assert_eq!(target(&audit(&tables).found()), Some(-1000));
}

#[test]
fn two_that_share_a_second_are_undone_by_one_target_and_none_of_them_is_good_work() {
    let found = audit(&[
        query(10_000, 5, "TRUNCATE items", 0).replace(",app,", ",bob,"),
        query(53_943, 7, "UPDATE orders SET total = 0", 0).replace(",app,", ",deploy,"),
        query(54_100, 8, "INSERT INTO orders VALUES (1)", 0),
        query(54_959, 9, "DROP TABLE customers", 0).replace(",app,", ",deploy,"),
    ])
    .found();
    assert_eq!(target(&found), Some(9000));
    let other = &found.alternatives[1..];
    assert_eq!(other.len(), 1, "{other:?}");
    assert_eq!(other[0].target_s.map(|at| at * 1000 - T0 / 1000), Some(52_000));
    let lines: Vec<u64> = other[0].undoes.iter().map(|place| place.1).collect();
    assert_eq!(lines, [2, 4]);
    let lost = other[0].lost.clone().unwrap();
    assert_eq!((lost.statements, lost.by_user), (1, vec![("app".to_owned(), 1)]));
}

#[test]
fn an_alternative_names_all_that_it_undoes() {
    let found = audit(&[
        query(20_000, 7, "DELETE FROM orders", 0),
        query(40_000, 8, "DELETE FROM items", 0),
        query(60_000, 9, "DELETE FROM customers", 0),
    ])
    .found();
    let undone: Vec<usize> = found
        .alternatives
        .iter()
        .map(|other| other.undoes.len())
        .collect();
    assert_eq!(undone, [3, 2, 1]);
    // Whatever was read of backtracks, what they undid is in no target, and its work is not lost twice.
    let lineage = |from: i64, to: i64| {
        let at = |second: i64| chrono::DateTime::from_timestamp(T0 / 1_000_000 + second, 0);
        let record = backtrackctl::domain::backtrack::BacktrackRecord {
            id: "b1".to_owned(),
            to: at(to),
            from: at(from),
            created: at(from),
            status: backtrackctl::domain::backtrack::BacktrackStatus::Completed,
        };
        Backtracks::Read(backtrackctl::domain::lineage::Lineage::of(&[record]).unwrap())
    };
    let logs = audit(&[
        query(20_000, 7, "DELETE FROM orders", 0),
        query(30_000, 3, "INSERT INTO orders VALUES (1)", 0),
        query(50_000, 3, "INSERT INTO orders VALUES (2)", 0),
        query(60_000, 9, "DELETE FROM customers WHERE id > 0", 0),
    ]);
    let search = |backtracks| {
        logs.search(&Query {
            backtracks,
            ..Query::default()
        })
    };
    let found = search(lineage(40, 19));
    assert_eq!(target(&found), Some(59_000));
    assert_eq!((found.candidates[0].line, found.candidates[1].line), (4, 1));
    assert!(
        found.candidates[1]
            .reason
            .contains("undone by the backtrack to 2024-")
    );
    // To before what stays, over the hole.
    let found = search(lineage(55, 40));
    assert_eq!(target(&found), Some(19_000));
    assert_eq!(found.suggestion.lost.map(|lost| lost.statements), Some(1));
    let none = search(lineage(70, 10));
    assert_eq!(target(&none), None);
    assert!(none.suggestion.reason.contains("undone by a backtrack already"));
}
