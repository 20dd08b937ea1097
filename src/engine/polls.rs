//! Asking the service again and again: what became of a request, our own record, the cluster and its members.

use std::time::Duration;

use chrono::TimeDelta;

use super::drive::{Engine, EngineError};
use super::waiting::{BACKTRACK, Cut};
use crate::domain::event::{Event, ReadFailure, ReadFailureKind};
use crate::domain::phase::Phase;
use crate::domain::run::State;
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

    pub(super) async fn watch(&mut self, id: &str) -> Result<(), EngineError> {
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

    pub(super) async fn glance(&mut self) -> Result<(), EngineError> {
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
        if matches!(self.run.phase(), Phase::Applying) {
            return self
                .rest("the cluster and its members to be available", false)
                .await;
        }
        Ok(())
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
    async fn blind(&mut self, failure: ReadFailure, what: &str) -> Result<(), EngineError> {
        self.narrate_unknown(&failure);
        self.record_news(&Event::ReadFailed(failure))?;
        if self.run.is_blind() {
            self.rest(what, true).await
        } else {
            Ok(())
        }
    }
}
