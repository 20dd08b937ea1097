//! Calls within a rate: AWS counts them for an account in a Region, whoever makes them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A bucket that fills evenly.
#[derive(Debug)]
pub(super) struct Pace {
    /// Between two calls in the long run.
    between: Duration,
    /// How far ahead of that a burst may get.
    ahead: Duration,
    /// When the next call is due, were there no bursts.
    due: Mutex<Instant>,
}

impl Pace {
    /// RDS allows 12 a second and bursts of 300, shared with consoles and monitoring: this stays well below.
    pub(super) fn of_rds() -> Self {
        Self::new(10, 100)
    }

    /// CloudWatch allows 9 DescribeAlarms a second.
    pub(super) fn of_cloudwatch() -> Self {
        Self::new(6, 12)
    }

    fn new(a_second: u32, burst: u32) -> Self {
        let between = Duration::from_secs(1) / a_second;
        Self {
            between,
            ahead: between * burst,
            due: Mutex::new(Instant::now()),
        }
    }

    /// Waits until one more call may be made.
    pub(super) async fn wait(&self) {
        let due = {
            let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            *due = (*due).max(now) + self.between;
            *due
        };
        // Returns at once where that lies in the past.
        tokio::time::sleep_until(due.checked_sub(self.ahead).unwrap_or(due)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_then_the_rate_holds() {
        let pace = Pace::new(10, 5);
        let began = Instant::now();
        for _ in 0..5 {
            pace.wait().await;
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        for _ in 0..20 {
            pace.wait().await;
        }
        assert_eq!(began.elapsed().as_secs(), 2);
    }
}
