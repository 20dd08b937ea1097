//! The direction of imports, read from the sources: what a layer may name, and where a crate may be named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each layer may name of the others. `cli` is where everything meets.
const MAY_NAME: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("ports", &["domain"]),
    ("engine", &["domain", "ports"]),
    ("aws", &["domain", "ports"]),
    ("clock", &["domain", "ports"]),
    ("journal", &["domain", "ports"]),
    ("application", &["domain", "ports"]),
    ("runbook", &["domain", "ports"]),
    ("sql", &["domain", "ports"]),
    ("report", &["domain", "ports"]),
    ("ui", &["domain", "ports"]),
    ("locate", &["domain", "ports"]),
    ("lint", &["domain"]),
    ("posture", &["domain"]),
    ("lab", &[]),
    (
        "cli",
        &[
            "domain",
            "ports",
            "engine",
            "aws",
            "clock",
            "journal",
            "application",
            "runbook",
            "sql",
            "locate",
            "lint",
            "posture",
            "report",
            "ui",
            "lab",
        ],
    ),
];

/// Crates that belong to one layer.
const BELONGS: [(&str, &[&str]); 6] = [
    ("aws_sdk_", &["aws"]),
    ("aws_smithy_", &["aws"]),
    ("aws_config::", &["aws"]),
    // The lab shares nothing with the program, its client neither.
    ("mysql_async::", &["sql", "lab"]),
    ("dialoguer::", &["ui"]),
    ("indicatif::", &["ui"]),
];

/// What the domain does without: it is std, chrono, serde and thiserror.
const NOT_IN_DOMAIN: [&str; 5] = ["tokio::", "tracing::", "std::fs", "reqwest::", "Utc::now"];

struct Source {
    /// Below `src`: `domain/run/apply.rs`.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The folder below `src`; empty for the crate's roots.
    fn layer(&self) -> &str {
        match self.path.components().count() {
            1 => "",
            _ => self.path.iter().next().and_then(|part| part.to_str()).unwrap(),
        }
    }

    /// Number of `super` that reach from here to the crate's root.
    fn depth(&self) -> usize {
        let is_mod = self.path.ends_with("mod.rs");
        self.path.components().count() - usize::from(is_mod)
    }

    /// Lines that are no comment, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line.trim()))
            .filter(|(_, line)| !line.starts_with("//"))
    }

    /// `path:line: what` for every line that `wrong` finds something in.
    fn faults(&self, wrong: impl Fn(&str) -> Option<String>) -> Vec<String> {
        self.code()
            .filter_map(|(line, text)| {
                wrong(text).map(|what| format!("src/{}:{line}: {what}", self.path.display()))
            })
            .collect()
    }
}

fn sources() -> Vec<Source> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(Source {
                    text: fs::read_to_string(&path).unwrap(),
                    path: path.strip_prefix(root).unwrap().to_owned(),
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    assert!(found.len() > 100, "expected the sources, found {}", found.len());
    found
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The names that follow `crate::` in a line.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        rest.split(|each: char| !each.is_alphanumeric() && each != '_')
            .next()
            .unwrap()
    })
}

#[test]
fn every_layer_names_only_what_lies_below_it() {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources().iter().filter(|source| !source.layer().is_empty()) {
        let layer = source.layer();
        seen.insert(layer.to_owned());
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == layer) else {
            faults.push(format!("src/{layer}: a layer that the table does not know"));
            continue;
        };
        faults.extend(source.faults(|line| {
            named(line)
                .find(|name| *name != layer && !allowed.contains(name))
                .map(|name| format!("{layer} may not name crate::{name}"))
        }));
        let up_and_out = "super::".repeat(source.depth());
        faults.extend(source.faults(|line| {
            line.contains(&up_and_out)
                .then(|| format!("{up_and_out} leaves the layer unseen: write crate::"))
        }));
    }
    none(&faults);
    assert!(seen.contains("domain") && seen.contains("lab") && seen.contains("cli"));
}

#[test]
fn a_crate_that_belongs_to_one_layer_is_named_there_alone() {
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            source.faults(|line| {
                BELONGS
                    .iter()
                    .find(|(name, layers)| line.contains(name) && !layers.contains(&source.layer()))
                    .map(|(name, layers)| format!("{name} is for src/{} alone", layers.join(" and ")))
            })
        })
        .collect();
    none(&faults);
}

#[test]
fn the_domain_is_pure() {
    // Its tests check a document, and may read it.
    let of_tests = |source: &Source| source.path.components().any(|part| part.as_os_str() == "tests");
    let domain = sources()
        .into_iter()
        .filter(|source| source.layer() == "domain" && !of_tests(source));
    let faults: Vec<String> = domain
        .flat_map(|source| {
            source.faults(|line| {
                let found = NOT_IN_DOMAIN.iter().find(|name| line.contains(**name));
                found.map(|name| format!("{name} in the domain"))
            })
        })
        .collect();
    none(&faults);
}

#[test]
fn the_root_of_a_layer_holds_documentation_and_re_exports_only() {
    let roots = sources()
        .into_iter()
        .filter(|source| source.path.ends_with("mod.rs") && source.path.components().count() == 2);
    let faults: Vec<String> = roots
        .flat_map(|source| {
            source.faults(|line| {
                let code = [
                    "fn ", "struct ", "enum ", "impl ", "impl<", "const ", "static ", "trait ",
                ];
                let begins = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
                let found = code.iter().find(|word| begins.starts_with(**word));
                found.map(|word| format!("expected docs, mod and use, got {}", word.trim()))
            })
        })
        .collect();
    none(&faults);
}

#[test]
fn every_module_begins_with_its_purpose() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| format!("src/{}: expected a first line with //!", source.path.display()))
        .collect();
    none(&faults);
}
