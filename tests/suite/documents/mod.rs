//! The documents say what the program does: what they quote of it is checked against it.
//!
//! `UPDATE_DOCS=1 cargo test --test suite documents` writes the quotations anew; the prose around them stays.

mod exit_codes;
mod help;
mod links;
mod mentions;
mod runbooks;
mod screens;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document that is written for people.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["", "docs", "docs/decisions", "runbooks"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    found.sort();
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Held while a document is read and written: one may have several quotations, each with a test of its own.
static WRITING: Mutex<()> = Mutex::new(());

/// Holds what stands between `<!-- NAME -->` and `<!-- end -->` in a document to `expected`.
fn agrees(document: &str, name: &str, expected: &str) {
    let _writing = WRITING.lock();
    let path = root().join("docs").join(document);
    let text = text(&path);
    let begin = format!("<!-- {name} -->\n");
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("docs/{document}: expected the marker {begin}"));
    let (quoted, after) = rest.split_once("<!-- end -->").expect("an end to every marker");
    if quoted == expected {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{begin}{expected}<!-- end -->{after}")).unwrap();
        return;
    }
    let differs = quoted
        .lines()
        .zip(expected.lines())
        .find(|(quoted, expected)| quoted != expected);
    panic!(
        "docs/{document}, {name}: the document differs from the program (UPDATE_DOCS=1 writes it anew)\n\
         first difference (document, program): {differs:#?}\nprogram:\n{expected}"
    );
}

/// A block of text as it stands.
fn fenced(text: &str) -> String {
    format!("\n```text\n{}\n```\n", text.trim_end())
}
