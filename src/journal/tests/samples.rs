//! Journals, instants and folders for tests.

use crate::domain::run_id::RunId;
use crate::journal::appender::Appender;
use crate::journal::ledger::{Extent, Stop, walk};
use crate::journal::medium::Medium;
use crate::journal::{Fault, Holder, Payload, Record};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

/// Bytes in memory, of which several hands may hold the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<u8>>>);

impl Memory {
    pub(super) fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap()
    }
}

impl Medium for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.bytes().truncate(usize::try_from(length).unwrap());
        Ok(())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.bytes().len() as u64)
    }
}

pub(super) fn at(second: i64) -> DateTime<Utc> {
    "2026-11-20T02:31:08.250Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(second)
}

pub(super) fn run(random: u32) -> RunId {
    RunId::new(at(0), random)
}

pub(super) fn holder(random: u32) -> Holder {
    Holder::here(run(random), "kim", at(0))
}

pub(super) fn begun() -> Payload {
    Payload::tagged(json!({"type": "run_begun", "cluster": "orders", "operator": "kim"})).unwrap()
}

/// Payloads of small records with something of everything, so that every byte of them can be tried.
pub(super) fn few() -> Vec<Payload> {
    [
        json!({"type": "run_begun", "cluster": "orders", "why": "DELETE without WHERE\n\u{1f} \"é\" 🎃"}),
        json!({"type": "intent", "to": "2026-11-20T02:14:05Z", "n": [-1, 0, true, null, {}]}),
        json!({"type": "settled", "deep": {"hash": "x", "seq": 1}}),
        json!({"type": "closed"}),
    ]
    .map(|value| Payload::tagged(value).unwrap())
    .to_vec()
}

/// The journal of these payloads, one a second, and its records.
pub(super) fn journal(payloads: &[Payload]) -> (Vec<u8>, Vec<Record>) {
    let memory = Memory::default();
    let mut appender = Appender::new(Box::new(memory.clone()));
    let records = (0..)
        .zip(payloads)
        .map(|(second, payload)| appender.append(at(second), payload).unwrap())
        .collect();
    let bytes = memory.bytes().clone();
    (bytes, records)
}

pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Record>, Extent), (u64, Fault)> {
    let mut records = Vec::new();
    match walk(bytes, |record| records.push(record)) {
        Ok(extent) => Ok((records, extent)),
        Err(Stop::Damage { line, what }) => Err((line, what)),
        Err(Stop::Disk(error)) => panic!("memory does not fail: {error}"),
    }
}

pub(super) fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

/// How many lines end in these bytes.
pub(super) fn ends(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}
