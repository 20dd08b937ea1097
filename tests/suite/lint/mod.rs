//! `lint`: templates with what each is, and the command around them.

mod advice;
mod command;
mod corpus;
mod memory;
mod modules;
mod odd_files;
mod sarif;

use std::path::{Path, PathBuf};

/// A folder of templates beside these tests.
fn templates(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/lint")
        .join(language)
}
