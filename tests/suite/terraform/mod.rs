//! `lint`'s reading of Terraform, by what the library finds in real files.

mod elsewhere;
mod endless;
mod hostile;
mod named;
mod tree;
mod truth;

use backtrackctl::domain::posture::Verdict;
use backtrackctl::lint::{Lint, terraform};
use std::fs;
use tempfile::TempDir;

/// A folder of files, read as a root module.
fn folder(files: &[(&str, &str)]) -> Lint {
    let root = TempDir::new().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    terraform::folder("", root.path(), None).unwrap().lint
}

/// A cluster with a window.
fn cluster(name: &str, window: &str) -> String {
    format!(
        "resource \"aws_rds_cluster\" \"{name}\" {{\n  engine = \"aurora-mysql\"\n  backtrack_window = {window}\n}}\n"
    )
}

fn verdict(lint: &Lint) -> Verdict {
    assert_eq!(lint.resources.len(), 1, "{lint:?}");
    lint.resources[0].judgement.verdict
}
