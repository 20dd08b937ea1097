//! How often the service is asked while something is waited for.

use chrono::TimeDelta;
use std::time::Duration;

/// Time until the next poll: once a second for two minutes, then every 10 to 12 s, and up to a minute while reads fail.
/// `count` spreads the slow polls of several programs, so that they do not ask in step.
pub fn pace(waited: TimeDelta, failures: u32, count: u32) -> Duration {
    if failures > 0 {
        return Duration::from_secs(1 << failures.min(6)).min(Duration::from_mins(1));
    }
    if waited < TimeDelta::seconds(120) {
        return Duration::from_secs(1);
    }
    Duration::from_millis(10_000 + u64::from(count.wrapping_mul(2_654_435_761) % 2_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_two_minutes_are_asked_once_a_second() {
        assert_eq!(pace(TimeDelta::zero(), 0, 0), Duration::from_secs(1));
        assert_eq!(pace(TimeDelta::seconds(119), 0, 7), Duration::from_secs(1));
    }

    #[test]
    fn later_polls_are_slow_and_spread() {
        for count in 0..100 {
            let next = pace(TimeDelta::seconds(120), 0, count);
            assert!((10..=12).contains(&next.as_secs()), "{next:?}");
        }
    }

    #[test]
    fn failures_back_off_to_a_minute() {
        assert_eq!(pace(TimeDelta::zero(), 1, 0), Duration::from_secs(2));
        assert_eq!(pace(TimeDelta::zero(), 40, 0), Duration::from_mins(1));
    }
}
