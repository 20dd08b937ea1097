//! Taking a run over: the old holder is fenced, and not one of its durable records is lost.

use super::samples::{at, begun, holder, run};
use crate::journal::appender::Appender;
use crate::journal::lock::Lock;
use crate::journal::medium::{Disk, Medium};
use crate::journal::place::Place;
use crate::journal::writer::Writer;
use crate::journal::{AppendError, Fenced, Holder, Ledger, LockError, ResumeError, Shelf, Store, verify};
use std::fs::OpenOptions;
use std::io;
use std::path::PathBuf;

fn other() -> Holder {
    Holder {
        user: "sam".to_owned(),
        pid: 4711,
        ..holder(1)
    }
}

#[test]
fn the_old_holder_writes_nothing_more_and_its_records_are_all_there() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let mut old = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let old_lock = store.hold("orders", &holder(1)).unwrap();
    for second in 1..5 {
        old.append(at(second), &begun()).unwrap();
    }

    let mut taken = store.take_over(&other()).unwrap();
    assert_eq!(taken.ledger.records().len(), 5);
    assert_eq!(taken.ledger.head(), old.head());
    assert_eq!(taken.from, Some(Fenced::Named(holder(1))));
    let _cluster = store.take_cluster_over("orders", &other()).unwrap();

    // Whoever was fenced is told so, at each try, and leaves no trace.
    for second in 5..7 {
        let refused = old.append(at(second), &begun()).unwrap_err();
        assert!(
            matches!(
                refused,
                AppendError::TakenOver { seq: 6 } | AppendError::Poisoned(_)
            ),
            "{refused}"
        );
    }
    taken.writer.append(at(9), &begun()).unwrap();
    assert_eq!(verify(taken.writer.path()).unwrap().head, taken.writer.head());

    // The old holder's end frees nothing of the new one's.
    drop((old, old_lock));
    let busy = store.resume(&holder(1)).unwrap_err();
    let ResumeError::Locked {
        source: LockError::Busy { holder: Some(found) },
        ..
    } = busy
    else {
        panic!("{busy}")
    };
    assert_eq!(found, other());
    assert!(matches!(
        store.hold("orders", &holder(2)),
        Err(LockError::Busy { .. })
    ));
    assert_eq!(std::fs::read_dir(root.path().join("staging")).unwrap().count(), 0);
}

/// A disk that hands the journal to somebody else just when an append looks at its file.
#[derive(Debug)]
struct Contested {
    disk: Disk,
    journal: PathBuf,
}

impl Medium for Contested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.sync()
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.disk.set_len(length)
    }

    fn length(&self) -> io::Result<u64> {
        let copy = self.journal.with_extension("copy");
        std::fs::copy(&self.journal, &copy)?;
        std::fs::rename(&copy, &self.journal)?;
        self.disk.length()
    }
}

#[test]
fn an_exchange_between_the_look_and_the_append_is_a_take_over_and_no_broken_disk() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let begin = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let journal = begin.path().to_owned();
    drop(begin);
    let ledger = Ledger::read(&journal).unwrap();
    let file = OpenOptions::new().append(true).open(&journal).unwrap();
    let place = Place::of(&file, &journal).unwrap();
    let contested = Contested {
        disk: Disk(file),
        journal: journal.clone(),
    };
    let appender = Appender::after(Box::new(contested), ledger.extent());
    let lock = Lock::take(&root.path().join("own.lock"), &holder(1)).unwrap();
    let mut old = Writer::new(run(1), place, appender, lock);
    assert!(matches!(
        old.append(at(1), &begun()),
        Err(AppendError::TakenOver { seq: 2 })
    ));
    assert_eq!(verify(&journal).unwrap().records, 1);
}

#[test]
fn what_nobody_holds_is_taken_without_another_file() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    drop(store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap());
    let taken = store.take_over(&other()).unwrap();
    assert_eq!(taken.from, None);
    assert!(matches!(
        store.take_over(&Holder { run: run(7), ..other() }),
        Err(ResumeError::Unknown(unknown)) if unknown == run(7)
    ));
}

