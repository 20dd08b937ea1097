//! Carrying out one effect: the ports are called here and nowhere else.

use std::time::Duration;

use chrono::TimeDelta;

use super::advice;
use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::{BACKTRACK, Cut};
use crate::domain::effect::{Effect, Intent, Way};
use crate::domain::event::{Done, Event, ReadFailure, ReadFailureKind, Reply};
use crate::domain::inspection::Inspection;
use crate::domain::run::{ItemState, State};
use crate::domain::runbook::{Check, Step};
use crate::domain::verification::{Verification, Verified};
use crate::ports::{Attestation, Glance, Look, Moment, Purpose};

/// A check of the application is made this often, a second apart, before it counts as failed.
const CHECK_TRIES: u32 = 20;
/// A probe after a rewind is made this often: connections were cut and caches are cold.
const PROBE_TRIES: u32 = 4;
const CHECK_PAUSE: Duration = Duration::from_secs(1);

/// What a check is made for decides how often it is made.
fn tries(purpose: Purpose) -> u32 {
    match purpose {
        Purpose::Probe => PROBE_TRIES,
        Purpose::Pause | Purpose::Paused | Purpose::Resume | Purpose::Resumed => CHECK_TRIES,
    }
}

/// Who leaves at a question about opening again is nobody from then on: the other items are opened all the same.
fn left(done: Cut<Done>, way: Way) -> Cut<Done> {
    match (done, way) {
        (Cut::Signal(_), Way::Resume) => Cut::Whole(Done::Nobody),
        (done, _) => done,
    }
}

