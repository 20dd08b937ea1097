//! Ranking, filters, coverage, and that order and threads do not show.

use super::logs::{Logs, T0, audit, only, query, statements};
use backtrackctl::locate::{Class, Kind, LocateError, Query, Room, Sources, scan, write_json};
use proptest::prelude::*;

#[test]
fn ranks_are_class_then_time_with_noise_last() {
    let noise = query(0, 1, "DELETE FROM rds_heartbeat2", 0).replace(",app,", ",rdsadmin,");
    let lines = [
        noise,
        query(1, 7, "DELETE FROM a WHERE status = 'x'", 0),
        query(2, 7, "CALL p()", 0),
        query(3, 7, "DELETE FROM b WHERE id > 0", 0),
        query(4, 7, "DELETE FROM c", 0),
        query(5, 7, "DROP TABLE d", 0),
    ];
    let found = audit(&lines).found();
    assert_eq!(
        statements(&found),
        [
            "DELETE FROM c",
            "DROP TABLE d",
            "DELETE FROM b WHERE id > 0",
            "CALL p()",
            "DELETE FROM a WHERE status = 'x'",
            "DELETE FROM rds_heartbeat2"
        ]
    );
    assert!(
        found
            .candidates
            .iter()
            .all(|candidate| !candidate.reason.is_empty())
    );
    assert!(found.candidates[5].reason.contains("last in rank"));
}

#[test]
fn each_filter_chooses() {
    let lines = [
        query(0, 7, "DELETE FROM orders", 0),
        query(1000, 7, "TRUNCATE crm.People", 0).replace(",app,10.0.1.5,", ",bob,10.9.9.9,"),
        query(2000, 7, "UPDATE items SET note = 'Find me'", 0),
        query(3000, 7, "DROP DATABASE crm", 0),
    ];
    let logs = audit(&lines);
    let with = |set: &dyn Fn(&mut Query)| {
        let mut query = Query::default();
        set(&mut query);
        let found = logs.search(&query);
        found
            .candidates
            .iter()
            .map(|candidate| candidate.line)
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&|query| query.since_us = Some(T0 + 1_000_000)), [2, 3, 4]);
    assert_eq!(with(&|query| query.until_us = Some(T0 + 1_000_000)), [1, 2]);
    assert_eq!(with(&|query| query.user = Some("bob".into())), [2]);
    assert_eq!(with(&|query| query.host = Some("10.9.9.9".into())), [2]);
    assert_eq!(with(&|query| query.table = Some("people".into())), [2, 4]);
    assert_eq!(with(&|query| query.table = Some("shop.orders".into())), [1]);
    assert_eq!(with(&|query| query.table = Some("crm.orders".into())), [4]);
    assert_eq!(with(&|query| query.schema = Some("crm".into())), [2, 4]);
    assert_eq!(with(&|query| query.kind = Some(Kind::Update)), [3]);
    assert_eq!(with(&|query| query.text = Some("find ME".into())), [3]);
}

#[test]
fn what_did_no_damage_is_shown_on_request() {
    let lines = [
        query(0, 7, "DELETE FROM orders WHERE id = 7", 0),
        query(1, 8, "BEGIN", 0),
        query(2, 8, "DELETE FROM orders", 0),
        query(3, 8, "ROLLBACK", 0),
    ];
    let logs = audit(&lines);
    let found = logs.found();
    assert_eq!(
        (
            found.candidates.len(),
            found.harmless.by_key,
            found.harmless.rolled_back
        ),
        (0, 1, 1)
    );
    let found = logs.search(&Query {
        include_harmless: true,
        ..Query::default()
    });
    assert_eq!(
        found
            .candidates
            .iter()
            .map(|candidate| candidate.committed)
            .collect::<Vec<_>>(),
        [Some(true), Some(false)]
    );
}

#[test]
fn an_interval_that_the_files_do_not_cover_is_not_complete() {
    let hour = 3_600_000;
    let part = |from: i64| {
        [
            query(from, 7, "SELECT 1", 0),
            query(from + hour, 7, "SELECT 1", 0),
        ]
        .join("\n")
    };
    let logs = Logs::new()
        .with("a", part(0))
        .with("b", part(hour + 1000))
        .with("c", part(4 * hour));
    let with = |since: i64, until: i64| {
        let (since_us, until_us) = (Some(T0 + since * 1000), Some(T0 + until * 1000));
        logs.search(&Query {
            since_us,
            until_us,
            ..Query::default()
        })
        .coverage
    };
    assert!(with(0, 2 * hour).complete);
    assert!(with(hour / 2, hour).complete);
    assert!(with(4 * hour, 5 * hour).complete);
    assert!(!with(-1, hour).complete);
    assert!(!with(0, 5 * hour + 1).complete);
    // A file in between is missing.
    let gap = with(0, 5 * hour);
    assert!(!gap.complete);
    assert_eq!(gap.gaps, [(T0 + (2 * hour + 1000) * 1000, T0 + 4 * hour * 1000)]);
    assert!(!with(7 * hour, 8 * hour).complete);
}

#[test]
fn nothing_to_read_is_an_error() {
    let logs = Logs::new();
    assert!(matches!(
        Sources::of(&[logs.path("")]),
        Err(LocateError::NoFiles { .. })
    ));
    assert!(matches!(
        Sources::of(&[logs.path("missing")]),
        Err(LocateError::Unreadable { .. })
    ));
}

