//! Every template of the set is judged as its table says: clusters, windows, warnings, and what cannot be read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::templates;
use crate::harness::Program;

/// One row of a table: file, address, verdict, window and warnings, as it is written.
type Row = [String; 5];

fn table(language: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(templates(&format!("{language}.tsv"))).unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            cells.try_into().unwrap_or_else(|cells| panic!("{cells:?}"))
        })
        .collect()
}

/// What the program says, as rows of such a table.
fn judged(language: &str) -> Vec<Row> {
    let folder = templates(language);
    let program = Program::new();
    let finished = program.run(["lint", folder.to_str().unwrap(), "--output", "json"]);
    assert_eq!(finished.exit(), Some(4), "{finished:?}");
    let within = format!("{}/", folder.display());
    let lines = finished.stdout.lines();
    lines
        .map(|line| row(&serde_json::from_str(line).unwrap(), &within))
        .collect()
}

fn row(line: &Value, within: &str) -> Row {
    let text = |key: &str| line[key].as_str().unwrap().to_owned();
    let file = text("file").strip_prefix(within).unwrap().to_owned();
    if line["kind"] == "unreadable" {
        let none = || "-".to_owned();
        return [file, none(), "unreadable".to_owned(), none(), none()];
    }
    assert_eq!(line["kind"], "resource");
    assert!(!text("message").is_empty(), "{line}");
    let warnings: Vec<&str> = line["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning.as_str().unwrap())
        .collect();
    [
        file,
        text("address"),
        text("verdict"),
        line["window_seconds"]
            .as_i64()
            .map_or_else(|| "-".to_owned(), |window| window.to_string()),
        if warnings.is_empty() {
            "-".to_owned()
        } else {
            warnings.join(",")
        },
    ]
}

fn differences(language: &str) -> Vec<String> {
    let expected: BTreeSet<Row> = table(language).into_iter().collect();
    let got: BTreeSet<Row> = judged(language).into_iter().collect();
    let missing = expected.difference(&got).map(|row| format!("missing {row:?}"));
    let wrong = got.difference(&expected).map(|row| format!("got     {row:?}"));
    missing.chain(wrong).collect()
}

#[test]
fn every_cloudformation_template_is_judged_as_the_table_says() {
    let differences = differences("cloudformation");
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    let rows = table("cloudformation");
    let files: BTreeSet<&String> = rows.iter().map(|[file, ..]| file).collect();
    assert!(
        files.len() >= 60 && rows.len() >= 100,
        "{} {}",
        files.len(),
        rows.len()
    );
}

/// A name of its own for each file and cluster: two rows for one would hide each other.
#[test]
fn the_table_names_each_cluster_once() {
    let mut seen = BTreeSet::new();
    for [file, address, ..] in table("cloudformation") {
        assert!(seen.insert((file.clone(), address.clone())), "{file} {address}");
    }
}
