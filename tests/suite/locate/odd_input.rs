//! Files that are no ordinary logs: other ends of lines, and what is no file.

use super::logs::{Logs, audit, only, query};
use backtrackctl::locate::Problem;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::io::Write as _;

/// Lines that end with a carriage return alone.
fn returns() -> String {
    [
        query(0, 7, "SELECT 1", 0),
        query(1, 7, "DELETE FROM orders", 0),
        query(2, 7, "SELECT 2", 0),
    ]
    .join("\r")
}

#[test]
fn lines_that_end_with_a_carriage_return_alone_are_lines() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(returns().as_bytes()).unwrap();
    for (name, bytes) in [
        ("audit.log", returns().into_bytes()),
        ("audit.log.gz", packed.finish().unwrap()),
    ] {
        let found = Logs::new().with(name, bytes).found();
        assert_eq!(only(&found).line, 2, "{name}");
        assert_eq!((found.coverage.lines, found.coverage.parsed), (3, 3), "{name}");
    }
}

#[test]
fn a_carriage_return_within_a_line_ends_none() {
    let statement = "DELETE FROM orders\r-- all of them";
    let text = query(0, 7, "?", 0).replace('?', statement) + "\n";
    let found = Logs::new().with("audit.log", text).found();
    assert_eq!((only(&found).line, found.coverage.lines), (1, 1));
}

#[test]
fn a_pipe_among_logs_is_not_waited_for_and_the_search_is_not_complete() {
    let logs = audit(&[query(0, 7, "DELETE FROM orders", 0)]);
    let mode = Mode::RUSR | Mode::WUSR;
    mknodat(CWD, logs.path("audit.log.1"), FileType::Fifo, mode, 0).unwrap();
    let found = logs.found();
    assert_eq!(only(&found).line, 1);
    assert!(!found.coverage.complete);
    let problem = found.coverage.files[1].problem.as_ref();
    assert!(
        matches!(problem, Some(Problem::Unreadable { message }) if message.contains("a pipe")),
        "{problem:?}"
    );
}
