//! `docs/cli.md`: the help of every command, at 80 columns.

use super::{agrees, fenced};
use crate::harness::Program;

/// `--help` of a command, as a terminal of 80 columns shows it.
pub fn help_of(command: &[&str]) -> String {
    let program = Program::new();
    let mut help = program.command([command, &["--help"]].concat());
    let output = help.env("COLUMNS", "80").output().unwrap();
    assert!(output.status.success(), "{command:?}");
    let help = String::from_utf8(output.stdout).unwrap();
    help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The commands that a help lists, but for `help` itself.
pub fn listed_in(help: &str) -> Vec<String> {
    let rows = help.lines().skip_while(|row| *row != "Commands:").skip(1);
    rows.take_while(|row| !row.is_empty())
        // Rows that go on hang below the text.
        .filter(|row| !row.starts_with("   "))
        .filter_map(|row| row.split_whitespace().next().map(str::to_owned))
        .filter(|command| command != "help")
        .collect()
}

/// Every command with its help, those below a command after it.
pub fn every_command() -> Vec<(String, String)> {
    fn add(command: &[&str], found: &mut Vec<(String, String)>) {
        let help = help_of(command);
        let below = listed_in(&help);
        found.push((command.join(" "), help));
        for name in &below {
            add(&[command, &[name.as_str()]].concat(), found);
        }
    }
    let mut found = Vec::new();
    add(&[], &mut found);
    found
}

#[test]
fn the_help_of_every_command_is_in_the_documents() {
    let commands = every_command();
    assert!(commands.len() > 12, "{commands:?}");
    let page = |(command, help): &(String, String)| {
        let title = format!("backtrackctl {command}");
        format!("\n## {}\n{}", title.trim_end(), fenced(help))
    };
    let pages: Vec<String> = commands.iter().map(page).collect();
    agrees("cli.md", "help", &format!("{}\n", pages.concat()));
}

#[test]
fn no_help_is_wider_than_80_columns() {
    for (command, help) in every_command() {
        for row in help.lines() {
            assert!(row.chars().count() <= 80, "{command}: {row}");
        }
    }
}
