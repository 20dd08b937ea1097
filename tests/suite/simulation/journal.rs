//! The real journal of a run, with a disk that fills up and a process that dies in the middle of an append.

use std::cell::RefCell;
use std::fs::OpenOptions;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use backtrackctl::domain::effect::Effect;
use backtrackctl::domain::event::Event;
use backtrackctl::domain::question::Answer;
use backtrackctl::journal::{Ledger, Payload, Writer};
use backtrackctl::ports::{AppendError, RunJournal};
use chrono::{DateTime, Utc};

use super::doom::{Append, Doom, Left};
use super::network::Tally;
use super::time::Machine;

/// What is durable, in order.
pub type Trail = Rc<RefCell<Vec<(DateTime<Utc>, Event)>>>;

/// The journal of one process.
pub struct Logbook {
    pub writer: Writer,
    pub doom: Arc<Doom>,
    pub tally: Arc<Mutex<Tally>>,
    pub trail: Trail,
    /// The machine is suspended after this many appends, for so long.
    pub lid: Option<(u32, std::time::Duration)>,
    pub machine: Machine,
    pub lab: Rc<backtrackctl::lab::InsideLab>,
    /// Where the process died within a record: the file, and its length.
    pub torn: Rc<RefCell<Option<(PathBuf, u64)>>>,
}

impl RunJournal for Logbook {
    fn append(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), AppendError> {
        match self.doom.append() {
            Append::Lives => self.write(event, at)?,
            Append::DiskFull => return Err(AppendError::Disk("no space left on device".to_owned())),
            Append::Dies(Left::Nothing) => return Err(AppendError::Disk("it died".to_owned())),
            Append::Dies(Left::All) => {
                self.write(event, at)?;
                return Err(AppendError::Disk("it died".to_owned()));
            }
            Append::Dies(Left::Torn(thousandth)) => {
                self.tear(event, at, thousandth);
                return Err(AppendError::Disk("it died".to_owned()));
            }
        }
        if let Some((left, how_long)) = &mut self.lid {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.machine.suspend(*how_long);
                self.lab.advance(*how_long);
                self.lid = None;
            }
        }
        Ok(())
    }
}

impl Logbook {
    fn write(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), AppendError> {
        let written = self.writer.append(at, &payload(event));
        written.map_err(|error| AppendError::Disk(error.to_string()))?;
        let mut tally = self.tally.lock().unwrap();
        if matches!(event, Event::Intended(Effect::Send(_))) {
            tally.intended += 1;
        }
        let confirms = |answer: &Answer| matches!(answer, Answer::Confirmed { .. });
        if matches!(event, Event::Answered { answer, .. } if confirms(answer)) {
            tally.confirmed += 1;
        }
        self.trail.borrow_mut().push((at, event.clone()));
        Ok(())
    }

    /// Part of the record stays, as a power cut leaves it. The file is cut when its writer is gone.
    fn tear(&mut self, event: &Event, at: DateTime<Utc>, thousandth: u32) {
        let path = self.writer.path().to_owned();
        let before = std::fs::metadata(&path).unwrap().len();
        if self.writer.append(at, &payload(event)).is_ok() {
            let whole = std::fs::metadata(&path).unwrap().len();
            // Without its end at least: a whole line is a record.
            let part = ((whole - before) * u64::from(thousandth) / 1000).min(whole - before - 1);
            *self.torn.borrow_mut() = Some((path, before + part));
        }
    }
}

/// Cuts what a dead process left in the middle of a record.
pub fn cut(torn: &RefCell<Option<(PathBuf, u64)>>) {
    if let Some((path, length)) = torn.borrow_mut().take() {
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(length).unwrap();
    }
}

pub fn payload(event: &Event) -> Payload {
    Payload::tagged(serde_json::to_value(event).unwrap()).unwrap()
}

/// The events of a journal as it is on disk.
pub fn events(ledger: &Ledger) -> Vec<(DateTime<Utc>, Event)> {
    let event = |record: &backtrackctl::journal::Record| {
        let event = serde_json::from_value(record.payload().to_tagged());
        (record.at(), event.expect("a record is an event"))
    };
    ledger.records().iter().map(event).collect()
}
