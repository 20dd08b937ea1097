//! Listing and finding runs: nothing is skipped in silence, nothing is guessed.

use super::samples::{at, begun, holder};
use crate::domain::run_id::RunId;
use crate::journal::{Archive, FindError, Holder, Listed, Shelf, Store};
use std::fs;

fn shelved() -> (tempfile::TempDir, Vec<RunId>) {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let runs: Vec<_> = (0..3)
        .map(|day| RunId::new(at(day * 86_400), 0x00ab_cdef))
        .collect();
    for (run, shelf) in runs.iter().zip([Shelf::Runs, Shelf::Runs, Shelf::Rehearsals]) {
        let holder = Holder {
            run: run.clone(),
            ..holder(0)
        };
        drop(store.begin(shelf, &holder, at(0), &begun()).unwrap());
    }
    (root, runs)
}

#[test]
fn runs_are_listed_oldest_first_and_strangers_are_shown() {
    let (root, runs) = shelved();
    fs::create_dir(root.path().join("runs/lost+found")).unwrap();
    fs::write(root.path().join("runs/20260101-000000-000000"), "").unwrap();
    let listed = Archive::new(root.path()).list(Shelf::Runs).unwrap();
    assert_eq!(
        listed[..2],
        [Listed::Run(runs[0].clone()), Listed::Run(runs[1].clone())]
    );
    let strangers: Vec<_> = listed[2..]
        .iter()
        .map(|listed| match listed {
            Listed::Foreign { name, why } => format!("{name}: {why}"),
            Listed::Run(run) => panic!("{run}"),
        })
        .collect();
    assert_eq!(
        strangers,
        [
            "20260101-000000-000000: expected a folder, got something else",
            "lost+found: expected a run like YYYYMMDD-HHMMSS-xxxxxx (UTC, then six of 0-9 a-f), got \"lost+found\"",
        ]
    );
}

#[test]
fn a_run_is_found_by_its_name_or_a_beginning_that_fits_it_alone() {
    let (root, runs) = shelved();
    let archive = Archive::new(root.path());
    for (run, shelf) in runs.iter().zip([Shelf::Runs, Shelf::Runs, Shelf::Rehearsals]) {
        assert_eq!(archive.find(run.as_str()).unwrap(), (shelf, run.clone()));
        assert_eq!(archive.find(&run.as_str()[..8]).unwrap(), (shelf, run.clone()));
    }
}

#[test]
fn what_fits_several_runs_or_none_is_refused_with_the_candidates() {
    let (root, runs) = shelved();
    let archive = Archive::new(root.path());
    let several = archive.find("202611").unwrap_err();
    assert_eq!(
        several.to_string(),
        format!(
            "expected one run, got 3 that begin with \"202611\": {} (rehearsal), {}, {}",
            runs[2], runs[1], runs[0]
        )
    );
    for wanted in ["", "1999", "../runs", "."] {
        let none = archive.find(wanted).unwrap_err();
        assert!(
            matches!(&none, FindError::None { candidates, .. } if candidates.len() == 3),
            "{none}"
        );
    }
    let empty = Archive::new(root.path().join("nowhere"))
        .find("2026")
        .unwrap_err();
    assert_eq!(
        empty.to_string(),
        "expected the beginning of a run's name, got \"2026\"; there are no runs"
    );
}

#[test]
fn a_shelf_that_cannot_be_read_is_not_an_empty_one() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("runs"), "").unwrap();
    let archive = Archive::new(root.path());
    assert!(archive.list(Shelf::Runs).is_err());
    assert!(matches!(archive.find("2026"), Err(FindError::Unreadable(_))));
}
