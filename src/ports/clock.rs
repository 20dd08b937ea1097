//! Time, as the engine needs it.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

/// Three clocks: the program's own, the service's, and one that counts suspension. In a drill the lab's time is the first.
#[async_trait(?Send)]
pub trait Clock {
    /// The program's local clock.
    fn local(&self) -> DateTime<Utc>;
    /// Service clock minus local clock, from the last reply's `Date`; zero before any reply, and within its resolution of a second.
    fn skew(&self) -> TimeDelta;
    /// True once a reply told the service's time; until then the local clock is all there is.
    fn heard(&self) -> bool;
    /// Time since some fixed point, counting suspension of the machine and of the process.
    fn elapsed(&self) -> Duration;
    /// What deadlines within one process are held against, from a fixed point: a step of the local clock or of `Date`
    /// does not move it. What a lab's time is moved by counts.
    fn steady(&self) -> Duration {
        self.elapsed()
    }
    /// Waits.
    async fn wait(&self, how_long: Duration);

    /// Now, by the service's clock.
    fn service(&self) -> DateTime<Utc> {
        self.local() + self.skew()
    }
}