impl Engine<'_> {
    pub(super) async fn perform(&mut self, effect: Effect) -> Result<(), EngineError> {
        match effect {
            Effect::Inspect => self.inspect().await,
            Effect::Step { item, way } => self.step(item, way).await,
            Effect::Check { item, way } => self.check(item, way).await,
            Effect::Send(intent) => self.send(intent).await,
            Effect::Reconcile => self.reconcile().await,
            Effect::Watch { id } => self.watch(&id).await,
            Effect::Glance => self.glance().await,
            Effect::Verify => self.verify().await,
        }
    }

    async fn inspect(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        match self
            .cut("AWS, to read the cluster", self.world.reads.look(&cluster))
            .await
        {
            Cut::Signal(signal) => self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => {
                self.advice = Some(advice::unread(&failure, self.run.plan()));
                self.record(&Event::ReadFailed(failure))
            }
            Cut::Whole(Ok(look)) => {
                self.advice = None;
                let opened = match self.seen_open().await {
                    Cut::Whole(opened) => opened,
                    Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
                };
                let inspection = Box::new(self.inspection(look, opened));
                let judgement = Box::new(self.run.judge(&inspection));
                self.record(&Event::Inspected {
                    inspection,
                    judgement,
                })
            }
        }
    }

    fn inspection(&self, look: Look, opened: Vec<String>) -> Inspection {
        let clock = self.world.clock;
        Inspection {
            service_now: clock.service(),
            skew_ms: clock.heard().then(|| clock.skew().num_milliseconds()),
            identity: look.identity,
            cluster: look.cluster,
            records: look.records,
            binlog_format: look.binlog_format,
            upgrades: look.upgrades,
            blue_green: look.blue_green,
            pending_maintenance: look.pending_maintenance,
            credentials_end: look.credentials_end,
            opened,
            surroundings: self.world.surroundings.clone(),
        }
    }

    /// What was paused and was looked at, and is not paused any more: somebody, or something, opened it meanwhile.
    /// What a person attested is not asked again.
    async fn seen_open(&self) -> Cut<Vec<String>> {
        let Hands::Free { application, .. } = self.world.hands else {
            return Cut::Whole(Vec::new());
        };
        let moment = self.moment();
        let items = self.run.plan().runbook.pause.iter().zip(self.run.items());
        let checks = items.filter_map(|(item, state)| match (&item.paused, state) {
            (Some(check @ (Check::Command(_) | Check::Http { .. })), ItemState::Paused) => {
                Some((item, check))
            }
            _ => None,
        });
        let all = async {
            let mut opened = Vec::new();
            for (item, check) in checks {
                if let Done::Badly { how } = application.check(check, &moment).await {
                    opened.push(format!("`{}`: {how}", item.name));
                }
            }
            opened
        };
        self.cut("the runbook's checks of what is paused", all).await
    }

    fn moment(&self) -> Moment {
        Moment {
            phase: self.run.phase(),
            target: self.run.requested(),
            effective: self.run.hops().last().and_then(|hop| hop.record.to),
        }
    }

    async fn step(&mut self, item: usize, way: Way) -> Result<(), EngineError> {
        let Hands::Free { application, .. } = self.world.hands else {
            return Err(EngineError::HandsTied("a step of the runbook"));
        };
        let Some(described) = self.run.plan().runbook.pause.get(item) else {
            return Err(EngineError::HandsTied("a step that the runbook does not have"));
        };
        let name = described.name.clone();
        let step = match way {
            Way::Pause => described.pause.clone(),
            Way::Resume => described.resume.clone(),
        };
        self.record(&Event::Intended(Effect::Step { item, way }))?;
        let done = match &step {
            Step::Command(command) => {
                let moment = self.moment();
                Cut::Whole(
                    self.attend("the runbook's command to end", application.run(command, &moment))
                        .await,
                )
            }
            Step::Manual { instruction } => {
                let purpose = match way {
                    Way::Pause => Purpose::Pause,
                    Way::Resume => Purpose::Resume,
                };
                self.attest(&Attestation {
                    purpose,
                    name: &name,
                    text: instruction,
                })
                .await
            }
        };
        match left(done, way) {
            Cut::Whole(done) => self.record(&Event::StepDone { item, way, done }),
            Cut::Signal(signal) => self.record(&Event::Interrupted { signal }),
        }
    }

    /// A person may take as long as they like, and may leave instead.
    async fn attest(&self, attestation: &Attestation<'_>) -> Cut<Done> {
        let about = self.about();
        let answer = self.world.operator.attest(attestation, &about);
        let attested = match self.cut("your answer", answer).await {
            Cut::Signal(signal) => return Cut::Signal(signal),
            Cut::Whole(attested) => attested,
        };
        Cut::Whole(match attested {
            Some(true) => Done::Well {
                how: "attested by the operator".to_owned(),
            },
            Some(false) => Done::Badly {
                how: "the operator said no".to_owned(),
            },
            None => Done::Nobody,
        })
    }

    async fn check(&mut self, item: usize, way: Way) -> Result<(), EngineError> {
        let Some(described) = self.run.plan().runbook.pause.get(item) else {
            return Err(EngineError::HandsTied("a check that the runbook does not have"));
        };
        let name = described.name.clone();
        let (check, purpose) = match way {
            Way::Pause => (described.paused.clone(), Purpose::Paused),
            Way::Resume => (described.resumed.clone(), Purpose::Resumed),
        };
        let done = match check {
            None => Cut::Whole(Done::Well {
                how: "not checked: the runbook names no check".to_owned(),
            }),
            Some(check) => self.try_check(&check, purpose, &name).await?,
        };
        match left(done, way) {
            Cut::Whole(done) => self.record(&Event::Checked { item, way, done }),
            Cut::Signal(signal) => self.record(&Event::Interrupted { signal }),
        }
    }

    /// Makes a check until it passes, the tries are used up, or a signal arrives.
    async fn try_check(&self, check: &Check, purpose: Purpose, name: &str) -> Result<Cut<Done>, EngineError> {
        if let Check::Question { text } = check {
            return Ok(self.attest(&Attestation { purpose, name, text }).await);
        }
        let Hands::Free { application, .. } = self.world.hands else {
            return Err(EngineError::HandsTied("a check of the runbook"));
        };
        let moment = self.moment();
        let all = async {
            let mut done = application.check(check, &moment).await;
            for _ in 1..tries(purpose) {
                if !matches!(done, Done::Badly { .. }) {
                    break;
                }
                self.world.clock.wait(CHECK_PAUSE).await;
                done = application.check(check, &moment).await;
            }
            done
        };
        let what = "the runbook's check to pass";
        Ok(match purpose {
            // What is opened again is looked at to the end: an exit without it would leave it to nobody.
            Purpose::Resume | Purpose::Resumed => Cut::Whole(self.attend(what, all).await),
            Purpose::Pause | Purpose::Paused | Purpose::Probe => self.cut(what, all).await,
        })
    }

    /// The one call. The intent is durable first, and a process that was frozen in between sends nothing.
    async fn send(&mut self, intent: Intent) -> Result<(), EngineError> {
        let Hands::Free { backtracker, .. } = self.world.hands else {
            return Err(EngineError::HandsTied("BacktrackDBCluster"));
        };
        let began = self.world.clock.elapsed();
        self.looking = None;
        let within = (intent.send_by - intent.intended_at)
            .to_std()
            .unwrap_or(Duration::ZERO);
        self.record(&Event::Intended(Effect::Send(intent.clone())))?;
        let reply = if self.world.clock.elapsed().saturating_sub(began) < within {
            self.attend("AWS to answer the call", backtracker.backtrack(&intent))
                .await
        } else {
            Reply::NotSent {
                why: format!("this process stood still until after {}", intent.send_by),
            }
        };
        if matches!(reply, Reply::Ambiguous { .. }) {
            self.looking_since(self.world.clock.service());
        }
        self.record(&Event::Replied(reply))
    }

    async fn reconcile(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let began = self.world.clock.elapsed();
        let event = match self
            .cut("AWS, to read the cluster", self.glance_at(&cluster))
            .await
        {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => {
                return self
                    .blind(failure, "AWS, to ask what became of the request")
                    .await;
            }
            Cut::Whole(Ok(glance)) => Event::Reconciled {
                records: glance.records,
                status: glance.status,
                // The moment before the lists were read, by the clock that their replies taught.
                service_now: self.looking_since(self.world.clock.service() - self.since(began)),
            },
        };
        self.record_news(&event)?;
        if let State::Unresolved { until, .. } = self.run.state() {
            let what = format!(
                "a trace of the request in AWS's records (looked for until {})",
                until.format("%H:%M:%SZ")
            );
            return self.rest(&what, false).await;
        }
        Ok(())
    }

    async fn watch(&mut self, id: &str) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let record = match self
            .cut(
                "AWS, to read the backtrack's record",
                self.world.reads.record(&cluster, id),
            )
            .await
        {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => {
                return self.blind(failure, "AWS, to read the backtrack's record").await;
            }
            Cut::Whole(Ok(record)) => record,
        };
        let over = record.as_ref().is_some_and(|record| record.status.is_terminal());
        self.record_news(&Event::Watched { record })?;
        if over {
            Ok(())
        } else {
            self.rest(BACKTRACK, false).await
        }
    }

    async fn glance(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let glance = match self
            .cut("AWS, to read the cluster", self.glance_at(&cluster))
            .await
        {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => return self.blind(failure, "AWS, to read the cluster").await,
            Cut::Whole(Ok(glance)) => glance,
        };
        let event = Event::Glanced {
            status: glance.status,
            members: glance.members,
            records: glance.records,
        };
        self.record_news(&event)?;
        if matches!(self.run.phase(), crate::domain::phase::Phase::Applying) {
            return self
                .rest("the cluster and its members to be available", false)
                .await;
        }
        Ok(())
    }

    /// A glance at the very cluster of this run: one of the same name is no evidence.
    async fn glance_at(&self, cluster: &str) -> Result<Glance, ReadFailure> {
        let glance = self.world.reads.glance(cluster).await?;
        match self.run.identity() {
            Some(known) if known.resource_id != glance.resource_id => Err(ReadFailure {
                action: "DescribeDBClusters".to_owned(),
                kind: ReadFailureKind::Transport,
                code: None,
                message: format!(
                    "expected cluster {}, got {} of the same name: this is another cluster",
                    known.resource_id, glance.resource_id
                ),
                request_id: None,
            }),
            Some(_) | None => Ok(Glance {
                records: self.run.not_known_before(glance.records),
                ..glance
            }),
        }
    }

    /// How long ago that was, by the clock that counts suspension.
    fn since(&self, began: Duration) -> TimeDelta {
        TimeDelta::from_std(self.world.clock.elapsed().saturating_sub(began)).unwrap_or_default()
    }

    /// A failed read is "not known": said, waited out, asked again.
    async fn blind(&mut self, failure: ReadFailure, what: &str) -> Result<(), EngineError> {
        self.narrate_unknown(&failure);
        self.record_news(&Event::ReadFailed(failure))?;
        if self.run.is_blind() {
            self.rest(what, true).await
        } else {
            Ok(())
        }
    }

    async fn verify(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let glance = match self
            .cut("AWS, to read the cluster", self.glance_at(&cluster))
            .await
        {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(glance) => glance,
        };
        let seen = glance
            .as_ref()
            .map(|glance| (glance.status.as_str(), glance.records.as_slice()));
        let mut results = self.run.gate(seen.map_err(|failure| failure.message.as_str()));
        results.extend(match self.seen_open().await {
            Cut::Whole(opened) => self.run.stopped(&opened),
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
        });
        for probe in self.run.plan().runbook.probes.clone() {
            let done = match self.try_check(&probe.check, Purpose::Probe, &probe.name).await? {
                Cut::Whole(done) => done,
                Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            };
            let (passed, message) = match done {
                Done::Well { how } => (true, how),
                Done::Badly { how } => (false, how),
                Done::Nobody => (false, "not answered: it needs a person".to_owned()),
            };
            results.push(Verified {
                name: probe.name,
                passed,
                message,
            });
        }
        self.record(&Event::Verified(Verification { results }))
    }
}
