//! `docs/exit-codes.md`: the codes of the outcomes, the meanings of the help, and what to do next in people's words.

use std::collections::BTreeMap;

use backtrackctl::domain::outcome::Outcome;

use super::help::help_of;
use super::{agrees, root, text};
use crate::harness::Program;

/// Codes and meanings as the help has them.
fn of_the_help() -> BTreeMap<u8, String> {
    let help = help_of(&[]);
    let rows = help.lines().skip_while(|row| *row != "EXIT CODES").skip(1);
    let mut meanings: BTreeMap<u8, String> = BTreeMap::new();
    for row in rows.take_while(|row| !row.is_empty()) {
        let (number, meaning) = row.trim().split_once(' ').unwrap_or((row.trim(), ""));
        if let Ok(code) = number.parse() {
            meanings.insert(code, meaning.trim().to_owned());
        } else {
            // A row that goes on; the codes stand in rising order.
            let mut last = meanings.last_entry().unwrap();
            last.get_mut().push(' ');
            last.get_mut().push_str(row.trim());
        }
    }
    meanings
}

/// The words of a run's last line that end with a code.
fn outcomes(code: u8) -> String {
    let words = Outcome::ALL.iter().filter(|outcome| outcome.exit() == code);
    words
        .map(|outcome| format!("`{}`", outcome.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What to do next, by code, as a person wrote it.
fn next_steps() -> BTreeMap<u8, String> {
    let document = text(&root().join("docs/exit-codes.md"));
    let rows = document
        .lines()
        .filter_map(|row| row.strip_prefix("| ")?.strip_suffix(" |"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        Some((cells.first()?.trim().parse().ok()?, (*cells.get(3)?).to_owned()))
    })
    .collect()
}

#[test]
fn every_exit_code_is_documented_as_the_program_has_it() {
    let next = next_steps();
    let row = |(code, meaning): (u8, String)| {
        let next = next.get(&code).cloned().unwrap_or_default();
        format!("| {code} | {} | {meaning} | {next} |", outcomes(code))
    };
    let head = [
        "",
        "| code | outcome | meaning | what next |",
        "| ---: | --- | --- | --- |",
    ];
    let rows: Vec<String> = of_the_help().into_iter().map(row).collect();
    let table = format!("{}\n{}\n\n", head.join("\n"), rows.join("\n"));
    agrees("exit-codes.md", "codes", &table);
    let without: Vec<_> = of_the_help()
        .into_keys()
        .filter(|code| !next.contains_key(code))
        .collect();
    assert_eq!(without, Vec::<u8>::new(), "every code says what to do next");
}

#[test]
fn every_outcome_has_a_code_that_the_help_explains() {
    let known = of_the_help();
    for outcome in Outcome::ALL {
        assert!(known.contains_key(&outcome.exit()), "{outcome:?}");
    }
}

/// The codes of calls that come to no run; those of runs are held by the tests of runs.
#[test]
fn a_call_that_comes_to_no_run_ends_with_its_documented_code() {
    let program = Program::new();
    let faulty = program
        .file("faulty.toml", "nonsense = 1\n")
        .display()
        .to_string();
    let run = ["run", "--to", "2026-11-20T02:14:05Z", "--cluster"];
    let calls: [(&[&str], i32); 8] = [
        (&["--version"], 0),
        (&["drill", "--list"], 0),
        (&["history"], 0),
        (&["run"], 2),
        (&[&run[..], &["orders", "--yes", "order"]].concat(), 2),
        (&["recover", "20261120-021405-000000"], 2),
        (&["check", &faulty], 3),
        (&[&run[..], &["orders--drill"]].concat(), 10),
    ];
    for (call, exit) in calls {
        let finished = program.run(call);
        assert_eq!(finished.exit(), Some(exit), "{call:?}: {finished:?}");
    }
}
