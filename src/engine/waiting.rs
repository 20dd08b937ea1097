//! Polling: when to ask again, and what to say meanwhile.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::drive::{Engine, EngineError};
use crate::domain::event::Event;
use crate::domain::pace::pace;

/// Never silent for 10 s: something is said after this long.
const HEARTBEAT: Duration = Duration::from_secs(9);
/// Nothing is said more often than this by itself.
const BREATH: Duration = Duration::from_secs(1);

/// What is known of the polling so far.
#[derive(Debug, Default)]
pub(super) struct Polls {
    what: String,
    since: Option<DateTime<Utc>>,
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

    /// Waits for something to its end. Says so whenever nothing else was said for a while.
    pub(super) async fn attend<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        self.attend_since(self.world.clock.local(), what, work).await
    }

    async fn attend_since<T>(&self, since: DateTime<Utc>, what: &str, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            let left = HEARTBEAT.saturating_sub(self.silent_for()).max(BREATH);
            tokio::select! {
                whole = &mut work => return whole,
                () = self.world.clock.wait(left) => {}
            }
            if self.silent_for() >= HEARTBEAT {
                self.narrate_waiting(what, since);
            }
        }
    }

    fn silent_for(&self) -> Duration {
        self.world.clock.elapsed().saturating_sub(self.spoke.get())
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
        if self.polls.count == 1 {
            self.narrate_waiting(what, since);
        }
        let left = pace(now - since, self.polls.failures, self.polls.count);
        self.wait_for(since, what, left).await
    }

    /// Nothing but time is waited for. A signal ends the wait.
    pub(super) async fn wait_for(
        &mut self,
        since: DateTime<Utc>,
        what: &str,
        left: Duration,
    ) -> Result<(), EngineError> {
        let signal = tokio::select! {
            () = self.attend_since(since, what, self.world.clock.wait(left)) => None,
            signal = self.world.interrupts.arrived() => Some(signal),
        };
        match signal {
            Some(signal) => self.record(&Event::Interrupted { signal }),
            None => Ok(()),
        }
    }
}
