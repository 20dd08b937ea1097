//! What is missing for a command before it runs.

use super::{command, runner};
use crate::domain::runbook::EnvValue;

#[test]
fn what_keeps_a_command_from_being_started_is_seen_beforehand() {
    let runner = runner(None);
    for (argv, env, expected) in [
        (
            &["sh", "-c", "$BACKTRACKCTL_TARGET"][..],
            &[("A", "b"), ("C", "$PATH")][..],
            None,
        ),
        (
            &["no-such-program"],
            &[],
            Some("expected the program no-such-program in PATH, got none"),
        ),
        (
            &["$BACKTRACKCTL_BIN"],
            &[],
            Some("expected the program '/opt/back track/backtrackctl' at its path, got none"),
        ),
        (
            &["sh"],
            &[("PATH", "/nonexistent")],
            Some("expected the program sh in PATH, got none"),
        ),
        (
            &["sh", "$BACKTRACKCTL_LAB"],
            &[],
            Some("expected BACKTRACKCTL_LAB to be set, got none"),
        ),
        (
            &["sh", "$BACKTRACKCTL_NOW"],
            &[],
            Some("expected a variable that exists, got BACKTRACKCTL_NOW"),
        ),
        (
            &["sh"],
            &[("A", "$BACKTRACKCTL_TEST_NEVER_SET")],
            Some("expected BACKTRACKCTL_TEST_NEVER_SET to be set in the environment, got none"),
        ),
        (&[], &[], Some("expected a program, got an empty command")),
    ] {
        assert_eq!(
            runner.missing(&command(argv, env)).as_deref(),
            expected,
            "{argv:?}"
        );
    }
}

#[test]
fn a_withheld_value_is_missing() {
    let mut withheld = command(&["sh"], &[]);
    withheld.env.insert("TOKEN".to_owned(), EnvValue::Withheld);
    let missing = runner(None).missing(&withheld).unwrap();
    assert!(
        missing.contains("TOKEN") && missing.contains("read again"),
        "{missing}"
    );
}
