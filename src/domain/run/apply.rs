//! The one mutation of a run: an event is applied, or refused as illegal in the phase it meets.

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::{Attempt, Footing, Goal};
use super::inventory::ItemState;
use super::seek::Seek;
use super::state::{Run, State};
use crate::domain::event::Event;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;

/// An event that cannot happen where the run is. A journal that holds one was not written by this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected no `{event}` in phase `{}`, got one", phase.as_str())]
pub struct IllegalEvent {
    /// Where the run was.
    pub phase: Phase,
    /// The event's name in the journal.
    pub event: &'static str,
}

impl Run {
    /// A run from its first event.
    pub fn open(plan: Plan, at: DateTime<Utc>) -> Self {
        let items = plan.runbook.pause.iter().map(|_| ItemState::Open).collect();
        let seek = Seek::begin(&plan);
        let goal = seek
            .as_ref()
            .map_or_else(|| Goal::Typed(plan.goal.clone()), Seek::first);
        let attempt = Attempt {
            number: 1,
            instant: goal.frozen(),
            goal,
            ordered: plan.typed_at,
            footing: Footing::Fresh,
            reason: plan.reason.clone(),
            // Such a run has a runbook without one.
            without_copy: false,
            sought: seek.is_some(),
            sent: false,
        };
        Self {
            state: State::Preflight {
                clear: false,
                agreed: false,
            },
            items,
            copies: Vec::new(),
            attempt,
            hops: Vec::new(),
            standing: Vec::new(),
            drawn: Vec::new(),
            identity: None,
            own: Vec::new(),
            known: None,
            required: Vec::new(),
            waived: Vec::new(),
            login: None,
            skew: TimeDelta::zero(),
            blind: false,
            hold: plan.hold,
            errand: None,
            attended: plan.by.terminal.is_some(),
            since: at,
            knew: false,
            resent: false,
            parting: None,
            ended: None,
            overrides: Vec::new(),
            doubt: false,
            reopened: false,
            finished: None,
            seek,
            plan,
        }
    }

    /// A run from its journal: the same `apply`, record by record.
    pub fn replay<'a>(
        events: impl IntoIterator<Item = (DateTime<Utc>, &'a Event)>,
    ) -> Result<Self, IllegalEvent> {
        let mut events = events.into_iter();
        let Some((at, Event::Opened(plan))) = events.next() else {
            return Err(IllegalEvent {
                phase: Phase::Preflight,
                event: "a journal without `opened`",
            });
        };
        let mut run = Self::open((**plan).clone(), at);
        for (at, event) in events {
            run.apply(event, at)?;
        }
        Ok(run)
    }

    /// Applies one event that happened at `at`.
    pub fn apply(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), IllegalEvent> {
        let before = self.state.clone();
        let legal = match event {
            Event::Opened(_) => false,
            Event::Attached(attached) => self.attached(attached, at),
            _ if self.ended.is_some() => false,
            Event::Ended { outcome } => {
                self.end(*outcome);
                true
            }
            Event::Intended(effect) => self.intended(effect),
            Event::Inspected {
                inspection,
                judgement,
            } => self.inspected(inspection, judgement, at),
            Event::ReadFailed(failure) => self.read_failed(failure),
            Event::StepDone { item, way, done } => self.step_done(*item, *way, done),
            Event::CopyNoted { item, noted } => self.copy_noted(*item, noted),
            Event::Checked { item, way, done } => self.item_checked(*item, *way, done),
            Event::Replied(reply) => self.replied(reply, at),
            Event::Reconciled {
                records,
                status,
                service_now,
            } => self.reconciled(records, status, *service_now, at),
            Event::Watched { record } => self.watched(record.as_ref(), at),
            Event::Glanced {
                status,
                members,
                records,
            } => self.glanced(status, members, records),
            Event::Tried(trial) => self.tried(trial),
            Event::Verified(verification) => self.verified(verification),
            Event::Answered { answer, .. } => self.answered(answer, at),
            Event::HopOrdered {
                goal,
                reason,
                without_copy,
            } => {
                let ordered = self.hop_ordered(goal.as_ref(), reason.as_ref(), at);
                self.attempt.without_copy = *without_copy;
                ordered
            }
            Event::Interrupted { signal } => {
                self.interrupted(signal);
                true
            }
        };
        if self.state != before {
            self.since = at;
        }
        if legal {
            Ok(())
        } else {
            Err(IllegalEvent {
                phase: self.phase(),
                event: event.name(),
            })
        }
    }

    /// True when `event` would change the run: polls that bring nothing new are not worth a record.
    pub fn is_news(&self, event: &Event, at: DateTime<Utc>) -> bool {
        let mut after = self.clone();
        after.apply(event, at).is_err() || after != *self
    }

    pub(super) fn settling(&self) -> TimeDelta {
        TimeDelta::seconds(self.plan.runbook.policy.settling_s)
    }
}
