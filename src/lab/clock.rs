//! The lab's clock: the machine's UTC at the start, plus what has really passed, plus what was added.
//!
//! It only says what time it is. Nothing ticks: whoever asks moves the world up to the answer. What has really passed is
//! told by the runtime's clock, so that a simulation which stops that one stops this one.

use tokio::time::Instant;

use super::moment::Moment;

/// The lab's clock. Its time never goes back.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    started: Moment,
    origin: Instant,
    advanced_ms: i64,
    skew_s: i64,
}

impl Clock {
    /// A clock that shows the machine's UTC now.
    pub(crate) fn start() -> Self {
        Self::starting_at(machine_now())
    }

    /// A clock that shows `started` now.
    pub(crate) fn starting_at(started: Moment) -> Self {
        Self {
            started,
            origin: Instant::now(),
            advanced_ms: 0,
            skew_s: 0,
        }
    }

    pub(crate) fn now(&self) -> Moment {
        let passed = i64::try_from(self.origin.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.started.plus_ms(passed).plus_ms(self.advanced_ms)
    }

    /// Adds `ms` to the lab's time, for good.
    pub(crate) fn advance_ms(&mut self, ms: i64) {
        self.advanced_ms = self.advanced_ms.saturating_add(ms.max(0));
    }

    pub(crate) fn set_skew_s(&mut self, skew_s: i64) {
        self.skew_s = skew_s;
    }

    pub(crate) fn skew_s(&self) -> i64 {
        self.skew_s
    }

    /// What the HTTP header `Date` says: the lab's time and the skew.
    pub(crate) fn service_now(&self) -> Moment {
        self.now().plus_s(self.skew_s)
    }
}

/// The one place where the lab reads the machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the lab stands for another machine and keeps a clock of its own"
)]
fn machine_now() -> Moment {
    Moment::from_ms(chrono::Utc::now().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn time_advances_by_what_is_added_and_never_goes_back() {
        let mut clock = Clock::start();
        let before = clock.now();
        clock.advance_ms(3_600_000);
        clock.advance_ms(-5_000);
        let passed = clock.now().since(before);
        assert!((3_600_000..3_660_000).contains(&passed), "{passed}");
    }

    #[test]
    fn the_skew_moves_the_date_alone() {
        let mut clock = Clock::start();
        clock.set_skew_s(-90);
        let behind = clock.now().since(clock.service_now());
        assert!((30_000..=90_000).contains(&behind), "{behind}");
    }
}
