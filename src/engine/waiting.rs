//! Polling: when to ask again, and what to say meanwhile.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::drive::{Engine, EngineError};
use crate::domain::event::Event;
use crate::domain::pace::pace;

/// Never silent for longer than this.
const HEARTBEAT: TimeDelta = TimeDelta::seconds(9);

/// What is known of the polling so far.
#[derive(Debug, Default)]
pub(super) struct Polls {
    what: String,
    since: Option<DateTime<Utc>>,
    said: Option<DateTime<Utc>>,
    count: u32,
    failures: u32,
}

impl Engine<'_> {
    /// After a poll: says what is waited for, then waits as the pace says. A signal ends the wait.
    pub(super) async fn rest(&mut self, what: &str, failed: bool) -> Result<(), EngineError> {
        let now = self.world.clock.local();
        if self.polls.what != what {
            self.polls = Polls {
                what: what.to_owned(),
                since: Some(now),
                ..Polls::default()
            };
        }
        let since = self.polls.since.unwrap_or(now);
        self.polls.count += 1;
        self.polls.failures = if failed { self.polls.failures + 1 } else { 0 };
        let mut left = pace(now - since, self.polls.failures, self.polls.count);
        while !left.is_zero() {
            self.heartbeat(what, since);
            let step = left.min(Duration::from_secs(5));
            left -= step;
            let signal = tokio::select! {
                () = self.world.clock.wait(step) => None,
                signal = self.world.interrupts.arrived() => Some(signal),
            };
            if let Some(signal) = signal {
                return self.record(&Event::Interrupted { signal });
            }
        }
        Ok(())
    }

    fn heartbeat(&mut self, what: &str, since: DateTime<Utc>) {
        let now = self.world.clock.local();
        if self.polls.said.is_none_or(|said| now - said >= HEARTBEAT) {
            self.polls.said = Some(now);
            self.narrate_waiting(what, since);
        }
    }
}
