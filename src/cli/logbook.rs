//! The journal of one run as the engine's port: events become records.

use chrono::{DateTime, Utc};

use super::failure::Failure;
use crate::domain::event::Event;
use crate::domain::run::Run;
use crate::journal::{AppendError as Refused, Ledger, Payload, Record, Writer};
use crate::ports::{AppendError, RunJournal};

/// Writes events.
pub struct Logbook(pub Writer);

impl RunJournal for Logbook {
    fn append(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), AppendError> {
        let payload = payload(event).map_err(AppendError::Unfit)?;
        self.0
            .append(at, &payload)
            .map(|_| ())
            .map_err(|error| match error {
                Refused::Refused(why) => AppendError::Unfit(why),
                error @ (Refused::Failed { .. } | Refused::Poisoned(_)) => AppendError::Disk(chain(&error)),
            })
    }
}

/// An event as the journal's payload.
pub fn payload(event: &Event) -> Result<Payload, String> {
    let value = serde_json::to_value(event).map_err(|error| error.to_string())?;
    Payload::tagged(value).map_err(|error| error.to_string())
}

/// Events, with when they were written.
pub type Trail = Vec<(DateTime<Utc>, Event)>;

/// The events of a journal, with when they were written.
pub fn events(ledger: &Ledger) -> Result<Trail, Failure> {
    let mut events = Vec::with_capacity(ledger.records().len());
    for record in ledger.records() {
        let event = event(record).map_err(|error| {
            Failure::damaged(format!(
                "record {} is not one that this version knows: {error}",
                record.seq()
            ))
        })?;
        events.push((record.at(), event));
    }
    Ok(events)
}

fn event(record: &Record) -> Result<Event, serde_json::Error> {
    serde_json::from_value(record.payload().to_tagged())
}

/// The run as far as these records tell of it; none without its opening.
pub fn as_far_as(records: &[Record]) -> Option<Run> {
    let mut events = records
        .iter()
        .map_while(|record| Some((record.at(), event(record).ok()?)));
    let Some((at, Event::Opened(plan))) = events.next() else {
        return None;
    };
    let mut run = Run::open(*plan, at);
    for (at, event) in events {
        let mut after = run.clone();
        if after.apply(&event, at).is_err() {
            break;
        }
        run = after;
    }
    Some(run)
}

/// Folds a journal through the machine.
pub fn replay(ledger: &Ledger) -> Result<(Run, Trail), Failure> {
    let events = events(ledger)?;
    let run = Run::replay(events.iter().map(|(at, event)| (*at, event)))
        .map_err(|error| Failure::damaged(format!("the records do not follow from one another: {error}")))?;
    Ok((run, events))
}

/// An error with every reason of it.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
