//! Every Region of every profile at once, and a word on stderr while they are read.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::asked::Asked;
use crate::aws::{Fleet, Heard, Progress};
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::clock::{LabClock, MachineClock, Observations};
use crate::domain::posture::fleet::Reading;
use crate::ports::Clock;

/// Never silent for 10 s.
const HEARTBEAT: Duration = Duration::from_secs(4);

/// Readings under way.
pub struct Gathering {
    reading: JoinSet<Reading>,
    watched: Vec<(String, Arc<Progress>)>,
    clock: Box<dyn Clock>,
    beat: Interval,
}

/// Begins all of them.
pub async fn begin(asked: &Asked, deep: bool) -> Result<Gathering, Failure> {
    let observations = Arc::new(Observations::default());
    let mut reading = JoinSet::new();
    let mut watched = Vec::new();
    for settings in &asked.settings {
        let heard = Arc::clone(&observations);
        let listener = Arc::new(move |reply: Heard| heard.record(reply.date, reply.lab_now));
        let fleet = Fleet::open(settings, listener).await.map_err(|error| {
            Failure::usage(error.to_string()).next("give --regions and --profile, or a lab with --lab URL")
        })?;
        let regions = match asked.regions.as_slice() {
            [] => vec![fleet.region()],
            named => named.to_vec(),
        };
        for region in regions {
            let progress = Arc::new(Progress::default());
            let name = match &settings.profile {
                Some(profile) => format!("{profile} {region}"),
                None => region.clone(),
            };
            watched.push((name, Arc::clone(&progress)));
            reading.spawn(fleet.clone().read(region, deep, progress));
        }
    }
    let lab = asked.settings.iter().any(|settings| settings.lab.is_some());
    let clock: Box<dyn Clock> = if lab {
        Box::new(LabClock::new(observations))
    } else {
        Box::new(MachineClock::new(observations))
    };
    let mut beat = interval(HEARTBEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.reset();
    Ok(Gathering {
        reading,
        watched,
        clock,
        beat,
    })
}

impl Gathering {
    /// The next Region that was read, and when that was; none after the last.
    pub async fn next(&mut self) -> Option<(Reading, DateTime<Utc>)> {
        loop {
            tokio::select! {
                biased;
                joined = self.reading.join_next() => match joined? {
                    // A lab's stamps are of its own time; AWS's are of the service's.
                    Ok(reading) => return Some((reading, self.clock.service())),
                    Err(error) => {
                        tracing::error!(%error, "a Region's reading ended");
                        print::error(&format!("error: a bug ended the reading of a Region: {error}"));
                    }
                },
                _ = self.beat.tick() => self.tell(),
            }
        }
    }

    fn tell(&self) {
        let under_way = self.watched.iter().filter(|(_, progress)| !progress.is_done());
        let told: Vec<String> = under_way
            .map(|(name, progress)| {
                format!(
                    "{name}: {} clusters, {} calls",
                    progress.clusters(),
                    progress.calls()
                )
            })
            .collect();
        print::error(&format!("reading {}", told.join("; ")));
    }
}
