//! The lab's clock: local time in a drill, and in a rehearsal on the lab.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::machine;
use super::observations::Observations;
use crate::ports::Clock;

/// Local time is the last reply's `X-Lab-Now`, carried forward by the machine's steady clock; before any reply it is
/// the machine's. What somebody adds to the lab's time is seen with the next reply.
#[derive(Clone, Debug)]
pub struct LabClock {
    observations: Arc<Observations>,
}

impl LabClock {
    /// A clock that takes the lab's time and the service's from `observations`.
    pub fn new(observations: Arc<Observations>) -> Self {
        Self { observations }
    }
}

#[async_trait(?Send)]
impl Clock for LabClock {
    fn local(&self) -> DateTime<Utc> {
        self.observations
            .lab_now(machine::elapsed())
            .unwrap_or_else(machine::now)
    }

    fn skew(&self) -> TimeDelta {
        self.observations.lab_skew()
    }

    fn heard(&self) -> bool {
        self.observations.heard()
    }

    fn elapsed(&self) -> Duration {
        machine::elapsed()
    }

    fn steady(&self) -> Duration {
        let since_epoch = self.local() - DateTime::UNIX_EPOCH;
        since_epoch.to_std().unwrap_or_default()
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_any_reply_it_is_the_machines_time() {
        let clock = LabClock::new(Arc::default());
        assert!((clock.local() - machine::now()).abs() < TimeDelta::minutes(1));
        assert_eq!(clock.skew(), TimeDelta::zero());
    }

    #[test]
    fn after_a_reply_it_is_the_labs_time_and_goes_on() {
        let observations = Arc::new(Observations::default());
        let clock = LabClock::new(Arc::clone(&observations));
        let lab_now: DateTime<Utc> = "2030-01-01T00:00:00.500Z".parse().unwrap();
        observations.record(Some(lab_now + TimeDelta::seconds(90)), Some(lab_now));
        assert!(clock.local() >= lab_now);
        assert!(clock.local() < lab_now + TimeDelta::minutes(1));
        assert_eq!(clock.skew(), TimeDelta::seconds(90));
        assert!(clock.service() >= lab_now + TimeDelta::seconds(90));
        // What the lab's time is moved by counts for deadlines; a jump of `Date` alone does not.
        let before = clock.steady();
        let moved = lab_now + TimeDelta::hours(1);
        observations.record(Some(moved + TimeDelta::hours(5)), Some(moved));
        let passed = clock.steady().checked_sub(before).unwrap();
        assert!(passed >= Duration::from_secs(3590), "{passed:?}");
        assert!(passed < Duration::from_mins(61), "{passed:?}");
    }
}
