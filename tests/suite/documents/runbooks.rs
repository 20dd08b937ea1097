//! The runbooks that are shipped: each passes `check`, and has a page beside it.

use super::root;
use crate::harness::Program;

#[test]
fn every_shipped_runbook_passes_check_and_has_a_page_beside_it() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("runbooks")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            Program::new().run(["check", path.to_str().unwrap()]).expect(0);
            assert!(path.with_extension("md").is_file(), "{}", path.display());
            names.push(path.file_name().unwrap().to_owned());
        }
    }
    names.sort();
    assert_eq!(names, ["drill-sql.toml", "drill.toml", "rewind.toml"]);
}

/// A runbook in the documents is one that can be copied.
#[test]
fn the_runbook_of_the_documents_passes_check() {
    let page = super::text(&root().join("docs/runbooks.md"));
    let program = Program::new();
    let whole = page
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let whole: Vec<&str> = whole
        .filter(|toml| toml.contains("[[pause]]") && toml.contains("[policy]"))
        .collect();
    assert!(!whole.is_empty());
    for toml in whole {
        let path = program.file("runbook.toml", toml);
        program.run(["check", path.to_str().unwrap()]).expect(0);
    }
}
