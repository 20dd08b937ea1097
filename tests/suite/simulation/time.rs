//! Virtual time: the runtime's clock stands still and moves only when everything waits. What the program, the SDK and the
//! lab take for time is this one clock, each in its own way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use backtrackctl::clock::Observations;
use backtrackctl::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

/// More looks at the clock than any run has: it goes round in circles.
const STEPS: u64 = 3_000_000;

/// The machine that the program runs on.
#[derive(Clone, Debug)]
pub struct Machine {
    booted: Instant,
    began: DateTime<Utc>,
    /// For how long it was suspended, in ms.
    suspended: Arc<AtomicU64>,
    looks: Arc<AtomicU64>,
}

impl Machine {
    /// One that boots now.
    pub fn boot(began: DateTime<Utc>) -> Self {
        Self {
            booted: Instant::now(),
            began,
            suspended: Arc::default(),
            looks: Arc::default(),
        }
    }

    /// It stood still for so long, as a laptop does whose lid is closed.
    pub fn suspend(&self, how_long: Duration) {
        let ms = u64::try_from(how_long.as_millis()).unwrap();
        self.suspended.fetch_add(ms, Ordering::Relaxed);
    }

    pub fn elapsed(&self) -> Duration {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        assert!(
            looks < STEPS,
            "the run goes round in circles: {looks} looks at the clock"
        );
        self.booted.elapsed() + Duration::from_millis(self.suspended.load(Ordering::Relaxed))
    }

    fn local(&self, observations: &Observations) -> DateTime<Utc> {
        let elapsed = self.elapsed();
        observations
            .lab_now(elapsed)
            .unwrap_or_else(|| self.began + TimeDelta::from_std(elapsed).unwrap())
    }

    /// The service's time, as a process knows it that heard this much.
    pub fn service(&self, observations: &Observations) -> DateTime<Utc> {
        self.local(observations) + observations.lab_skew()
    }
}

/// The clock of one process: as the lab's clock of a drill, on this machine.
#[derive(Clone, Debug)]
pub struct ProcessClock {
    pub machine: Machine,
    pub heard: Arc<Observations>,
}

#[async_trait(?Send)]
impl Clock for ProcessClock {
    fn local(&self) -> DateTime<Utc> {
        self.machine.local(&self.heard)
    }

    fn skew(&self) -> TimeDelta {
        self.heard.lab_skew()
    }

    fn heard(&self) -> bool {
        self.heard.heard()
    }

    fn elapsed(&self) -> Duration {
        self.machine.elapsed()
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}
