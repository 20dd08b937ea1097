//! Every form of log, and every way a file can be broken.

use super::logs::{Logs, T0, audit, escaped, only, query, statements};
use backtrackctl::locate::{Class, Dialect, Problem, Query};
use std::io::Write;

fn zoned(zone: &str) -> Query {
    Query {
        zone: Some(zone.parse().unwrap()),
        ..Query::default()
    }
}

#[test]
fn all_ten_fields_of_an_aurora_line_are_read() {
    let line =
        "1715956083123456,prod-1,app,10.0.1.5,42,77,QUERY,shop,'DELETE FROM orders /* a,b,\\'c\\',0 */',0";
    let found = audit(&[line.to_owned()]).found();
    let candidate = only(&found);
    assert_eq!(candidate.time_us, 1_715_956_083_123_456);
    assert_eq!(
        (candidate.server.as_str(), candidate.user.as_str()),
        ("prod-1", "app")
    );
    assert_eq!(
        (candidate.host.as_str(), candidate.connection, candidate.query_id),
        ("10.0.1.5", 42, 77)
    );
    assert_eq!(
        (candidate.schema.as_str(), candidate.tables.join(",")),
        ("shop", "shop.orders".to_owned())
    );
    assert_eq!(candidate.statement, "DELETE FROM orders /* a,b,'c',0 */");
    assert_eq!(found.coverage.files[0].dialect, Some(Dialect::AuroraAudit));
}

#[test]
fn a_local_time_without_a_zone_is_an_error_of_its_own() {
    let line = "20240517 14:28:03,prod-1,app,10.0.1.5,42,77,QUERY,shop,'DELETE FROM orders',0";
    let logs = audit(&[line.to_owned()]);
    let found = logs.found();
    assert_eq!(statements(&found), Vec::<&str>::new());
    assert_eq!(found.coverage.files[0].problem, Some(Problem::ZoneNeeded));
    assert!(!found.coverage.complete);
    let found = logs.search(&zoned("America/New_York"));
    assert_eq!(only(&found).time_us, T0 + 3_000_000 + 4 * 3_600_000_000);
    assert_eq!(found.coverage.files[0].dialect, Some(Dialect::MariadbAudit));
    assert!(found.coverage.complete);
}

#[test]
fn of_a_repeated_hour_the_earlier_reading_is_taken() {
    let line = "20241103 01:30:00,prod-1,app,10.0.1.5,42,77,QUERY,shop,'DELETE FROM orders',0";
    let found = audit(&[line.to_owned()]).search(&zoned("America/New_York"));
    assert_eq!(only(&found).time_us, 1_730_611_800_000_000);
}

#[test]
fn the_rds_fork_has_fields_after_the_return_code() {
    let lines = [
        "20240517 14:28:01,ip-1,app,10.0.1.5,42,0,CONNECT,shop,,0,TCP/IP",
        "20240517 14:28:02,ip-1,app,10.0.1.5,42,76,QUERY,shop,'DELETE FROM orders',1146,,",
        "20240517 14:28:03,ip-1,app,10.0.1.5,42,77,QUERY,shop,'DELETE FROM orders',0,,",
        "20240517 14:28:03,ip-1,app,10.0.1.5,42,77,WRITE,shop,orders,",
        "20240517 14:28:04,ip-1,app,10.0.1.5,42,0,DISCONNECT,shop,,0,TCP/IP",
    ]
    .map(str::to_owned);
    let found = audit(&lines).search(&zoned("UTC"));
    assert_eq!((only(&found).line, found.coverage.parsed), (3, 5));
    assert_eq!(found.coverage.files[0].dialect, Some(Dialect::RdsMysqlAudit));
}

#[test]
fn an_epoch_of_another_length_is_not_guessed_at() {
    for stamp in [
        "1715956083",
        "1715956083123",
        "1715956083123456789",
        "240517 14:28:03",
        "20240517 1:28:03",
    ] {
        let line = format!("{stamp},prod-1,app,10.0.1.5,42,77,QUERY,shop,'DELETE FROM orders',0");
        let found = audit(&[line]).search(&zoned("UTC"));
        assert_eq!((found.coverage.parsed, found.coverage.skipped), (0, 1), "{stamp}");
        assert_eq!(
            found.coverage.files[0].problem,
            Some(Problem::Unrecognised { binary: false }),
            "{stamp}"
        );
    }
}

