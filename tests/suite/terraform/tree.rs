//! Folders of files that are named as an operator names them.

use backtrackctl::lint::{Counts, Findings, read};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// Folders with files.
pub(super) struct Tree(TempDir);

impl Tree {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let tree = Self(TempDir::new().unwrap());
        for (name, text) in files {
            tree.file(name, text);
        }
        tree
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, names: &[&str]) -> Findings {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        read(&paths, None, None)
    }

    /// Addresses with verdicts, and the exit code.
    pub(super) fn told(&self, names: &[&str]) -> (Vec<String>, u8) {
        let findings = self.read(names);
        let mut rows: Vec<String> = findings
            .lint
            .resources
            .iter()
            .map(|row| format!("{} {}", row.address, row.judgement.verdict.as_str()))
            .collect();
        rows.sort();
        (rows, Counts::of(&findings.lint).exit())
    }
}

pub(super) fn cluster(name: &str, window: u32) -> String {
    format!(
        "resource \"aws_rds_cluster\" \"{name}\" {{\n  engine = \"aurora-mysql\"\n  backtrack_window = {window}\n}}\n"
    )
}

pub(super) fn call(name: &str, source: &str) -> String {
    format!("module \"{name}\" {{\n  source = \"{source}\"\n}}\n")
}

pub(super) fn told(rows: &[&str], exit: u8) -> (Vec<String>, u8) {
    (rows.iter().map(|row| (*row).to_owned()).collect(), exit)
}
