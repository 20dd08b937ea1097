//! Which instant is suggested when there is more than one candidate.

use super::logs::{T0, audit, query};
use backtrackctl::locate::{Class, Found};

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