#[test]
fn a_statement_of_many_lines_in_a_general_log_is_one_statement() {
    let log = "/rdsdbbin/oscar/bin/mysqld, Version: 8.0.32 (Source distribution). started with:\n\
        Tcp port: 3306  Unix socket: /tmp/mysql.sock\n\
        Time                 Id Command    Argument\n\
        2024-05-17T14:28:00.000001Z\t   42 Connect\tapp@10.0.1.5 on shop using TCP/IP\n\
        2024-05-17T14:28:01.000001Z\t   42 Query\tBEGIN\n\
        2024-05-17T14:28:03.123456Z\t   42 Query\tDELETE\n  FROM orders\n  -- WHERE id = 7\n\
        2024-05-17T16:28:04.000000+02:00\t   42 Query\tCOMMIT\n\
        2024-05-17T14:28:05.000000Z\t   42 Prepare\tDELETE FROM orders\n\
        2024-05-17T14:28:06.000000Z\t   42 Quit\t\n";
    let found = Logs::new().with("mysql-general.log", log).found();
    let candidate = only(&found);
    assert_eq!((candidate.line, candidate.time_us), (6, T0 + 3_123_456));
    assert_eq!(
        (candidate.user.as_str(), candidate.host.as_str()),
        ("app", "10.0.1.5")
    );
    assert_eq!(
        (candidate.committed, candidate.tables.join(",")),
        (Some(true), "shop.orders".to_owned())
    );
    assert_eq!(candidate.statement, "DELETE\n  FROM orders\n  -- WHERE id = 7");
    assert_eq!(
        (
            found.coverage.lines,
            found.coverage.parsed,
            found.coverage.untimed
        ),
        (11, 11, 3)
    );
}

#[test]
fn a_general_log_does_not_say_that_a_statement_succeeded() {
    let log = "2024-05-17T14:28:03.123456Z\t   42 Query\tDELETE FROM orders\n";
    assert_eq!(only(&Logs::new().with("general", log).found()).committed, None);
}

#[test]
fn a_slow_statement_began_at_the_earlier_of_both_reckonings() {
    let entry = |time: &str, took: &str, set: i64| {
        format!(
            "# Time: {time}\n# User@Host: app[app] @  [10.0.1.5]  Id:    42\n\
             # Query_time: {took}  Lock_time: 0.000100 Rows_sent: 0  Rows_examined: 1200000\n\
             use shop;\nSET timestamp={set};\nDELETE\nFROM orders;\n"
        )
    };
    let set = T0 / 1_000_000 + 3;
    for (log, start) in [
        (
            entry("2024-05-17T14:28:09.123456Z", "6.012345", set),
            T0 + 3_000_000,
        ),
        (
            entry("2024-05-17T14:28:09.123456Z", "8.000001", set),
            T0 + 1_123_455,
        ),
        (
            entry("2024-05-17T14:28:09.123456Z", "1.5", set + 6),
            T0 + 7_623_456,
        ),
    ] {
        let found = Logs::new().with("slow", &log).found();
        let candidate = only(&found);
        assert_eq!((candidate.time_us, candidate.line), (start, 6));
        assert_eq!(
            (candidate.user.as_str(), candidate.host.as_str()),
            ("app", "10.0.1.5")
        );
        assert_eq!(
            (candidate.connection, candidate.tables.join(",")),
            (42, "shop.orders".to_owned())
        );
        assert_eq!((candidate.committed, found.suggestion.lost), (None, None));
        assert_eq!(found.coverage.files[0].dialect, Some(Dialect::Slow));
    }
}

#[test]
fn a_slow_log_holds_several_entries_under_one_time() {
    let log = "# Time: 2024-05-17T14:28:09.000000Z\n# User@Host: a[a] @ h [1.2.3.4]  Id: 1\n\
        # Query_time: 1.0  Lock_time: 0 Rows_sent: 0  Rows_examined: 0\nSET timestamp=1715956088;\nSELECT 1;\n\
        # User@Host: b[b] @ h [1.2.3.5]  Id: 2\n# Query_time: 2.0  Lock_time: 0 Rows_sent: 0  Rows_examined: 0\n\
        SET timestamp=1715956087;\nTRUNCATE orders;\n";
    let found = Logs::new().with("slow", log).found();
    assert_eq!(
        (only(&found).user.as_str(), only(&found).time_us),
        ("b", T0 + 7_000_000)
    );
}

