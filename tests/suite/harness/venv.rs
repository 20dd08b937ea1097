//! Programs in Python that nobody here wrote: where `tests/run` has installed them.

use std::path::PathBuf;

/// The folder of `python`, `aws` and `moto_server`: as `tests/run` installs them, else those of the machine.
pub fn programs() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var_os("BACKTRACKCTL_TEST_VENV").map(PathBuf::from);
    given
        .or_else(|| Some(root.join(".venv")).filter(|venv| venv.is_dir()))
        .map(|venv| venv.join("bin"))
}

/// A `PATH` on which they come first.
pub fn path() -> String {
    let own = programs().map_or_else(String::new, |folder| format!("{}:", folder.display()));
    format!("{own}{}", std::env::var("PATH").unwrap_or_default())
}

/// Ends the test where a program is not there, and says how it gets there.
#[track_caller]
pub fn need(program: &str) {
    let there = std::env::split_paths(&path()).any(|folder| folder.join(program).is_file());
    assert!(
        there,
        "expected the program {program} in BACKTRACKCTL_TEST_VENV, .venv or PATH, found none; tests/run installs it, \
         or: python3 -m venv .venv && .venv/bin/pip install -r tests/clients/requirements.txt"
    );
}
