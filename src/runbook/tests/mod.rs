//! A table of bad runbooks and what is said of each, word for word.

mod copies;
mod database;
mod reading;
mod refusals;
mod secrets;
mod steps;

use super::parse;

/// What is said of a runbook: `line:column: message (hint)` for each fault.
fn faults(text: &str) -> Vec<String> {
    let Err(faults) = parse(text, "r.toml") else {
        return Vec::new();
    };
    faults
        .lines()
        .lines()
        .map(|line| line.strip_prefix("r.toml:").unwrap().to_owned())
        .collect()
}

/// Asserts the faults of each text.
#[track_caller]
fn assert_faults(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(faults(text), *expected, "of the runbook\n{text}");
    }
}
