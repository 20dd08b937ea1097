//! The disk fails at each step of each append: write ahead, or stop.

use super::samples::{Memory, at, few, journal, read};
use crate::journal::appender::{AppendError, Appender, Left, Step};
use crate::journal::medium::{Disk, Medium};
use crate::journal::{Fault, Payload};
use serde_json::Map;
use std::fs::OpenOptions;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where the fault strikes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Blow {
    Length,
    Write,
    Short(usize),
    Sync,
}

/// What happens when the failed append is taken back.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Retreat {
    Works,
    NoCut,
    NoSync,
}

/// A disk that takes `good` appends and then fails.
#[derive(Debug)]
struct Failing {
    memory: Memory,
    calls: Arc<AtomicUsize>,
    good: usize,
    blow: Blow,
    retreat: Retreat,
    struck: bool,
}

impl Failing {
    fn due(&mut self, blow: Blow) -> bool {
        let due = !self.struck && self.good == 0 && self.blow == blow;
        self.struck |= due;
        due
    }
}

fn full() -> io::Error {
    io::Error::from(io::ErrorKind::StorageFull)
}

impl Medium for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if self.due(Blow::Write) {
            return Err(full());
        }
        if let Blow::Short(taken) = self.blow
            && self.due(Blow::Short(taken))
        {
            return self.memory.write(&bytes[..taken]);
        }
        self.memory.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if self.due(Blow::Sync) || (self.struck && self.retreat == Retreat::NoSync) {
            return Err(io::Error::other("input/output error"));
        }
        self.good = self.good.saturating_sub(1);
        Ok(())
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if self.retreat == Retreat::NoCut {
            return Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem));
        }
        self.memory.set_len(length)
    }

    fn length(&self) -> io::Result<u64> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if self.good == 0 && self.blow == Blow::Length {
            return Err(io::Error::other("stale file handle"));
        }
        self.memory.length()
    }
}

fn fails(good: usize, blow: Blow, retreat: Retreat) {
    let story = format!("{good} good, then {blow:?}, {retreat:?}");
    let payloads = few();
    let (bytes, records) = journal(&payloads);
    let (memory, calls) = (Memory::default(), Arc::new(AtomicUsize::new(0)));
    let failing = Failing {
        memory: memory.clone(),
        calls: calls.clone(),
        good,
        blow,
        retreat,
        struck: false,
    };
    let mut appender = Appender::new(Box::new(failing));
    for (second, payload) in (0..).zip(&payloads[..good]) {
        appender.append(at(second), payload).unwrap();
    }

    let failed = appender
        .append(at(i64::try_from(good).unwrap()), &payloads[good])
        .unwrap_err();
    let expected = match (blow, retreat) {
        (Blow::Length, _) => (Step::Inspect, Left::Nothing),
        (Blow::Write | Blow::Short(_), Retreat::Works) => (Step::Write, Left::Removed),
        (Blow::Write | Blow::Short(_), Retreat::NoCut | Retreat::NoSync) => (Step::Write, Left::Unknown),
        (Blow::Sync, Retreat::Works) => (Step::Sync, Left::Removed),
        (Blow::Sync, Retreat::NoCut | Retreat::NoSync) => (Step::Sync, Left::Unknown),
    };
    let AppendError::Failed { seq, step, left, .. } = failed else {
        panic!("{story}: {failed}")
    };
    assert_eq!((seq, (step, left)), (good as u64 + 1, expected), "{story}");
    assert_eq!(appender.seq(), good as u64, "{story}");

    let before = calls.load(Ordering::Relaxed);
    for payload in &payloads {
        let later = appender.append(at(9), payload).unwrap_err();
        assert!(
            matches!(&later, AppendError::Poisoned(why) if why.contains("would not")),
            "{story}: {later}"
        );
    }
    assert_eq!(
        calls.load(Ordering::Relaxed),
        before,
        "{story}: a poisoned writer leaves the disk alone"
    );

    let stands = memory.bytes().clone();
    assert!(bytes.starts_with(&stands), "{story}");
    match read(&stands) {
        Ok((found, _)) if left == Left::Unknown => {
            assert!(found == records[..good] || found == records[..=good]);
        }
        Ok((found, extent)) => assert_eq!((&found[..], extent.torn), (&records[..good], 0), "{story}"),
        Err(damage) => assert_eq!((damage, good), ((1, Fault::NoRecord), 0), "{story}"),
    }
}

#[test]
fn a_failure_at_any_step_of_any_append_stops_the_journal() {
    for good in 0..few().len() {
        let length = journal(&few()[..=good]).0.len() - journal(&few()[..good]).0.len();
        for retreat in [Retreat::Works, Retreat::NoCut, Retreat::NoSync] {
            for blow in [Blow::Length, Blow::Write, Blow::Sync]
                .into_iter()
                .chain((0..length).map(Blow::Short))
            {
                fails(good, blow, retreat);
            }
        }
    }
}

#[test]
fn bytes_of_another_hand_stop_the_journal_and_are_left_alone() {
    let memory = Memory::default();
    let mut appender = Appender::new(Box::new(memory.clone()));
    appender.append(at(0), &few()[0]).unwrap();
    memory.bytes().extend_from_slice(b"# a note\n");
    let noted = memory.bytes().clone();
    let failed = appender.append(at(1), &few()[1]).unwrap_err();
    assert!(
        matches!(
            failed,
            AppendError::Failed {
                step: Step::Inspect,
                left: Left::Nothing,
                ..
            }
        ),
        "{failed}"
    );
    assert_eq!(*memory.bytes(), noted);
}

#[test]
fn a_record_that_cannot_be_made_leaves_the_journal_open() {
    let mut appender = Appender::new(Box::new(Memory::default()));
    let long = Payload::new(
        "a",
        Map::from_iter([("x".to_owned(), "x".repeat(1 << 20).into())]),
    )
    .unwrap();
    assert!(matches!(
        appender.append(at(0), &long),
        Err(AppendError::Refused(_))
    ));
    assert!(matches!(
        appender.append(chrono::DateTime::<chrono::Utc>::MAX_UTC, &few()[0]),
        Err(AppendError::Refused(_))
    ));
    assert_eq!(appender.append(at(0), &few()[0]).unwrap().seq(), 1);
}

#[test]
fn a_deleted_file_takes_no_record() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("journal.jsonl");
    let file = OpenOptions::new()
        .append(true)
        .create_new(true)
        .open(&path)
        .unwrap();
    let mut appender = Appender::new(Box::new(Disk(file)));
    appender.append(at(0), &few()[0]).unwrap();
    std::fs::remove_file(&path).unwrap();
    let failed = appender.append(at(1), &few()[1]).unwrap_err();
    assert!(
        matches!(
            failed,
            AppendError::Failed {
                step: Step::Inspect,
                ..
            }
        ),
        "{failed}"
    );
}

/// `/dev/full` answers every write as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn the_kernels_own_full_disk_stops_the_journal() {
    let file = OpenOptions::new().append(true).open("/dev/full").unwrap();
    let mut appender = Appender::new(Box::new(Disk(file)));
    let failed = appender.append(at(0), &few()[0]).unwrap_err();
    let AppendError::Failed {
        step, left, source, ..
    } = failed
    else {
        panic!("{failed}")
    };
    assert_eq!(
        (step, left, source.kind()),
        (Step::Write, Left::Unknown, io::ErrorKind::StorageFull)
    );
    assert!(matches!(
        appender.append(at(0), &few()[0]),
        Err(AppendError::Poisoned(_))
    ));
}
