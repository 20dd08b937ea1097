//! The fold, event by event: what happened, and the run before and after it.
//!
//! Which question an answer belongs to, which hop a record belongs to, and why a process ended are not written in
//! the events: they follow from where the run was.

use chrono::{DateTime, Utc};

use crate::domain::event::Event;
use crate::domain::run::Run;

/// One event, with the run on both sides of it.
pub struct Moment<'a> {
    pub at: DateTime<Utc>,
    pub event: &'a Event,
    pub before: Run,
    pub after: Run,
}

/// Folds the events. An event that the machine refuses changes nothing: whether a journal may be trusted is decided
/// before it comes here. Without `opened` as the first event there is no run, and nothing to tell.
pub fn moments(events: &[(DateTime<Utc>, Event)]) -> Vec<Moment<'_>> {
    let Some((opened, Event::Opened(plan))) = events.first() else {
        return Vec::new();
    };
    let mut run = Run::open((**plan).clone(), *opened);
    let mut moments = Vec::with_capacity(events.len());
    for (at, event) in events {
        let before = run.clone();
        let mut after = run.clone();
        // The first event made the run and is refused by `apply`.
        if after.apply(event, *at).is_ok() {
            run = after.clone();
        } else {
            after = run.clone();
        }
        moments.push(Moment {
            at: *at,
            event,
            before,
            after,
        });
    }
    moments
}
