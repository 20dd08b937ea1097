//! The machine's own clock: local time in live mode.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

use super::observations::Observations;
use crate::ports::Clock;

/// CLOCK_BOOTTIME counts the time in which the machine was suspended; elsewhere the monotonic clock has to do.
#[cfg(any(target_os = "linux", target_os = "android"))]
const STEADY: ClockId = ClockId::Boottime;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const STEADY: ClockId = ClockId::Monotonic;

/// Local time is the machine's; the service's comes from the `Date` of its replies.
#[derive(Clone, Debug)]
pub struct MachineClock {
    observations: Arc<Observations>,
}

impl MachineClock {
    /// A clock that takes the service's time from `observations`.
    pub fn new(observations: Arc<Observations>) -> Self {
        Self { observations }
    }
}

#[async_trait(?Send)]
impl Clock for MachineClock {
    fn local(&self) -> DateTime<Utc> {
        now()
    }

    fn skew(&self) -> TimeDelta {
        self.observations.machine_skew()
    }

    fn heard(&self) -> bool {
        self.observations.heard()
    }

    fn elapsed(&self) -> Duration {
        elapsed()
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}

/// The machine's wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the machine's time is read"
)]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Time since boot, never going backwards.
pub(super) fn elapsed() -> Duration {
    let read = clock_gettime(STEADY);
    // Both fields are never negative on this clock, and nanoseconds stay below 10^9.
    let seconds = u64::try_from(read.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(read.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_any_reply_the_service_is_taken_to_agree() {
        let clock = MachineClock::new(Arc::default());
        assert_eq!(clock.skew(), TimeDelta::zero());
        assert!((clock.service() - now()).abs() < TimeDelta::minutes(1));
    }

    #[test]
    fn a_lab_header_moves_nothing_on_a_machine_clock() {
        let observations = Arc::new(Observations::default());
        let clock = MachineClock::new(Arc::clone(&observations));
        let lab_now = now() + TimeDelta::hours(3);
        observations.record(Some(now()), Some(lab_now));
        assert!((clock.service() - now()).abs() < TimeDelta::minutes(1));
    }

    #[test]
    fn elapsed_time_only_grows() {
        let clock = MachineClock::new(Arc::default());
        let first = clock.elapsed();
        assert!(clock.elapsed() >= first);
    }

    #[tokio::test]
    async fn waiting_takes_as_long_as_asked() {
        let clock = MachineClock::new(Arc::default());
        let first = clock.elapsed();
        clock.wait(Duration::from_millis(20)).await;
        assert!(clock.elapsed() >= first + Duration::from_millis(20));
    }
}
