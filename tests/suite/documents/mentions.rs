//! Documents, runbooks and the program itself name only commands and options that exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::Regex;

use super::help::every_command;
use super::{documents, root, text};

/// Options that each command takes, by its name.
fn options() -> BTreeMap<String, BTreeSet<String>> {
    let option = Regex::new(r"(?m)^ {2,6}(?:-\w, )?(--[a-z-]+)").unwrap();
    let of = |help: &str| {
        option
            .captures_iter(help)
            .map(|found| found[1].to_owned())
            .collect()
    };
    every_command()
        .into_iter()
        .map(|(command, help)| (command, of(&help)))
        .collect()
}

/// What is wrong with the words after `backtrackctl`, if anything.
fn fault(words: &str, known: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let mut command = String::new();
    for word in words.split_whitespace() {
        let longer = format!("{command} {word}").trim().to_owned();
        if !known.contains_key(&longer) {
            break;
        }
        command = longer;
    }
    let first = words.split_whitespace().next().unwrap_or_default();
    if command.is_empty() && first.chars().all(|each| each.is_ascii_lowercase()) && !first.is_empty() {
        return Some(format!("there is no command {first}"));
    }
    let options = &known[&command];
    let wrong = words
        .split_whitespace()
        .map(|word| word.split('=').next().unwrap())
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .find(|word| !options.contains(*word));
    wrong.map(|option| format!("`backtrackctl {command}` takes no {option}"))
}

/// Pieces of code in a document that begin with the program's name.
fn quoted(document: &str) -> Vec<String> {
    let span =
        Regex::new(r"`(?:\$ )?backtrackctl ([^`\n]+)`|(?m)^\s*(?:\$ )?backtrackctl ([^\n#]+)").unwrap();
    let found = span.captures_iter(document);
    found
        .map(|found| found.get(1).or(found.get(2)).unwrap().as_str().trim().to_owned())
        .collect()
}

#[test]
fn the_documents_name_only_commands_and_options_that_exist() {
    let known = options();
    let mut faults = Vec::new();
    let mut seen = 0;
    for document in documents() {
        for words in quoted(&text(&document)) {
            seen += 1;
            if let Some(why) = fault(&words, &known) {
                let shown = document.strip_prefix(root()).unwrap().display().to_string();
                faults.push(format!("{shown}: backtrackctl {words}: {why}"));
            }
        }
    }
    assert!(seen > 10, "expected mentions, got {seen}");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Rows of the table of commands: each code span begins with a command.
#[test]
fn the_commands_of_the_readme_exist() {
    let known = options();
    let readme = text(&root().join("README.md"));
    let table = readme
        .split("## Commands")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let spans = Regex::new("`([a-z][^`]*)`").unwrap();
    let rows = table
        .lines()
        .filter_map(|row| row.strip_prefix("| `")?.split(" | ").next());
    let mut named = BTreeSet::new();
    for row in rows {
        for span in spans.captures_iter(&format!("`{row}")) {
            assert_eq!(fault(&span[1], &known), None, "{}", &span[1]);
            named.insert(span[1].split_whitespace().next().unwrap().to_owned());
        }
    }
    let listed = known
        .keys()
        .filter(|command| !command.is_empty() && !command.contains(' '));
    let missing: Vec<&String> = listed
        .filter(|command| *command != "completions" && !named.contains(*command))
        .collect();
    assert_eq!(
        missing,
        Vec::<&String>::new(),
        "the README's table names every command"
    );
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What it tells a person to type next at 2 AM has to be there.
#[test]
fn the_program_itself_names_only_commands_that_exist() {
    let known = options();
    let mention = Regex::new(r"[`\x22 ]backtrackctl ([a-z]+)\b[^:]").unwrap();
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    let mut seen = 0;
    for path in paths {
        let text = text(&path);
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for found in mention.captures_iter(line) {
                seen += 1;
                assert!(known.contains_key(&found[1]), "{}: {line}", path.display());
            }
        }
    }
    assert!(seen > 10, "expected mentions, got {seen}");
}