#[test]
fn an_export_wraps_lines_in_json_and_may_batch_them() {
    let lines = [
        query(0, 7, "SELECT 'a'", 0),
        query(1000, 7, "DELETE FROM `orders` -- \"x\"", 0),
    ];
    let one = |text: &str| {
        let value = serde_json::json!({"timestamp": 1, "message": text, "logStreamName": "s.audit.log.0"});
        value.to_string()
    };
    let forms = [
        one(&lines[0]) + "\n" + &one(&lines[1]) + "\n",
        one(&lines.join("\n")) + "\n",
        serde_json::json!({"events": [{"message": lines[0]}, {"message": lines[1]}]}).to_string() + "\n",
        serde_json::to_string_pretty(&serde_json::json!([{"message": lines[0]}, {"message": lines[1]}]))
            .unwrap(),
        lines
            .map(|line| format!("2024-05-17T14:28:09.123Z {line}\n"))
            .concat(),
    ];
    for form in forms {
        let found = Logs::new().with("export.json", &form).found();
        let candidate = only(&found);
        assert_eq!(
            (candidate.time_us, candidate.statement.as_str()),
            (T0 + 1_000_000, "DELETE FROM `orders` -- \"x\""),
            "{form}"
        );
        assert_eq!(found.coverage.from_us, Some(T0));
    }
}

#[test]
fn an_export_of_general_and_slow_logs_is_read_too() {
    let general = "2024-05-17T14:28:03.123456Z\t   42 Query\tDELETE\nFROM orders";
    let slow = "# Time: 2024-05-17T14:28:09.000000Z\n# User@Host: a[a] @ h [1.2.3.4]  Id: 1\n# Query_time: 1.0  Lock_time: 0\nSET timestamp=1715956088;\nTRUNCATE orders;";
    for message in [general, slow] {
        let line = serde_json::json!({"message": message}).to_string() + "\n";
        let found = Logs::new().with("export.json", line.repeat(2)).found();
        assert_eq!(
            found
                .candidates
                .iter()
                .map(|candidate| candidate.line)
                .collect::<Vec<_>>(),
            [1, 2]
        );
    }
}

#[test]
fn one_level_of_escaping_is_undone_before_the_sql_is_read() {
    for sql in [
        "UPDATE orders SET note = 'it\\'s where id = 1'",
        "UPDATE orders SET note = 'ends in a backslash \\\\'",
        "UPDATE orders SET note = 'x' -- where id = 1\n",
        "UPDATE orders -- where id = 1\nSET note = 'x'",
        "UPDATE orders SET note = '''where id = 1'",
    ] {
        let found = audit(&[query(0, 7, sql, 0)]).found();
        assert_eq!(
            (only(&found).class, only(&found).statement.as_str()),
            (Class::Unbounded, sql)
        );
    }
    // One level only: within the string is a backslash and an n.
    let line = query(0, 7, "DELETE FROM orders -- \\n WHERE id = 1", 0);
    assert_eq!(only(&audit(&[line]).found()).class, Class::Unbounded);
}

#[test]
fn a_text_of_the_length_at_which_plugins_cut_is_unknown() {
    let sql = |length: usize| format!("UPDATE orders SET note = 1{}", " ".repeat(length - 26));
    assert_eq!(
        only(&audit(&[query(0, 7, &sql(1024), 0)]).found()).class,
        Class::Unknown
    );
    assert_eq!(
        only(&audit(&[query(0, 7, &sql(1023), 0)]).found()).class,
        Class::Unbounded
    );
}

#[test]
fn broken_bytes_cost_one_line_at_most() {
    let good = query(5000, 7, "TRUNCATE orders", 0);
    let head = format!("{T0},prod-1,app,10.0.1.5,9,9,QUERY,shop,");
    let mut invalid = head.clone().into_bytes();
    invalid.extend_from_slice(b"'SELECT \xff\xfe\x80',0");
    let cases: Vec<(Vec<u8>, u64)> = vec![
        (invalid, 0),
        (format!("{head}'SELECT \0\0',0").into_bytes(), 0),
        (format!("\0\0\0\0{head}'SELECT 1',0").into_bytes(), 0),
        (b"\0\0\0\0\0\0".to_vec(), 1),
        (Vec::new(), 1),
        (b"garbage, with, commas,,,,,,,".to_vec(), 1),
        (format!("{head}'SELECT 1").into_bytes(), 1),
        (format!("{head}SELECT 1',0").into_bytes(), 1),
        (format!("{head}'SELECT 1',zero").into_bytes(), 1),
        (
            format!("{T0},prod-1,app,10.0.1.5,nine,9,QUERY,shop,'SELECT 1',0").into_bytes(),
            1,
        ),
        (
            format!("{T0},prod-1,app,10.0.1.5,9,9,QUORY,shop,'SELECT 1',0").into_bytes(),
            1,
        ),
    ];
    for (bytes, skipped) in &cases {
        for end in ["\n", "\r\n"] {
            for first in [true, false] {
                let mut log = Vec::new();
                let good = good.as_bytes();
                for line in if first {
                    [bytes.as_slice(), good]
                } else {
                    [good, bytes.as_slice()]
                } {
                    log.extend_from_slice(line);
                    log.extend_from_slice(end.as_bytes());
                }
                let found = Logs::new().with("audit.log", &log).found();
                let told = String::from_utf8_lossy(bytes);
                assert_eq!(statements(&found), ["TRUNCATE orders"], "{told}");
                assert_eq!(
                    (found.coverage.lines, found.coverage.skipped),
                    (2, *skipped),
                    "{told}"
                );
            }
        }
    }
}

