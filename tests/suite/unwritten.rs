//! Output that could not be written is no success: a part of an answer must not pass for the whole.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::harness::{Program, Running};

const GOOD: &str = "Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: 86400}\n";
const LOG: &str = "1700000000000000,i,app,10.0.0.1,1,1,QUERY,shop,'DELETE FROM orders',0\n";

/// Commands that answer with data and touch nothing.
const CALLS: [&[&str]; 9] = [
    &["lint", "good.yaml"],
    &["lint", "good.yaml", "--output", "json"],
    &["locate", "--file", "audit.log"],
    &["locate", "--file", "audit.log", "--output", "json"],
    &["history"],
    &["drill", "--list"],
    &["completions", "bash"],
    &["--help"],
    &["--version"],
];

fn program() -> Program {
    let program = Program::new();
    program.file("good.yaml", GOOD);
    program.file("audit.log", LOG);
    program
}

fn into(mut command: Command, to: impl Into<Stdio>) -> Running {
    Running::start(command.stdout(to))
}

#[test]
fn a_full_disk_is_told_and_ends_with_4() {
    let program = program();
    for call in CALLS {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let finished = into(program.command(call), full).finish();
        assert_eq!(finished.exit(), Some(4), "{call:?}: {finished:?}");
        assert!(
            finished.stderr.contains("could not be written") && finished.stderr.contains("No space left"),
            "{call:?}: {finished:?}"
        );
    }
}

#[test]
fn a_reader_that_has_left_is_silent() {
    let program = program();
    for call in CALLS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let finished = into(program.command(call), writer).finish();
        assert_eq!(finished.exit(), Some(0), "{call:?}: {finished:?}");
        assert!(!finished.stderr.contains("written"), "{call:?}: {finished:?}");
    }
}

#[test]
fn a_failure_keeps_its_own_code() {
    let program = program();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let finished = into(
        program.command(["recover", "20261120-021405-000000", "--output", "json"]),
        full,
    )
    .finish();
    assert_eq!(finished.exit(), Some(2), "{finished:?}");
    assert!(finished.stderr.contains("could not be written"), "{finished:?}");
}
