//! What the service's replies say of time: fed by whoever receives replies, read by the clocks.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::machine;

/// `Date` is given in whole seconds and travels: a smaller difference says nothing.
const RESOLUTION: TimeDelta = TimeDelta::milliseconds(1500);

/// Shared between the receiver of replies, on any thread, and a clock.
#[derive(Debug, Default)]
pub struct Observations {
    last: Mutex<Last>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Last {
    /// A reply told the service's time.
    heard: bool,
    /// The `Date` of the last reply that had one.
    date: Option<DateTime<Utc>>,
    machine_skew: TimeDelta,
    lab_skew: TimeDelta,
    lab: Option<LabMark>,
}

/// The lab's time, and the steady clock when it was heard.
#[derive(Clone, Copy, Debug)]
struct LabMark {
    now: DateTime<Utc>,
    heard: Duration,
}

impl Observations {
    /// Takes the `Date` and `X-Lab-Now` of a reply; to be called as soon as its headers are there.
    pub fn record(&self, date: Option<DateTime<Utc>>, lab_now: Option<DateTime<Utc>>) {
        self.record_at(date, lab_now, machine::now(), machine::elapsed());
    }

    /// The service's clock minus the machine's.
    pub(super) fn machine_skew(&self) -> TimeDelta {
        self.last().machine_skew
    }

    /// True once a reply told the service's time.
    pub fn heard(&self) -> bool {
        self.last().heard
    }

    /// The `Date` of the last reply: in whole seconds, and never later than the service's present. The skew leaves a
    /// difference within its resolution out, so a time reckoned from it may be.
    pub fn date(&self) -> Option<DateTime<Utc>> {
        self.last().date
    }

    /// The service's clock minus the lab's.
    pub fn lab_skew(&self) -> TimeDelta {
        self.last().lab_skew
    }

    /// The lab's time when the steady clock shows `elapsed`; none before any reply of a lab.
    pub fn lab_now(&self, elapsed: Duration) -> Option<DateTime<Utc>> {
        let mark = self.last().lab?;
        let since = TimeDelta::from_std(elapsed.saturating_sub(mark.heard)).ok()?;
        mark.now.checked_add_signed(since)
    }

    /// The same with the two clocks of this machine given: `local` is its wall clock, `elapsed` the steady one.
    pub fn record_at(
        &self,
        date: Option<DateTime<Utc>>,
        lab_now: Option<DateTime<Utc>>,
        local: DateTime<Utc>,
        elapsed: Duration,
    ) {
        let mut last = self.last();
        if let Some(date) = date {
            last.heard = true;
            last.date = Some(date);
            last.machine_skew = settled(last.machine_skew, date - local);
        }
        if let Some(now) = lab_now {
            last.lab = Some(LabMark { now, heard: elapsed });
            if let Some(date) = date {
                last.lab_skew = settled(last.lab_skew, date - now);
            }
        }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        // A panic elsewhere leaves plain values behind: they are as good as before.
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The skew after one more sample: zero within the resolution, and steady while samples differ by no more than that,
/// so that the service's time does not jump to and fro by a second with every reply.
fn settled(before: TimeDelta, sample: TimeDelta) -> TimeDelta {
    if sample.abs() < RESOLUTION {
        TimeDelta::zero()
    } else if before != TimeDelta::zero() && (sample - before).abs() < RESOLUTION {
        before
    } else {
        sample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_difference_within_the_resolution_counts_as_none() {
        let seen = Observations::default();
        seen.record_at(
            Some(at("2026-01-01T00:00:00Z")),
            None,
            at("2026-01-01T00:00:01.499Z"),
            Duration::ZERO,
        );
        assert_eq!(seen.machine_skew(), TimeDelta::zero());
        seen.record_at(
            Some(at("2026-01-01T00:00:00Z")),
            None,
            at("2026-01-01T00:00:01.500Z"),
            Duration::ZERO,
        );
        assert_eq!(seen.machine_skew(), TimeDelta::milliseconds(-1500));
    }

    #[test]
    fn a_skew_stays_put_while_replies_agree_and_moves_when_they_do_not() {
        assert_eq!(
            settled(TimeDelta::seconds(40), TimeDelta::milliseconds(39_100)),
            TimeDelta::seconds(40)
        );
        assert_eq!(
            settled(TimeDelta::seconds(40), TimeDelta::seconds(-300)),
            TimeDelta::seconds(-300)
        );
        assert_eq!(
            settled(TimeDelta::seconds(40), TimeDelta::milliseconds(700)),
            TimeDelta::zero()
        );
    }

    #[test]
    fn the_labs_time_goes_on_between_replies_by_the_steady_clock() {
        let seen = Observations::default();
        assert_eq!(seen.lab_now(Duration::from_secs(5)), None);
        let heard = Duration::from_secs(100);
        seen.record_at(
            None,
            Some(at("2030-01-01T00:00:00Z")),
            at("2026-01-01T00:00:00Z"),
            heard,
        );
        let later = heard + Duration::from_millis(2500);
        assert_eq!(seen.lab_now(later), Some(at("2030-01-01T00:00:02.500Z")));
    }

    #[test]
    fn a_jump_of_the_labs_time_is_seen_with_the_next_reply() {
        let seen = Observations::default();
        let local = at("2026-01-01T00:00:00Z");
        seen.record_at(None, Some(local), local, Duration::from_secs(1));
        seen.record_at(
            None,
            Some(at("2026-01-01T06:00:00Z")),
            local,
            Duration::from_secs(2),
        );
        assert_eq!(
            seen.lab_now(Duration::from_secs(3)),
            Some(at("2026-01-01T06:00:01Z"))
        );
    }

    #[test]
    fn the_skew_of_a_lab_is_between_its_date_and_its_own_time() {
        let seen = Observations::default();
        let lab_now = at("2030-01-01T00:00:00.400Z");
        seen.record_at(
            Some(at("2030-01-01T00:02:00Z")),
            Some(lab_now),
            at("2026-01-01T00:00:00Z"),
            Duration::ZERO,
        );
        assert_eq!(seen.lab_skew(), TimeDelta::milliseconds(119_600));
    }

    #[test]
    fn a_reply_without_a_date_changes_no_skew() {
        let seen = Observations::default();
        seen.record_at(None, None, at("2026-01-01T00:00:00Z"), Duration::ZERO);
        assert!(!seen.heard());
        seen.record_at(
            Some(at("2026-01-01T00:01:00Z")),
            None,
            at("2026-01-01T00:00:00Z"),
            Duration::ZERO,
        );
        seen.record_at(None, None, at("2026-01-01T00:00:10Z"), Duration::ZERO);
        assert_eq!(seen.machine_skew(), TimeDelta::seconds(60));
        assert!(seen.heard());
    }
}
