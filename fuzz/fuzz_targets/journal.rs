//! Any bytes as a journal, and a real journal with edits: proven records or damage, and never a report of what was
//! not written. Bytes that begin like a record are chained anew, so that what records say is tried too.
#![no_main]

use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use backtrackctl::domain::event::Event;
use backtrackctl::domain::run::Run;
use backtrackctl::journal::{Hash, Ledger, ReadError, verify};
use backtrackctl::report::{Trail, json, markdown};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};

/// The journal of a whole rewind.
const REAL: &[u8] = include_bytes!("../corpus/journal/rewind.jsonl");

/// A file in memory where there is such a place: reading wants one.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let root = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    let folder = tempfile::tempdir_in(root).expect("a folder").keep();
    folder.join("journal.jsonl")
});

fn read(bytes: &[u8]) -> Result<Ledger, ReadError> {
    let mut file = std::fs::File::create(&*FILE).expect("a file");
    file.write_all(bytes).expect("room for it");
    let read = Ledger::read(&FILE);
    assert_eq!(read.is_ok(), verify(&FILE).is_ok());
    read
}

/// The same lines with numbers and hashes that fit.
fn chained(bytes: &[u8]) -> Vec<u8> {
    let (mut forged, mut prev) = (Vec::new(), Hash::ORIGIN);
    for (seq, line) in (1_u64..).zip(bytes.split(|byte| *byte == b'\n')) {
        let Ok(mut record) = serde_json::from_slice::<Map<String, Value>>(line) else {
            forged.extend_from_slice(line);
            break;
        };
        record.remove("hash");
        record.insert("seq".to_owned(), seq.into());
        record.insert("prev".to_owned(), prev.to_string().into());
        prev = Hash::of(&serde_json::to_vec(&record).expect("JSON"));
        record.insert("hash".to_owned(), prev.to_string().into());
        forged.extend(serde_json::to_vec(&record).expect("JSON"));
        forged.push(b'\n');
    }
    forged
}

/// Edits of four bytes each: put, insert or remove a byte, or cut; where (two bytes); which byte.
fn edited(edits: &[u8]) -> Vec<u8> {
    let mut bytes = REAL.to_vec();
    for edit in edits.as_chunks::<4>().0 {
        let [how, high, low, byte] = *edit;
        let at = usize::from(u16::from_be_bytes([high, low]));
        if at >= bytes.len() {
            continue;
        }
        match how % 4 {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// What a report would do with it.
fn told(ledger: &Ledger) {
    let event = |record: &backtrackctl::journal::Record| {
        let event = serde_json::from_value::<Event>(record.payload().to_tagged()).ok()?;
        Some((record.at(), event))
    };
    let Some(events) = ledger.records().iter().map(event).collect::<Option<Vec<_>>>() else {
        return;
    };
    let Ok(run) = Run::replay(events.iter().map(|(at, event)| (*at, event))) else {
        return;
    };
    if let Some((last, _)) = events.last() {
        let _ = run.next(*last);
    }
    let trail = Trail {
        run: &run,
        events: &events,
        head: ledger.head().to_string(),
        records: events.len() as u64,
        torn_bytes: ledger.torn_bytes(),
    };
    assert!(json(&trail).is_object());
    assert!(!markdown(&trail).is_empty());
}

fuzz_target!(|data: &[u8]| {
    if data.first() == Some(&b'{') {
        let _ = read(data);
        if let Ok(ledger) = read(&chained(data)) {
            told(&ledger);
        }
        return;
    }
    if let Ok(found) = read(&edited(data)) {
        let real = read(REAL).expect("a real journal is sound");
        assert!(
            real.records().starts_with(found.records()),
            "records that were never written"
        );
        told(&found);
    }
});