#[test]
fn a_cut_last_line_is_told_and_its_statement_unknown() {
    let cut = query(0, 7, "DELETE FROM orders", 0);
    let cut = cut.strip_suffix("',0").unwrap();
    let found = Logs::new()
        .with("audit.log", query(0, 7, "SELECT 1", 0) + "\n" + cut)
        .found();
    assert_eq!(
        (only(&found).class, only(&found).committed, only(&found).truncated),
        (Class::Unknown, None, true)
    );
    assert_eq!(
        (
            found.coverage.lines,
            found.coverage.skipped,
            found.coverage.files[0].cut
        ),
        (2, 1, true)
    );
}

#[test]
fn a_last_line_without_a_line_feed_counts() {
    let found = Logs::new()
        .with("audit.log", query(0, 7, "DELETE FROM orders", 0))
        .found();
    assert_eq!((only(&found).class, found.coverage.parsed), (Class::Unbounded, 1));
}

#[test]
fn compressed_files_are_known_by_their_content() {
    let log = query(0, 7, "DELETE FROM orders", 0) + "\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(log.as_bytes(), 1).unwrap();
    for packed in [gzip.repeat(2), zstd.repeat(2)] {
        let found = Logs::new().with("audit.log", &packed).found();
        assert_eq!((found.candidates.len(), found.coverage.complete), (2, true));
    }
    // A broken archive is an unreadable file, not an empty one.
    let found = Logs::new()
        .with("audit.log", &gzip[..gzip.len() - 9])
        .with("other.log", &log)
        .found();
    assert!(matches!(
        found.coverage.files[0].problem,
        Some(Problem::Unreadable { .. })
    ));
    assert!(!found.coverage.complete);
}

#[test]
fn a_binary_file_is_named_as_such() {
    let bytes: Vec<u8> = (0..100_000_u32)
        .map(|n| u8::try_from(n * 7 % 256).unwrap())
        .collect();
    let found = Logs::new().with("image", bytes).found();
    assert_eq!(
        found.coverage.files[0].problem,
        Some(Problem::Unrecognised { binary: true })
    );
    assert!(!found.coverage.complete);
}

#[test]
fn a_line_of_sixteen_megabytes_is_read_whole() {
    let long = "x".repeat(16 << 20);
    let lines = [
        query(0, 7, &format!("INSERT INTO orders VALUES ('{long}')"), 0),
        query(
            1,
            7,
            &format!("UPDATE orders SET note = '{long}' WHERE id = 7"),
            0,
        ),
        query(2, 7, &format!("DELETE FROM orders /* {long} */"), 0),
        query(3, 7, "SELECT 1", 0),
    ];
    let found = audit(&lines).found();
    let candidate = only(&found);
    assert_eq!(
        (candidate.line, candidate.class, candidate.truncated),
        (3, Class::Unbounded, true)
    );
    assert!(candidate.statement.len() < 20_000);
    assert_eq!((found.coverage.parsed, found.coverage.files[0].overlong), (4, 0));
}

#[test]
fn a_line_beyond_all_bounds_keeps_its_ends() {
    let long = "x".repeat(40 << 20);
    let lines = [
        query(
            0,
            7,
            &format!("UPDATE orders SET note = '{long}' WHERE id = 7"),
            0,
        ),
        query(1, 7, &format!("DELETE FROM orders /* {long} */"), 1064),
        query(2, 7, "TRUNCATE orders", 0),
    ];
    let found = audit(&lines).found();
    let seen: Vec<_> = found
        .candidates
        .iter()
        .map(|candidate| (candidate.line, candidate.class))
        .collect();
    assert_eq!(seen, [(3, Class::Unbounded), (1, Class::Unknown)]);
    assert_eq!((found.coverage.parsed, found.coverage.files[0].overlong), (3, 2));
}

#[test]
fn escaping_in_these_tests_is_the_plugins() {
    assert_eq!(escaped("a'b\\c\n"), "a\\'b\\\\c\\n");
}