#[test]
fn of_two_that_take_over_one_after_the_other_the_last_one_writes() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let _first = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let mut second = store.take_over(&other()).unwrap();
    second.writer.append(at(1), &begun()).unwrap();
    let mut third = store.take_over(&Holder { pid: 4712, ..other() }).unwrap();
    assert_eq!(third.ledger.records().len(), 2);
    assert!(matches!(
        second.writer.append(at(2), &begun()),
        Err(AppendError::TakenOver { .. })
    ));
    third.writer.append(at(3), &begun()).unwrap();
    assert_eq!(verify(third.writer.path()).unwrap().records, 3);
}

/// Killed right after the exchange, a take-over leaves the old file beside the journal.
#[test]
fn a_take_over_that_was_killed_half_way_loses_no_record() {
    for (copied, torn) in [(5, false), (3, false), (3, true), (1, true)] {
        let root = tempfile::tempdir().unwrap();
        let store = Store::open(root.path()).unwrap();
        let mut old = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
        for second in 1..5 {
            old.append(at(second), &begun()).unwrap();
        }
        let (path, head) = (old.path().to_owned(), old.head());
        let whole = std::fs::read(&path).unwrap();
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        let mut copy = lines[..copied].concat();
        if torn {
            copy.extend_from_slice(&lines[copied][..7]);
        }
        std::fs::rename(&path, path.with_file_name("journal.fenced.jsonl")).unwrap();
        std::fs::write(&path, copy).unwrap();
        assert!(matches!(
            old.append(at(9), &begun()),
            Err(AppendError::TakenOver { .. })
        ));
        drop(old);

        let (ledger, mut writer) = store.resume(&other()).unwrap();
        assert_eq!(
            (ledger.records().len(), ledger.head()),
            (5, head),
            "{copied} {torn}"
        );
        writer.append(at(10), &begun()).unwrap();
        assert_eq!(verify(&path).unwrap().records, 6);
        assert!(!path.with_file_name("journal.fenced.jsonl").exists());
    }
}

#[test]
fn a_take_over_that_was_killed_before_the_exchange_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let mut old = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let path = old.path().to_owned();
    std::fs::hard_link(&path, path.with_file_name("journal.fenced.jsonl")).unwrap();
    old.append(at(1), &begun()).unwrap();
    drop(old);
    let (ledger, _writer) = store.resume(&other()).unwrap();
    assert_eq!(ledger.records().len(), 2);
    assert!(!path.with_file_name("journal.fenced.jsonl").exists());
}

#[test]
fn a_holder_whose_lock_was_lost_is_fenced_too() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let mut old = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let ours = old.ours();
    assert!(ours());
    for lock in std::fs::read_dir(root.path().join("locks")).unwrap() {
        std::fs::remove_file(lock.unwrap().path()).unwrap();
    }
    let taken = store.take_over(&other()).unwrap();
    assert_eq!(taken.from, None);
    assert!(!ours());
    assert!(matches!(
        old.append(at(1), &begun()),
        Err(AppendError::TakenOver { .. })
    ));
}

#[test]
fn a_take_over_that_cannot_write_leaves_the_run_to_its_holder() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let mut old = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    // No name is left for the old file.
    let fenced = old.path().with_file_name("journal.fenced.jsonl");
    std::fs::create_dir(&fenced).unwrap();
    store.take_over(&other()).unwrap_err();
    old.append(at(1), &begun()).unwrap();
    let busy = store.resume(&other()).unwrap_err();
    assert!(matches!(busy, ResumeError::Locked { .. }), "{busy}");
    std::fs::remove_dir(&fenced).unwrap();
    assert_eq!(store.take_over(&other()).unwrap().ledger.records().len(), 2);
    let staging = root.path().join("staging");
    assert_eq!(std::fs::read_dir(staging).unwrap().count(), 0);
}
