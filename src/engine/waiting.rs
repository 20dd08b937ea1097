//! Polling: when to ask again, and what to say meanwhile.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::drive::{Engine, EngineError};
use crate::domain::event::Event;
use crate::domain::pace::pace;

/// Never silent for longer than this.
const HEARTBEAT: Duration = Duration::from_secs(9);

/// What is known of the polling so far.
#[derive(Debug, Default)]
pub(super) struct Polls {
    what: String,
    since: Option<DateTime<Utc>>,
    said: Option<DateTime<Utc>>,
    count: u32,
    failures: u32,
}

/// Either the whole of what was waited for, or the signal that ended the wait.
pub(super) enum Cut<T> {
    Whole(T),
    Signal(String),
}

impl Engine<'_> {
    /// Waits for something that may be dropped half-way, because nothing changes by it. Says so every few seconds.
    pub(super) async fn cut<T>(&self, what: &str, work: impl Future<Output = T>) -> Cut<T> {
        tokio::select! {
            whole = self.attend(what, work) => Cut::Whole(whole),
            signal = self.world.interrupts.arrived() => Cut::Signal(signal),
        }
    }

    /// Waits for something to its end. Says so every few seconds.
    pub(super) async fn attend<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        let since = self.world.clock.local();
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                whole = &mut work => return whole,
                () = self.world.clock.wait(HEARTBEAT) => self.narrate_waiting(what, since),
            }
        }
    }

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
        if self
            .polls
            .said
            .is_none_or(|said| now - said >= TimeDelta::seconds(9))
        {
            self.polls.said = Some(now);
            self.narrate_waiting(what, since);
        }
    }
}
