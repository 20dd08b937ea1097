//! Asking the service again and again: what became of a request, our own record, the cluster and its members.

use std::time::Duration;

use chrono::TimeDelta;

use super::drive::{Engine, EngineError};
use super::waiting::{BACKTRACK, Cut};
use crate::domain::effect::Effect;
use crate::domain::event::{Event, ReadFailure, ReadFailureKind};
use crate::domain::run::{Next, State};
use crate::ports::Glance;

impl Engine<'_> {
    pub(super) async fn reconcile(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let began = self.world.clock.elapsed();
        let event = match self
            .cut("AWS, to read the cluster", self.glance_at(&cluster))
            .await
        {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => {
                let what = "AWS, to ask what became of the request";
                return self.blind(failure, Effect::Reconcile, what).await;
            }
            Cut::Whole(Ok(glance)) => Event::Reconciled {
                records: glance.records,
                status: glance.status,
                // The moment before the lists were read, by the clock that their replies taught.
                service_now: self.looking_since(self.world.clock.service() - self.since(began)),
            },
        };
        self.record_news(&event)?;
        let State::Unresolved { until, .. } = self.run.state() else {
            return Ok(());
        };
        let until = until.format("%H:%M:%SZ");
        let what = format!("a trace of the request in AWS's records (looked for until {until})");
        self.rest_before(Effect::Reconcile, &what, false).await
    }

    pub(super) async fn watch(&mut self, id: &str) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let again = Effect::Watch { id: id.to_owned() };
        let what = "AWS, to read the backtrack's record";
        let record = match self.cut(what, self.world.reads.record(&cluster, id)).await {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => return self.blind(failure, again, what).await,
            Cut::Whole(Ok(record)) => record,
        };
        self.record_news(&Event::Watched { record })?;
        self.rest_before(again, BACKTRACK, false).await
    }

    pub(super) async fn glance(&mut self) -> Result<(), EngineError> {
        let cluster = self.run.plan().cluster.clone();
        let what = "AWS, to read the cluster";
        let glance = match self.cut(what, self.glance_at(&cluster)).await {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) => return self.blind(failure, Effect::Glance, what).await,
            Cut::Whole(Ok(glance)) => glance,
        };
        let event = Event::Glanced {
            status: glance.status,
            members: glance.members,
            records: glance.records,
        };
        self.record_news(&event)?;
        let what = "the cluster and its members to be available";
        self.rest_before(Effect::Glance, what, false).await
    }

    /// A glance at the very cluster of this run: one of the same name is no evidence.
    pub(super) async fn glance_at(&self, cluster: &str) -> Result<Glance, ReadFailure> {
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
    async fn blind(&mut self, failure: ReadFailure, again: Effect, what: &str) -> Result<(), EngineError> {
        self.narrate_unknown(&failure);
        self.record_news(&Event::ReadFailed(failure))?;
        self.rest_before(again, what, true).await
    }

    /// After a poll: rests where the machine wants the very same once more, and only there.
    async fn rest_before(&mut self, again: Effect, what: &str, failed: bool) -> Result<(), EngineError> {
        // By the very time that the loop decides by: with another, it could ask again without a rest.
        let now = self.deciding_now();
        if self.run.next(now) == Next::Do(again) {
            self.rest(what, failed).await
        } else {
            Ok(())
        }
    }
}
