//! Polling: when to ask again, and what to say meanwhile.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::drive::{Engine, EngineError};
use crate::domain::event::Event;
use crate::domain::pace::pace;
use crate::domain::phase::Phase;

/// Never silent for 10 s: something is said after this long.
const HEARTBEAT: Duration = Duration::from_secs(9);
/// Nothing is said more often than this by itself.
const BREATH: Duration = Duration::from_secs(1);

/// The wait that recorded runs tell the length of.
pub(super) const BACKTRACK: &str = "AWS to complete the backtrack";

/// What every wait for a safety copy begins with; recorded runs tell the length of that one too.
pub(super) const COPY: &str = "the safety copy:";

/// What is known of the polling so far.
#[derive(Debug, Default)]
pub(super) struct Polls {
    what: String,
    since: Option<DateTime<Utc>>,
    count: u32,
    failures: u32,
}

/// When a search or a wait began, by the service's clock and by the steady one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looking {
    service: DateTime<Utc>,
    steady: Duration,
}

impl Looking {
    /// `service_now`, but no later than the steady clock allows since then.
    fn at_most(self, service_now: DateTime<Utc>, steady: Duration) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(steady.saturating_sub(self.steady)).unwrap_or_default();
        service_now.min(self.service + passed)
    }
}

/// Either the whole of what was waited for, or the signal that ended the wait.
pub(super) enum Cut<T> {
    Whole(T),
    Signal(String),
}

impl Engine<'_> {
    /// The service's time while a request without an answer is looked for: no later than the steady clock allows since
    /// this process began to look, so that a jump of `Date` does not cut the settling time short.
    pub(super) fn looking_since(&mut self, service_now: DateTime<Utc>) -> DateTime<Utc> {
        let steady = self.world.clock.steady();
        let began = *self.looking.get_or_insert(Looking {
            service: service_now,
            steady,
        });
        began.at_most(service_now, steady)
    }

    /// The time by which the machine decides what to do next. While AWS is waited for, only patience hangs on it, counted
    /// from the last news; and a jump of `Date`, either way, is no time that passed.
    pub(super) fn deciding_now(&mut self) -> DateTime<Utc> {
        if !matches!(self.run.phase(), Phase::Unresolved | Phase::Applying) {
            return self.world.clock.service();
        }
        let steady = self.world.clock.steady();
        let news = self.run.since();
        let heard = match self.news {
            Some(heard) if heard.service == news => heard,
            Some(_) | None => Looking {
                service: news,
                steady,
            },
        };
        self.news = Some(heard);
        let passed = TimeDelta::from_std(steady.saturating_sub(heard.steady)).unwrap_or_default();
        news + passed
    }

    /// Waits for something that may be dropped half-way, because nothing changes by it. Says so every few seconds.
    pub(super) async fn cut<T>(&self, what: &str, work: impl Future<Output = T>) -> Cut<T> {
        self.cut_since(self.world.clock.local(), what, work).await
    }

    /// The same for a wait that began earlier.
    pub(super) async fn cut_since<T>(
        &self,
        since: DateTime<Utc>,
        what: &str,
        work: impl Future<Output = T>,
    ) -> Cut<T> {
        tokio::select! {
            biased;
            whole = self.attend_since(since, what, work) => Cut::Whole(whole),
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
                biased;
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
            biased;
            () = self.attend_since(since, what, self.world.clock.wait(left)) => None,
            signal = self.world.interrupts.arrived() => Some(signal),
        };
        match signal {
            Some(signal) => self.record(&Event::Interrupted { signal }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_of_the_services_time_does_not_cut_a_search_short() {
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let began = Looking {
            service: at(1000),
            steady: Duration::from_secs(50),
        };
        let after = |passed: u64, service| began.at_most(service, Duration::from_secs(50 + passed));
        assert_eq!(after(5, at(1005)), at(1005));
        assert_eq!(after(5, at(4600)), at(1005), "an hour ahead");
        assert_eq!(after(5, at(400)), at(400), "ten minutes back: it takes longer");
    }
}
