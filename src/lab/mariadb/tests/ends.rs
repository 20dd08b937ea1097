//! Ends that nobody wanted: a server that is killed, a move that fails, a lab that goes.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::super::pack::Pack;
use super::super::works::Works;
use super::{DataError, DataPlane as _, Plane, keep, now, plane, rewind, take};

fn root(plane: &Plane) -> PathBuf {
    plane.ask(|works| works.root()).unwrap()
}

fn pid(plane: &Plane) -> Pid {
    let text = fs::read_to_string(root(plane).join("server.pid")).unwrap();
    Pid::from_raw(text.parse().unwrap()).unwrap()
}

#[test]
fn a_server_that_somebody_killed_comes_back_with_what_it_had_committed() {
    let mut plane = plane();
    take(&mut plane, 1..=5);
    kill_process(pid(&plane), Signal::KILL).unwrap();
    let table = plane.shown();
    assert_eq!(table.rows(), 5);
    assert!(table.compare_with_receipts().agrees);
    assert_eq!(plane.fault(), None);
    take(&mut plane, 6..=6);
    assert!(plane.shown().compare_with_receipts().agrees);
}

#[test]
fn a_move_that_cannot_be_made_leaves_the_present_as_it_was() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let early = keep(&plane);
    take(&mut plane, 4..=5);
    let whole = plane.shown();
    // What every instant is made of is cut short.
    let pack = fs::File::options()
        .write(true)
        .open(root(&plane).join("pack"))
        .unwrap();
    pack.set_len(16).unwrap();
    let at = now(&plane);
    let failed = plane.rewind(early, at).unwrap_err();
    assert!(matches!(failed, DataError::Engine(_)), "{failed}");
    assert_eq!(plane.shown(), whole);
    take(&mut plane, 6..=6);
    assert_eq!(plane.shown().rows(), 6);
}

#[test]
fn a_full_disk_loses_instants_and_says_so_and_the_lab_goes_on() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let early = keep(&plane);
    let well = plane
        .ask(|works| works.swap_pack(Pack::create(Path::new("/dev/full")).unwrap()))
        .unwrap();
    take(&mut plane, 4..=5);
    let lost = plane.ask(Works::freeze_now).unwrap().unwrap_err();
    assert!(lost.to_string().contains("No space left"), "{lost}");
    assert_eq!(plane.fault(), Some(lost.to_string()));
    assert!(plane.shown().compare_with_receipts().agrees, "the shop goes on");
    plane.ask(|works| works.swap_pack(well)).unwrap();
    let later = keep(&plane);
    assert_eq!(plane.fault(), None);
    for (to, rows) in [(early, 3), (later, 5)] {
        rewind(&mut plane, to);
        assert_eq!(plane.shown().rows(), rows);
        assert!(plane.shown().compare_with_receipts().agrees);
    }
}

#[test]
fn the_end_of_a_lab_leaves_no_server_and_no_directory() {
    let mut plane = plane();
    take(&mut plane, 1..=1);
    let early = keep(&plane);
    rewind(&mut plane, early);
    let (root, pid) = (root(&plane), pid(&plane));
    assert!(root.is_dir());
    drop(plane);
    assert!(!root.exists());
    assert!(test_kill_process(pid).is_err());
}
