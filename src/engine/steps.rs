//! What the runbook describes: its steps, its checks and its probes.

use std::time::Duration;

use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::Cut;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event};
use crate::domain::run::{Asks, ItemState};
use crate::domain::runbook::{Check, Step};
use crate::domain::verification::{Verification, Verified};
use crate::ports::{Application, Attestation, Moment, Purpose};

/// A check of the application is made this often, a second apart, before it counts as failed.
const CHECK_TRIES: u32 = 20;
/// A probe after a rewind is made this often: connections were cut and caches are cold.
const PROBE_TRIES: u32 = 4;
/// What was quiet before is looked at so often: a server that comes back may refuse the first.
const QUIET_TRIES: u32 = 3;
const CHECK_PAUSE: Duration = Duration::from_secs(1);

/// What a check is made for decides how often it is made.
fn tries(check: &Check, purpose: Purpose) -> u32 {
    match (check, purpose) {
        (Check::Quiet { apart_s, timeout_s }, Purpose::Paused) => (timeout_s / (apart_s + 1)).max(1),
        (Check::Quiet { .. }, _) => QUIET_TRIES,
        (_, Purpose::Probe) => PROBE_TRIES,
        (_, Purpose::Pause | Purpose::Paused | Purpose::Resume | Purpose::Resumed) => CHECK_TRIES,
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
    /// What was paused and was looked at, and is not paused any more: somebody, or something, opened it meanwhile.
    /// What a person attested is not asked again.
    pub(super) async fn seen_open(&self) -> Cut<Vec<String>> {
        let Hands::Free { application, .. } = self.world.hands else {
            return Cut::Whole(Vec::new());
        };
        let moment = self.moment();
        let items = self.run.plan().runbook.pause.iter().zip(self.run.items());
        let checks = items.filter_map(|(item, state)| match (&item.paused, state) {
            (Some(check), ItemState::Paused) if check.is_made_by_machine() => Some((item, check)),
            _ => None,
        });
        let all = async {
            let mut opened = Vec::new();
            for (item, check) in checks {
                let mut done = self.look_at(application, check, &moment).await;
                // The server may still be coming back after a rewind: no answer is no sign of anybody.
                let again = if check.by_sql() {
                    tries(check, Purpose::Probe)
                } else {
                    1
                };
                for _ in 1..again {
                    if !matches!(done, Done::Badly { .. }) {
                        break;
                    }
                    self.world.clock.wait(CHECK_PAUSE).await;
                    done = self.look_at(application, check, &moment).await;
                }
                if let Done::Badly { how } = done {
                    opened.push(format!("`{}`: {how}", item.name));
                }
            }
            opened
        };
        self.cut("the runbook's checks of what is paused", all).await
    }

    /// Makes one check once: by SQL where it asks the database.
    async fn look_at(&self, application: &dyn Application, check: &Check, moment: &Moment) -> Done {
        match self.world.database {
            Some(database) if check.by_sql() => database.check(check).await,
            Some(_) | None => application.check(check, moment).await,
        }
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            phase: self.run.phase(),
            target: self.run.requested(),
            effective: self.run.hops().last().and_then(|hop| hop.record.to),
        }
    }

    pub(super) async fn step(&mut self, item: usize, way: Way) -> Result<(), EngineError> {
        let Hands::Free {
            application,
            sessions,
            ..
        } = self.world.hands
        else {
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
            Step::Copy(_) => return self.copy_step(item).await,
            Step::Drain => {
                let Some(sessions) = sessions else {
                    return Err(EngineError::HandsTied(
                        "the ending of sessions without a database",
                    ));
                };
                let what = "the sessions to end, and what they had not committed to be rolled back";
                Cut::Whole(self.attend(what, sessions.drain()).await)
            }
            Step::Nothing => Cut::Whole(Done::Well {
                how: "nothing to reopen".to_owned(),
            }),
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

    pub(super) async fn check(&mut self, item: usize, way: Way) -> Result<(), EngineError> {
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
            Some(Check::Copy) => return self.check_copy(item, way).await,
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
            let mut done = self.look_at(application, check, &moment).await;
            for _ in 1..tries(check, purpose) {
                if !matches!(done, Done::Badly { .. }) {
                    break;
                }
                self.world.clock.wait(CHECK_PAUSE).await;
                done = self.look_at(application, check, &moment).await;
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

    /// What every hop passes before the data is asked about anything.
    pub(super) async fn gate(&self) -> Cut<Vec<Verified>> {
        let cluster = self.run.plan().cluster.clone();
        let glance = match self
            .cut("AWS, to read the cluster", self.glance_at(&cluster))
            .await
        {
            Cut::Signal(signal) => return Cut::Signal(signal),
            Cut::Whole(glance) => glance,
        };
        let seen = glance
            .as_ref()
            .map(|glance| (glance.status.as_str(), glance.records.as_slice()));
        let mut results = self.run.gate(seen.map_err(|failure| failure.message.as_str()));
        match self.seen_open().await {
            Cut::Whole(opened) => results.extend(self.run.stopped(&opened)),
            Cut::Signal(signal) => return Cut::Signal(signal),
        }
        Cut::Whole(results)
    }

    pub(super) async fn verify(&mut self) -> Result<(), EngineError> {
        let mut results = match self.gate().await {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(results) => results,
        };
        let asks = self.run.asks();
        if asks == Asks::RunbookAndSearch {
            match self.still_good().await? {
                Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
                Cut::Whole(still_good) => results.push(still_good),
            }
        }
        let probes = match asks {
            Asks::Runbook | Asks::RunbookAndSearch => self.run.plan().runbook.probes.clone(),
            Asks::Nothing => Vec::new(),
        };
        for probe in probes {
            let done = match self.try_check(&probe.check, Purpose::Probe, &probe.name).await? {
                Cut::Whole(done) => done,
                Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            };
            let (passed, message) = match done {
                Done::Well { how } => (true, how),
                Done::Badly { how } | Done::Unbegun { how } => (false, how),
                Done::Nobody => (false, "not answered: it needs a person".to_owned()),
            };
            results.push(Verified {
                name: probe.name,
                passed,
                message,
            });
        }
        let next_ids = match self.next_ids_after().await {
            Cut::Whole(next_ids) => next_ids,
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
        };
        self.record(&Event::Verified(Verification { results, next_ids }))
    }
}
