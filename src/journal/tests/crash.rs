//! A crash at any byte: what was durable is there, and the run goes on from it.

use super::samples::{at, ends, few, holder, journal, lines, read, run};
use crate::journal::{Archive, Fault, Ledger, ReadError, ResumeError, Shelf, Store, verify};
use std::fs;

#[test]
fn a_journal_cut_at_every_byte_is_torn_or_has_no_record() {
    let (bytes, records) = journal(&few());
    let first = lines(&bytes)[0].len();
    for cut in 0..=bytes.len() {
        let whole = ends(&bytes[..cut]);
        let ended = bytes[..cut]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        match read(&bytes[..cut]) {
            Ok((found, extent)) => {
                assert!(cut >= first, "{cut}");
                assert_eq!(found, records[..whole], "{cut}");
                assert_eq!(
                    (extent.length, extent.torn),
                    (ended as u64, (cut - ended) as u64),
                    "{cut}"
                );
                assert_eq!(extent.head, records[whole - 1].hash(), "{cut}");
            }
            Err(damage) => assert_eq!((damage, cut < first), ((1, Fault::NoRecord), true), "{cut}"),
        }
    }
}

#[test]
fn a_run_resumed_after_any_cut_continues_one_sound_chain() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    let payloads = few();
    drop(store.begin(Shelf::Runs, &holder(1), at(0), &payloads[0]).unwrap());
    let path = store.archive().journal(Shelf::Runs, &run(1));
    let (bytes, records) = journal(&payloads);
    assert_eq!(
        fs::read(&path).unwrap(),
        lines(&bytes)[0],
        "the same record gives the same bytes anywhere"
    );

    for cut in (lines(&bytes)[0].len()..=bytes.len()).step_by(7) {
        fs::write(&path, &bytes[..cut]).unwrap();
        let (ledger, mut writer) = store.resume(&holder(1)).unwrap();
        let whole = ledger.records().len();
        assert_eq!(ledger.records(), &records[..whole], "{cut}");
        assert_eq!(
            (writer.seq(), writer.head()),
            (whole as u64, ledger.head()),
            "{cut}"
        );
        for (place, payload) in payloads.iter().enumerate().skip(whole) {
            writer.append(at(i64::try_from(place).unwrap()), payload).unwrap();
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "{cut}");
        let found = verify(&path).unwrap();
        assert_eq!(
            (found.records, found.head, found.torn_bytes),
            (4, writer.head(), 0),
            "{cut}"
        );
    }
}

#[test]
fn damage_is_not_resumed_and_not_repaired() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(root.path()).unwrap();
    drop(store.begin(Shelf::Runs, &holder(1), at(0), &few()[0]).unwrap());
    let path = store.archive().journal(Shelf::Runs, &run(1));
    for bytes in [&b""[..], b"{\"at\":", b"{}\n"] {
        fs::write(&path, bytes).unwrap();
        let refused = store.resume(&holder(1)).unwrap_err();
        assert!(
            matches!(refused, ResumeError::Read(ReadError::Damage { line: 1, .. })),
            "{refused}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_folder_without_a_record_is_damage_and_an_absent_run_is_not() {
    let root = tempfile::tempdir().unwrap();
    let archive = Archive::new(root.path());
    let absent = archive.ledger(Shelf::Runs, &run(1)).unwrap_err();
    assert!(matches!(absent, ReadError::Unreadable { .. }), "{absent}");

    let path = archive.journal(Shelf::Runs, &run(1));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let empty = archive.ledger(Shelf::Runs, &run(1)).unwrap_err();
    assert!(
        matches!(
            empty,
            ReadError::Damage {
                line: 1,
                what: Fault::NoRecord,
                ..
            }
        ),
        "{empty}"
    );

    fs::create_dir(&path).unwrap();
    let folder = Ledger::read(&path).unwrap_err();
    assert!(
        matches!(
            folder,
            ReadError::Damage {
                line: 1,
                what: Fault::NotAFile,
                ..
            }
        ),
        "{folder}"
    );
}

#[test]
fn what_the_disk_will_not_show_is_not_called_damage() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let below = file.path().join("journal.jsonl");
    let unreadable = verify(&below).unwrap_err();
    assert!(matches!(unreadable, ReadError::Unreadable { .. }), "{unreadable}");
    assert_eq!(unreadable.to_string(), format!("cannot read {}", below.display()));
}
