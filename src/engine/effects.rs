//! Carrying out one effect: the ports are called from here, from the steps and from the polls, and nowhere else.

use std::time::Duration;

use super::advice;
use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::Cut;
use crate::domain::database::DatabaseLook;
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Event, Reply};
use crate::domain::inspection::Inspection;
use crate::domain::known::Known;
use crate::ports::Look;

impl Engine<'_> {
    pub(super) async fn perform(&mut self, effect: Effect) -> Result<(), EngineError> {
        let began = self.world.clock.elapsed();
        if effect.mutates() {
            self.intend(&effect)?;
        }
        match effect {
            Effect::Inspect => self.inspect().await,
            Effect::Step { item, way } => self.step(item, way).await,
            Effect::Check { item, way } => self.check(item, way).await,
            Effect::Send(intent) => self.send(&intent, began).await,
            Effect::Reconcile => self.reconcile().await,
            Effect::Watch { id } => self.watch(&id).await,
            Effect::Glance => self.glance().await,
            Effect::Probe => self.probe().await,
            Effect::Verify => self.verify().await,
        }
    }

    /// Makes the intent of an effect that changes the world durable. A rehearsal has none: not even its record.
    fn intend(&mut self, effect: &Effect) -> Result<(), EngineError> {
        if let Hands::Tied = self.world.hands {
            return Err(EngineError::HandsTied("a change of the world"));
        }
        self.record(&Event::Intended(effect.clone()))
    }

    async fn inspect(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        match self
            .cut("AWS, to read the cluster", self.world.reads.look(&cluster))
            .await
        {
            Cut::Signal(signal) => self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => {
                self.advice = vec![advice::unread(&failure, self.run.plan())];
                self.record(&Event::ReadFailed(failure))
            }
            Cut::Whole(Ok(look)) => {
                self.advice.clear();
                let opened = match self.seen_open().await {
                    Cut::Whole(opened) => opened,
                    Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
                };
                let copy_gone = match self.copy_gone().await {
                    Cut::Whole(Ok(gone)) => gone,
                    Cut::Whole(Err(failure)) => {
                        self.advice = vec![advice::unread(&failure, self.run.plan())];
                        return self.record(&Event::ReadFailed(failure));
                    }
                    Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
                };
                let database = match self.database().await {
                    Cut::Whole(database) => database,
                    Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
                };
                let inspection = Inspection {
                    copy_gone,
                    ..self.inspection(look, opened, database)
                };
                let inspection = Box::new(inspection);
                let judgement = Box::new(self.run.judge(&inspection));
                self.record(&Event::Inspected {
                    inspection,
                    judgement,
                })
            }
        }
    }

    fn inspection(
        &self,
        look: Look,
        opened: Vec<String>,
        database: Option<Known<DatabaseLook>>,
    ) -> Inspection {
        let clock = self.world.clock;
        Inspection {
            service_now: clock.service(),
            skew_ms: clock.heard().then(|| clock.skew().num_milliseconds()),
            identity: look.identity,
            cluster: look.cluster,
            records: look.records,
            binlog_format: look.binlog_format,
            enhanced_binlog: Some(look.enhanced_binlog),
            global_listed: Some(look.global_listed),
            upgrades: look.upgrades,
            blue_green: look.blue_green,
            pending_maintenance: look.pending_maintenance,
            credentials_end: look.credentials_end,
            secret_rotated: look.secret_rotated,
            window_metrics: look.window_metrics,
            opened,
            copy_gone: None,
            database,
            surroundings: self.world.surroundings.clone(),
        }
    }

    /// The one call. Its intent is durable, and a process that was frozen since it `began` that intent sends nothing.
    async fn send(&mut self, intent: &Intent, began: Duration) -> Result<(), EngineError> {
        let Hands::Free { backtracker, .. } = self.world.hands else {
            return Err(EngineError::HandsTied("BacktrackDBCluster"));
        };
        self.looking = None;
        let within = (intent.send_by - intent.intended_at)
            .to_std()
            .unwrap_or(Duration::ZERO);
        let reply = if self.world.clock.elapsed().saturating_sub(began) < within {
            self.attend("AWS to answer the call", backtracker.backtrack(intent))
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
}
