//! Plans, states and modules, each with the rows that it must come to.

use backtrackctl::lint::{Lint, terraform};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// `case | address or file | verdict | window | warnings`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    what: String,
    verdict: String,
    window: String,
    warnings: String,
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint/terraform")
}

fn truth() -> BTreeMap<String, Vec<Row>> {
    let text = fs::read_to_string(cases().join("truth.txt")).unwrap();
    let mut truth: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [case, what, verdict, window, warnings] = cells[..] else {
            panic!("expected five cells, got {line}");
        };
        let rows = truth.entry(case.to_owned()).or_default();
        if verdict != "none" {
            rows.push(Row {
                what: what.to_owned(),
                verdict: verdict.to_owned(),
                window: window.to_owned(),
                warnings: warnings.to_owned(),
            });
        }
    }
    truth
}

/// What the library finds in a case: in its one file of JSON, or in the folder as a root module.
fn found(case: &Path) -> Lint {
    if let Some(folder) = terraform::folder("", case, None) {
        return folder.lint;
    }
    let files: Vec<PathBuf> = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let [file] = &files[..] else {
        panic!("expected one file in {}", case.display());
    };
    let name = file.file_name().unwrap().to_str().unwrap();
    terraform::json(name, &fs::read(file).unwrap(), None).unwrap_or_default()
}

fn rows(lint: &Lint) -> Vec<Row> {
    let text = |words: Vec<&str>| {
        if words.is_empty() {
            "-".to_owned()
        } else {
            words.join(" ")
        }
    };
    let clusters = lint.resources.iter().map(|resource| Row {
        what: resource.address.clone(),
        verdict: resource.judgement.verdict.as_str().to_owned(),
        window: resource
            .judgement
            .window_s
            .map_or_else(|| "-".to_owned(), |seconds| seconds.to_string()),
        warnings: text(
            resource
                .judgement
                .warnings
                .iter()
                .map(|each| each.as_str())
                .collect(),
        ),
    });
    let unreadable = lint.unreadable.iter().map(|fault| Row {
        what: fault.file.clone(),
        verdict: "unreadable".to_owned(),
        window: fault.place.as_ref().map_or_else(
            || "-".to_owned(),
            |place| format!("{}:{}", place.line, place.column),
        ),
        warnings: "-".to_owned(),
    });
    clusters.chain(unreadable).collect()
}

/// `?` in the table stands for any place, or any column.
fn agree(expected: &Row, actual: &Row) -> bool {
    let place = match expected.window.strip_suffix('?') {
        Some(start) => actual.window != "-" && actual.window.starts_with(start),
        None => expected.window == actual.window,
    };
    place
        && (&expected.what, &expected.verdict, &expected.warnings)
            == (&actual.what, &actual.verdict, &actual.warnings)
}

#[test]
fn every_case_comes_to_its_rows_and_to_no_others() {
    let truth = truth();
    let mut faults = Vec::new();
    for (case, expected) in &truth {
        let lint = found(&cases().join(case));
        let mut expected = expected.clone();
        let mut actual = rows(&lint);
        expected.sort();
        actual.sort();
        let same = expected.len() == actual.len() && expected.iter().zip(&actual).all(|(a, b)| agree(a, b));
        if !same {
            faults.push(format!("{case}\nexpected {expected:#?}\ngot {lint:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_table_knows_every_case() {
    let folders: BTreeSet<String> = fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = truth().into_keys().collect();
    assert_eq!(folders, known);
    assert!(
        known.len() >= 40,
        "expected at least 40 cases, got {}",
        known.len()
    );
}

#[test]
fn whatever_is_not_known_says_why() {
    for case in truth().keys() {
        for resource in found(&cases().join(case)).resources {
            let reason = &resource.judgement.reason;
            assert!(reason.len() > 8, "{case} {}: {reason}", resource.address);
            assert!(
                !reason.contains(": ;") && !reason.ends_with(": "),
                "{case}: {reason}"
            );
        }
    }
}

#[test]
fn what_stands_in_a_module_is_told_once_and_its_folder_is_told_of() {
    let root = cases().join("modules-within-modules");
    let folder = terraform::folder("infra", &root, None).unwrap();
    let real = root.canonicalize().unwrap();
    assert_eq!(
        folder.modules,
        BTreeSet::from([real.join("outer"), real.join("inner")])
    );
    let files: BTreeSet<&str> = folder
        .lint
        .resources
        .iter()
        .map(|row| row.file.as_str())
        .collect();
    assert_eq!(files, BTreeSet::from(["infra/inner/main.tf"]));
    let circle = cases().join("modules-in-a-circle");
    let folder = terraform::folder("x", &circle, None).unwrap();
    assert!(!folder.modules.contains(&circle.canonicalize().unwrap()));
}

#[test]
fn a_row_points_at_the_window_or_at_the_block() {
    let case = cases().join("plain");
    let text = fs::read_to_string(case.join("main.tf")).unwrap();
    for row in terraform::folder("", &case, None).unwrap().lint.resources {
        let place = row.place.unwrap();
        let excerpt = &text[place.bytes.clone()];
        let name = row.address.rsplit('.').next().unwrap().to_owned();
        if name == "none" {
            assert_eq!(excerpt, "resource \"aws_rds_cluster\" \"none\"");
        } else {
            assert!(excerpt.starts_with("backtrack_window ="), "{excerpt}");
        }
        let line = text.lines().nth(place.line - 1).unwrap();
        assert!(line[place.column - 1..].starts_with(excerpt), "{line}");
    }
}

#[test]
fn reasons_of_suppressions_are_kept_as_written() {
    let folder = terraform::folder("", &cases().join("suppressions"), None).unwrap();
    let found: Vec<(&str, String, Option<String>)> = folder
        .lint
        .resources
        .into_iter()
        .flat_map(|row| row.suppressions)
        .map(|each| (each.tool, each.rule, each.reason))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            (
                "checkov",
                "CKV_AWS_326".to_owned(),
                text("rewinds are not wanted here")
            ),
            ("terrascan", "AC_AWS_0190".to_owned(), text("too costly")),
            ("tfsec", "*".to_owned(), None),
        ]
    );
}
