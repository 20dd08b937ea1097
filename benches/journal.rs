//! How long a journal takes to write, record by durable record, and to read back: `cargo bench --bench journal`.
//!
//! Prints one line of JSON. It measures, and decides nothing: timings are no tests.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark stops at the first surprise, prints its figures, and reads the clock"
)]

use std::time::Instant;

use backtrackctl::domain::event::{Attached, Errand, Event};
use backtrackctl::domain::identity::Person;
use backtrackctl::domain::mode::Mode;
use backtrackctl::domain::plan::{Access, Plan};
use backtrackctl::domain::run::Run;
use backtrackctl::domain::run_id::RunId;
use backtrackctl::domain::time_text::TimeText;
use backtrackctl::journal::{Holder, Ledger, Payload, Shelf, Store, Writer, verify};
use backtrackctl::runbook;
use chrono::{DateTime, Utc};
use serde_json::json;

/// Records of the journal that is read.
const RECORDS: u32 = 100_000;

/// Records that are written to the disk, each made durable.
const DURABLE: u32 = 1_000;

fn main() {
    let disk = tempfile::tempdir().unwrap();
    let began = Instant::now();
    write(&disk, DURABLE);
    let append = began.elapsed();

    // In memory, where to make durable costs nothing: what is measured from here on is reading.
    let memory = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap());
    let writer = write(&memory, RECORDS);
    let path = writer.path().to_owned();

    let began = Instant::now();
    let ledger = Ledger::read(&path).unwrap();
    let read = began.elapsed();
    let events: Vec<(DateTime<Utc>, Event)> = ledger
        .records()
        .iter()
        .map(|record| {
            (
                record.at(),
                serde_json::from_value(record.payload().to_tagged()).unwrap(),
            )
        })
        .collect();
    Run::replay(events.iter().map(|(at, event)| (*at, event))).unwrap();
    let replay = began.elapsed();
    assert_eq!(events.len(), RECORDS as usize);

    let began = Instant::now();
    assert_eq!(verify(&path).unwrap().head, writer.head());
    let verified = began.elapsed();
    let figures = json!({
        "records": RECORDS,
        "bytes": std::fs::metadata(&path).unwrap().len(),
        "append_us": append.as_secs_f64() * 1e6 / f64::from(DURABLE),
        "read_s": read.as_secs_f64(),
        "replay_s": replay.as_secs_f64(),
        "verify_s": verified.as_secs_f64(),
    });
    println!("{figures}");
}

/// A journal of a run that was taken up again and again.
fn write(root: &tempfile::TempDir, records: u32) -> Writer {
    let store = Store::open(root.path()).unwrap();
    let now = Utc::now();
    let holder = Holder::here(RunId::new(now, 1), "bench", now);
    let opened = payload(&Event::Opened(Box::new(plan(&holder.run, now))));
    let attached = payload(&Event::Attached(Attached {
        from: None,
        errand: Errand::Recover,
        program: "0.1.0".to_owned(),
        by: person(),
        attended: false,
        reason: None,
    }));
    let mut writer = store.begin(Shelf::Runs, &holder, now, &opened).unwrap();
    for _ in 1..records {
        writer.append(now, &attached).unwrap();
    }
    writer
}

fn payload(event: &Event) -> Payload {
    Payload::tagged(serde_json::to_value(event).unwrap()).unwrap()
}

fn person() -> Person {
    Person {
        os_user: "bench".to_owned(),
        host: "bench".to_owned(),
        terminal: None,
        pid: 1,
    }
}

fn plan(run: &RunId, now: DateTime<Utc>) -> Plan {
    Plan {
        run: run.clone(),
        program: "0.1.0".to_owned(),
        mode: Mode::Drill,
        cluster: "orders--drill".to_owned(),
        typed_at: now,
        goal: TimeText::parse("10 minutes ago", None).unwrap(),
        runbook: runbook::parse(runbook::DRILL, "drill.toml").unwrap(),
        runbook_path: None,
        runbook_digest: runbook::digest(runbook::DRILL),
        hold: false,
        force: false,
        without_copy: false,
        located: None,
        search: None,
        reason: None,
        access: Access::default(),
        identity: None,
        by: person(),
    }
}