#[test]
fn a_file_given_twice_is_read_once() {
    let logs = audit(&[query(0, 7, "DELETE FROM orders", 0)]);
    let paths = [
        logs.path("audit.log.0"),
        logs.path(""),
        logs.path("./audit.log.0"),
    ];
    let found = scan(&Sources::of(&paths).unwrap(), &Query::default(), &mut |_| ()).unwrap();
    assert_eq!((only(&found).line, found.coverage.lines), (1, 1));
}

#[test]
fn candidates_are_announced_while_the_search_goes_on() {
    let logs = audit(&[
        query(0, 7, "DELETE FROM orders", 0),
        query(1, 7, "DELETE FROM orders WHERE id = 7", 0),
    ]);
    let mut seen = Vec::new();
    scan(
        &Sources::of(&[logs.path("")]).unwrap(),
        &Query::default(),
        &mut |candidate| seen.push(candidate.line),
    )
    .unwrap();
    assert_eq!(seen, [1]);
}

#[test]
fn low_ranks_are_counted_when_there_is_no_room() {
    let lines: Vec<String> = (0..50)
        .map(|ms| query(ms, 7, "DELETE FROM orders WHERE a = 1", 0))
        .collect();
    let room = Room {
        bounded: 3,
        ..Room::default()
    };
    let found = audit(&lines).search(&Query {
        room,
        ..Query::default()
    });
    assert_eq!(
        found
            .candidates
            .iter()
            .map(|candidate| candidate.line)
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(found.omitted, 47);
}

#[test]
fn json_lines_carry_what_was_found() {
    let found = audit(&[query(3123, 7, "DELETE FROM orders", 0)]).found();
    let mut out = Vec::new();
    write_json(&found, &mut out).unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["candidate", "coverage", "suggestion"]);
    assert_eq!(lines[0]["time_us"], T0 + 3_123_000);
    assert_eq!(
        (&lines[0]["class"], &lines[0]["committed"]),
        (&"unbounded".into(), &true.into())
    );
    assert_eq!(lines[0]["tables"], serde_json::json!(["shop.orders"]));
    assert_eq!(
        (&lines[1]["lines"], &lines[1]["complete"]),
        (&1.into(), &true.into())
    );
    assert_eq!(lines[1]["from"], "2024-05-17T14:28:03.123000Z");
    assert_eq!(lines[2]["target"], "2024-05-17T14:28:02Z");
}

/// A statement of a small world in which transactions, damage and good work meet.
fn statement() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT a",
        "ROLLBACK TO a",
        "SET autocommit=0",
        "SET autocommit=1",
        "DELETE FROM orders",
        "UPDATE items SET n = 0 WHERE n > 1",
        "DELETE FROM orders WHERE a = 1",
        "TRUNCATE x",
        "INSERT INTO orders VALUES (1)",
        "SELECT 1",
        "CALL p()",
        "PREPARE s FROM 'DELETE FROM y'",
        "EXECUTE s",
        "CREATE TABLE z (id INT)",
        "UPDATE orders SET a = 1 WHERE id = 9",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the lines are spread over files, on however many threads, with however much room to remember.
    #[test]
    fn the_answer_depends_on_the_records_alone(
        rows in proptest::collection::vec((statement(), 1..4_u64, 0..4_usize, any::<u16>()), 1..60),
        threads in 1..4_usize,
    ) {
        let lines: Vec<(usize, u16, String)> = (0_i64..).zip(&rows)
            .map(|(ms, (sql, connection, file, shuffle))| (*file, *shuffle, query(ms * 400, *connection, sql, 0)))
            .collect();
        let mut reference = None;
        for (turn, room) in [Room::default(), Room { edges: 0, writes: 0, ..Room::default() }].into_iter().enumerate() {
            let mut lines = lines.clone();
            if turn == 1 {
                lines.sort_by_key(|(_, shuffle, _)| *shuffle);
            }
            let mut logs = Logs::new();
            for file in 0..4 {
                let text: String = lines.iter().filter(|line| line.0 == file).map(|line| line.2.clone() + "\n").collect();
                logs = logs.with(&format!("audit.log.{file}"), text);
            }
            let found = logs.search(&Query { threads: if turn == 0 { 1 } else { threads }, room, ..Query::default() });
            let seen: Vec<_> = found.candidates.iter()
                .map(|c| (c.time_us, c.class, c.committed, c.reason.clone(), c.tables.clone(), c.transaction)).collect();
            let lost = found.suggestion.lost.clone();
            let answer = (seen, found.suggestion.target_s, lost, found.harmless, found.coverage.lines);
            if let Some(reference) = &reference {
                prop_assert_eq!(reference, &answer);
            }
            reference = Some(answer);
        }
    }

    /// Anything at all may stand in a log.
    #[test]
    fn no_bytes_stop_the_search(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0..200_usize) {
        let mut log = query(0, 7, "DELETE FROM orders", 0).into_bytes();
        log.truncate(cut);
        log.extend_from_slice(&bytes);
        let found = Logs::new().with("log", &log).found();
        prop_assert_eq!(found.coverage.lines, found.coverage.parsed + found.coverage.skipped);
        prop_assert!(found.candidates.iter().all(|candidate| candidate.class <= Class::Bounded));
    }
}
