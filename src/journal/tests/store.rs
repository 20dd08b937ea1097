//! Beginning, resuming and holding: one writer, one holder, no half-made run.

use super::samples::{at, begun, holder, run};
use crate::journal::{
    AppendError, BeginError, Holder, LONGEST, Listed, LockError, Payload, ResumeError, Shelf, Store,
    StoreError,
};
use serde_json::Map;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Barrier;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_begun_run_stands_with_its_first_record_and_is_private() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path().join("a/b")).unwrap();
    let writer = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let ledger = store.archive().ledger(Shelf::Runs, &run(1)).unwrap();
    assert_eq!(ledger.records().len(), 1);
    assert_eq!(ledger.records()[0].payload(), &begun());
    assert_eq!(
        (writer.seq(), writer.head(), writer.run()),
        (1, ledger.head(), &run(1))
    );
    assert_eq!(mode(writer.path()), 0o600);
    for folder in ["", "runs", "rehearsals", "staging", "locks"] {
        assert_eq!(mode(&store.archive().root().join(folder)), 0o700, "{folder}");
    }
    assert_eq!(mode(writer.path().parent().unwrap()), 0o700);
    assert_eq!(
        fs::read_dir(store.archive().root().join("staging"))
            .unwrap()
            .count(),
        0
    );
    assert_eq!(store.archive().list(Shelf::Runs).unwrap(), [Listed::Run(run(1))]);
    assert_eq!(store.archive().list(Shelf::Rehearsals).unwrap(), []);
}

#[test]
fn a_run_has_one_writer() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let writer = store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap();
    let second = Holder {
        user: "sam".to_owned(),
        ..holder(1)
    };
    let refused = Store::open(root.path()).unwrap().resume(&second).unwrap_err();
    let ResumeError::Locked {
        source: LockError::Busy { holder: Some(found) },
        ..
    } = refused
    else {
        panic!("{refused}")
    };
    assert_eq!(
        found,
        holder(1),
        "the holder is the first, and trying did not change that"
    );
    assert_eq!(found.pid, std::process::id());
    assert!(matches!(
        store.begin(Shelf::Runs, &second, at(0), &begun()),
        Err(BeginError::Locked { .. })
    ));

    drop(writer);
    let (ledger, mut writer) = store.resume(&second).unwrap();
    assert_eq!((ledger.records().len(), ledger.torn_bytes()), (1, 0));
    assert_eq!(writer.append(at(1), &begun()).unwrap().seq(), 2);
}

#[test]
fn a_run_begins_once_on_either_shelf() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    drop(
        store
            .begin(Shelf::Rehearsals, &holder(1), at(0), &begun())
            .unwrap(),
    );
    for shelf in [Shelf::Runs, Shelf::Rehearsals] {
        let refused = store.begin(shelf, &holder(1), at(0), &begun()).unwrap_err();
        assert!(
            matches!(&refused, BeginError::Exists(found) if *found == run(1)),
            "{refused}"
        );
    }
    let rehearsal = store.resume(&holder(1)).unwrap_err();
    assert!(matches!(rehearsal, ResumeError::Unknown(_)), "{rehearsal}");
    assert_eq!(store.archive().list(Shelf::Runs).unwrap(), []);
}

#[test]
fn a_run_whose_first_record_fails_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let long = Map::from_iter([("x".to_owned(), "x".repeat(LONGEST).into())]);
    let refused = store
        .begin(Shelf::Runs, &holder(1), at(0), &Payload::new("a", long).unwrap())
        .unwrap_err();
    assert!(
        matches!(refused, BeginError::Record(AppendError::Refused(_))),
        "{refused}"
    );
    for folder in ["runs", "staging"] {
        assert_eq!(
            fs::read_dir(root.path().join(folder)).unwrap().count(),
            0,
            "{folder}"
        );
    }
    drop(store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap());
}

