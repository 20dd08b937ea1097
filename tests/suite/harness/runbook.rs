//! Runbooks for tests: the shipped one with its times shortened, so that what is tested is what is shipped.

use std::path::{Path, PathBuf};

/// A file of the repository's `runbooks/`.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("runbooks").join(name)
}

/// `drill.toml` with another settling time and patience.
pub fn drill_runbook(settling: &str, patience: &str) -> String {
    let text = std::fs::read_to_string(shipped("drill.toml")).unwrap();
    let quick = text
        .replace(r#"settling = "5s""#, &format!("settling = {settling:?}"))
        .replace(r#"patience = "60s""#, &format!("patience = {patience:?}"));
    assert!(
        quick.contains(settling) && quick.contains(patience),
        "drill.toml has other times"
    );
    quick
}

/// The same with a safety copy: the keys of `[copy]`.
pub fn drill_with_copy(keys: &str, patience: &str) -> String {
    format!("{}\n[copy]\n{keys}\n", drill_runbook("1s", patience))
}
