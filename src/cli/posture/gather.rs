//! Every Region of every profile at once, and a word on stderr while they are read.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::asked::Asked;
use crate::aws::{Fleet, Heard, Progress};
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::clock::{LabClock, MachineClock, Observations};
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::posture::fleet::{Around, Reading};
use crate::ports::Clock;
use crate::posture::{counted, place};

/// Never silent for 10 s.
const HEARTBEAT: Duration = Duration::from_secs(4);

/// Readings under way.
pub struct Gathering {
    reading: JoinSet<Reading>,
    /// Those that have not ended, in the order in which they were asked for.
    watched: Vec<Watched>,
    clock: Box<dyn Clock>,
    beat: Interval,
}

/// One of them.
struct Watched {
    task: Id,
    profile: Option<String>,
    region: String,
    progress: Arc<Progress>,
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
            let task = fleet.clone().read(region.clone(), deep, Arc::clone(&progress));
            watched.push(Watched {
                task: reading.spawn(task).id(),
                profile: settings.profile.clone(),
                region,
                progress,
            });
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
                joined = self.reading.join_next_with_id() => {
                    let reading = match joined? {
                        Ok((task, reading)) => {
                            self.watched.retain(|watched| watched.task != task);
                            reading
                        }
                        Err(error) => self.lost(&error),
                    };
                    // A lab's stamps are of its own time; AWS's are of the service's.
                    return Some((reading, self.clock.service()));
                }
                _ = self.beat.tick() => self.tell(),
            }
        }
    }

    /// A Region whose reading ended otherwise was not read: it counts as such, with every other one that was not.
    fn lost(&mut self, error: &JoinError) -> Reading {
        tracing::error!(%error, "a Region's reading ended");
        let at = self.watched.iter().position(|watched| watched.task == error.id());
        let watched = at.map(|at| self.watched.remove(at));
        let why = format!("a bug ended its reading: {error}");
        Reading {
            profile: watched.as_ref().and_then(|watched| watched.profile.clone()),
            region: watched.map(|watched| watched.region).unwrap_or_default(),
            clusters: Vec::new(),
            around: Around::unasked(&why),
            unread: Some(ReadFailure {
                action: "the reading".to_owned(),
                kind: ReadFailureKind::Transport,
                code: None,
                message: why,
                request_id: None,
            }),
        }
    }

    fn tell(&self) {
        let told = self.watched.iter().map(|watched| {
            let (clusters, calls) = (watched.progress.clusters(), watched.progress.calls());
            let name = place(watched.profile.as_deref(), &watched.region);
            format!(
                "{name}: {}, {}",
                counted(clusters, "cluster"),
                counted(calls, "call")
            )
        });
        print::error(&format!("reading {}", told.collect::<Vec<_>>().join("; ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_region_whose_reading_a_bug_ended_was_not_read() {
        let mut reading = JoinSet::new();
        let task = reading.spawn(async { panic!("nothing to read") }).id();
        let mut gathering = Gathering {
            reading,
            watched: vec![Watched {
                task,
                profile: Some("prod".to_owned()),
                region: "us-east-1".to_owned(),
                progress: Arc::default(),
            }],
            clock: Box::new(MachineClock::new(Arc::default())),
            beat: interval(HEARTBEAT),
        };
        let (lost, _) = gathering.next().await.unwrap();
        assert_eq!(
            (lost.profile.as_deref(), lost.region.as_str()),
            (Some("prod"), "us-east-1")
        );
        assert!(lost.unread.unwrap().message.contains("a bug ended its reading"));
        assert!(gathering.next().await.is_none());
    }
}