#[test]
fn a_cluster_has_one_holder() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let key = "123456789012/eu-west-1/orders";
    let held = store.hold(key, &holder(1)).unwrap();
    // An old holder is a holder: only the kernel says that a process is gone.
    let refused = store
        .hold(
            key,
            &Holder {
                since: at(400_000_000),
                ..holder(2)
            },
        )
        .unwrap_err();
    let LockError::Busy { holder: Some(found) } = &refused else {
        panic!("{refused}")
    };
    assert_eq!(*found, holder(1));
    assert!(
        refused
            .to_string()
            .starts_with(&format!("held by run {}, kim on ", run(1))),
        "{refused}"
    );
    let _another = store.hold("123456789012/eu-west-1/orders-2", &holder(2)).unwrap();
    let _alike = store.hold("123456789012/eu-west-1/orders.", &holder(2)).unwrap();
    let _upper = store.hold("123456789012/eu-west-1/ORDERS", &holder(2)).unwrap();
    drop(held);
    let _next = store.hold(key, &holder(2)).unwrap();
}

#[test]
fn a_key_cannot_lead_out_of_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path().join("in")).unwrap();
    let _held = store
        .hold(&format!("../../{}\0é", "x".repeat(5000)), &holder(1))
        .unwrap();
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    assert_eq!(fs::read_dir(root.path().join("in/locks")).unwrap().count(), 1);
}

#[test]
fn of_many_at_once_one_holds() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let (start, done) = (Barrier::new(8), Barrier::new(8));
    let holders = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let (store, start, done) = (&store, &start, &done);
                scope.spawn(move || {
                    start.wait();
                    let held = store.hold("orders", &holder(number));
                    done.wait();
                    held.is_ok()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .filter(|held| *held)
            .count()
    });
    assert_eq!(holders, 1);
}

#[test]
fn a_holder_without_a_name_is_still_a_holder() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let _held = store.hold("orders", &holder(1)).unwrap();
    let lock = fs::read_dir(root.path().join("locks"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    for text in ["", "{\"run\":\"2026", "kim was here"] {
        fs::write(&lock, text).unwrap();
        let refused = store.hold("orders", &holder(2)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "held by a process that has not written its name"
        );
    }
}

#[test]
fn a_link_in_the_place_of_a_lock_is_refused_and_what_it_leads_to_stays_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    drop(store.hold("orders", &holder(1)).unwrap());
    let locks = fs::read_dir(root.path().join("locks")).unwrap();
    let lock = locks.map(|entry| entry.unwrap().path()).next().unwrap();
    let precious = root.path().join("precious");
    fs::write(&precious, "data").unwrap();
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&precious, &lock).unwrap();
    let refused = store.hold("orders", &holder(2)).unwrap_err().to_string();
    assert!(refused.contains("symbolic link"), "{refused}");
    assert_eq!(fs::read_to_string(&precious).unwrap(), "data");
}

#[test]
fn what_a_crash_left_in_staging_is_swept_and_what_lives_is_not() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let staging = root.path().join("staging");
    let (dead, live) = (staging.join(run(7).as_str()), staging.join(run(8).as_str()));
    for folder in [&dead, &live, &staging.join("notes")] {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("journal.jsonl"), "{\"at\"").unwrap();
    }
    let beginning = fs::File::create(root.path().join(format!("locks/run-{}.lock", run(8)))).unwrap();
    beginning.lock().unwrap();
    drop(store.begin(Shelf::Runs, &holder(1), at(0), &begun()).unwrap());
    assert!(!dead.exists());
    assert!(live.exists());
    assert!(
        staging.join("notes").exists(),
        "what this program did not make is not its to remove"
    );
    drop(beginning);
    drop(store.begin(Shelf::Runs, &holder(2), at(0), &begun()).unwrap());
    assert!(!live.exists());
}

#[test]
fn a_place_that_takes_no_journal_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let refused = Store::open(file.path().join("in")).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unmade { path, .. } if path.starts_with(file.path())),
        "{refused}"
    );

    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("locks"), "").unwrap();
    let refused = Store::open(root.path()).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unmade { path, .. } if *path == root.path().join("locks")),
        "{refused}"
    );
}

/// Not even root can write there, so it stands for every folder without permission.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_refuses_files_is_named() {
    let root = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/proc/self", root.path().join("staging")).unwrap();
    let refused = Store::open(root.path()).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unwritable { path, .. } if *path == root.path().join("staging")),
        "{refused}"
    );
}
