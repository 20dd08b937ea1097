//! The one mutation of a run: an event is applied, or refused as illegal in the phase it meets.

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::{Attempt, Footing, Goal};
use super::inventory::ItemState;
use super::state::{Run, State, Trace};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::checks::Judgement;
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Attached, Errand, Event, ReadFailure, ReadFailureKind, Rejection, Reply};
use crate::domain::inspection::Inspection;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::receipt::Receipt;
use crate::domain::target::Direction;
use crate::domain::verification::Verification;

/// An event that cannot happen where the run is. A journal that holds one was not written by this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected no `{event}` in phase `{}`, got one", phase.as_str())]
pub struct IllegalEvent {
    /// Where the run was.
    pub phase: Phase,
    /// The event's name in the journal.
    pub event: &'static str,
}

/// A rate refusal is definite: the call is sent anew, at most this often.
const GREATEST_THROTTLED: u8 = 5;

impl Run {
    /// A run from its first event.
    pub fn open(plan: Plan, at: DateTime<Utc>) -> Self {
        let items = plan.runbook.pause.iter().map(|_| ItemState::Open).collect();
        let attempt = Attempt {
            number: 1,
            goal: Goal::Typed(plan.goal.clone()),
            instant: None,
            footing: Footing::Fresh,
            reason: plan.reason.clone(),
        };
        Self {
            state: State::Preflight {
                clear: false,
                agreed: false,
            },
            items,
            attempt,
            hops: Vec::new(),
            standing: Vec::new(),
            identity: None,
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
            parting: None,
            ended: None,
            overrides: Vec::new(),
            doubt: false,
            reopened: false,
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
            Event::Ended { outcome } => self.end(*outcome),
            _ if self.ended.is_some() && !matches!(event, Event::HopOrdered { .. }) => false,
            Event::Intended(effect) => self.intended(effect),
            Event::Inspected {
                inspection,
                judgement,
            } => self.inspected(inspection, judgement),
            Event::ReadFailed(failure) => self.read_failed(failure),
            Event::StepDone { item, way, done } => {
                self.step_done(*item, *way, done);
                true
            }
            Event::Checked { item, way, done } => {
                self.item_checked(*item, *way, done);
                true
            }
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
            Event::Verified(verification) => self.verified(verification),
            Event::Answered { answer, .. } => self.answered(answer),
            Event::HopOrdered { goal, reason } => self.hop_ordered(goal.as_ref(), reason.as_ref()),
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

    fn attached(&mut self, attached: &Attached, at: DateTime<Utc>) -> bool {
        self.ended = None;
        self.parting = None;
        self.login = None;
        self.blind = false;
        self.errand = Some(attached.errand);
        self.attended = attached.attended;
        self.since = at;
        self.unstick();
        self.doubt |= matches!(self.state, State::Requested { .. });
        let settling = self.settling();
        self.state = match self.state.clone() {
            State::Preflight { agreed: false, .. } => State::Preflight {
                clear: false,
                agreed: false,
            },
            // The confirmation belonged to a process that is gone: validate and confirm anew.
            State::Validated { .. } | State::Approved { .. } => State::Paused,
            // The call may have gone out at any moment until its send-by instant.
            State::Requested { intent, receipt, .. } => State::Unresolved {
                until: intent.send_by + settling,
                direction: receipt.target.direction(),
                intent,
                trace: Trace::NotAsked,
            },
            State::Unresolved {
                intent,
                until,
                direction,
                ..
            } => State::Unresolved {
                intent,
                until,
                direction,
                trace: Trace::NotAsked,
            },
            State::Applying {
                intent,
                direction,
                record,
                completed,
                missing,
                ..
            } => State::Applying {
                intent,
                direction,
                record,
                completed,
                missing,
                asked: false,
            },
            State::Settled { .. } | State::Verified { accepted: false, .. } => {
                State::Settled { verification: None }
            }
            // `recover` of a held run continues it: verify again, then ask. `forward` orders its hop next.
            State::Held if attached.errand != Errand::Forward => {
                self.hold = false;
                State::Settled { verification: None }
            }
            same @ (State::Preflight { .. }
            | State::Paused
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. }) => same,
        };
        true
    }

    fn intended(&mut self, effect: &Effect) -> bool {
        match (effect, &self.state) {
            (Effect::Step { item, way }, _) => {
                self.step_intended(*item, *way);
                true
            }
            (
                Effect::Send(intent),
                State::Approved {
                    receipt, throttled, ..
                },
            ) => {
                self.state = State::Requested {
                    intent: intent.clone(),
                    receipt: receipt.clone(),
                    throttled: *throttled,
                };
                true
            }
            (
                Effect::Send(_)
                | Effect::Inspect
                | Effect::Check { .. }
                | Effect::Reconcile
                | Effect::Watch { .. }
                | Effect::Glance
                | Effect::Verify,
                _,
            ) => false,
        }
    }

    fn inspected(&mut self, inspection: &Inspection, judgement: &Judgement) -> bool {
        self.blind = false;
        self.skew = inspection.skew().abs();
        if self.identity.is_none() {
            self.identity = Some(inspection.identity.clone());
        }
        self.known.get_or_insert_with(|| inspection.record_ids());
        if self.hops.is_empty() && self.required.is_empty() {
            self.required = inspection.working_members();
        }
        if let (None, Some(requested)) = (self.attempt.instant, &judgement.requested) {
            self.attempt.instant = Some(requested.instant);
        }
        if let Some((intent, direction, record)) = self.late_arrival(&inspection.records) {
            self.state = State::Applying {
                intent,
                direction,
                record,
                completed: None,
                missing: Vec::new(),
                asked: false,
            };
            return true;
        }
        match (self.state.clone(), &judgement.receipt) {
            (State::Preflight { agreed: false, .. } | State::Paused | State::Approved { .. }, _)
                if judgement.blocks() =>
            {
                self.abandon(Outcome::Refused, judgement.reason());
                true
            }
            (State::Preflight { agreed: false, .. }, _) => {
                self.state = State::Preflight {
                    clear: true,
                    agreed: false,
                };
                true
            }
            (State::Paused, Some(receipt)) => {
                self.state = State::Validated {
                    receipt: Box::new(receipt.clone()),
                };
                true
            }
            (
                State::Approved {
                    receipt, throttled, ..
                },
                Some(_),
            ) => {
                let seen = Some(inspection.record_ids());
                self.state = State::Approved {
                    receipt,
                    seen,
                    throttled,
                    not_before: None,
                };
                true
            }
            _ => false,
        }
    }

    fn read_failed(&mut self, failure: &ReadFailure) -> bool {
        let why = format!("{}: {}", failure.action, failure.message);
        if failure.kind == ReadFailureKind::Credentials && !failure.never_had_any() {
            self.login = Some(why);
            return true;
        }
        match &self.state {
            State::Preflight { .. } | State::Paused | State::Approved { .. } => {
                self.abandon(Outcome::Refused, format!("the service could not be read: {why}"));
                true
            }
            State::Unresolved { .. } | State::Applying { .. } => {
                self.blind = true;
                true
            }
            State::Validated { .. }
            | State::Requested { .. }
            | State::Settled { .. }
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => false,
        }
    }

    fn replied(&mut self, reply: &Reply, at: DateTime<Utc>) -> bool {
        let State::Requested {
            intent,
            receipt,
            throttled,
        } = self.state.clone()
        else {
            return false;
        };
        let direction = receipt.target.direction();
        match reply {
            Reply::Accepted { record, .. } => self.adopt(intent, direction, record, at),
            Reply::Ambiguous { .. } => {
                self.doubt = true;
                let until = at + self.settling();
                self.state = State::Unresolved {
                    intent,
                    until,
                    trace: Trace::NotAsked,
                    direction,
                };
            }
            Reply::NotSent { why } => self.abandon(Outcome::Refused, format!("nothing was sent: {why}")),
            Reply::Rejected {
                code, message, kind, ..
            } => self.rejected(receipt, throttled, *kind, code, message, at),
        }
        true
    }

    fn rejected(
        &mut self,
        receipt: Box<Receipt>,
        throttled: u8,
        kind: Rejection,
        code: &str,
        message: &str,
        at: DateTime<Utc>,
    ) {
        match kind {
            Rejection::Credentials => {
                self.login = Some(format!("BacktrackDBCluster: {code}: {message}"));
                self.state = State::Approved {
                    receipt,
                    seen: None,
                    throttled,
                    not_before: None,
                };
            }
            Rejection::Throttled if throttled < GREATEST_THROTTLED => {
                let not_before = Some(at + TimeDelta::seconds(1 << throttled));
                self.state = State::Approved {
                    receipt,
                    seen: None,
                    throttled: throttled + 1,
                    not_before,
                };
            }
            Rejection::Throttled | Rejection::Final => {
                self.abandon(
                    Outcome::Refused,
                    format!("AWS refused the backtrack: {code}: {message}"),
                );
            }
        }
    }

    /// AWS has it: from here on only its record counts.
    pub(super) fn adopt(
        &mut self,
        intent: Intent,
        direction: Direction,
        record: &BacktrackRecord,
        at: DateTime<Utc>,
    ) {
        self.state = State::Applying {
            intent,
            direction,
            record: record.clone(),
            completed: None,
            missing: Vec::new(),
            asked: false,
        };
        self.watched(Some(record), at);
    }

    fn verified(&mut self, verification: &Verification) -> bool {
        let State::Settled { verification: None } = self.state else {
            return false;
        };
        self.state = if verification.passed() {
            State::Verified {
                verification: verification.clone(),
                accepted: false,
            }
        } else {
            State::Settled {
                verification: Some(verification.clone()),
            }
        };
        true
    }

    fn watched(&mut self, seen: Option<&BacktrackRecord>, at: DateTime<Utc>) -> bool {
        self.blind = false;
        let State::Applying {
            record, completed, ..
        } = &mut self.state
        else {
            return false;
        };
        let Some(seen) = seen else { return true };
        // A field that is missing in a later answer was still said before.
        *record = BacktrackRecord {
            id: record.id.clone(),
            to: seen.to.or(record.to),
            from: seen.from.or(record.from),
            created: seen.created.or(record.created),
            status: seen.status.clone(),
        };
        match seen.status {
            BacktrackStatus::Failed => {
                self.doubt = true;
                self.state = State::Failed {
                    record: record.clone(),
                }
            }
            BacktrackStatus::Completed => *completed = completed.or(Some(at)),
            BacktrackStatus::Pending | BacktrackStatus::Applying | BacktrackStatus::Other(_) => {}
        }
        true
    }

    fn end(&mut self, outcome: Outcome) -> bool {
        self.ended = Some(outcome);
        self.parting = None;
        self.login = None;
        match (&self.state, outcome) {
            (State::Resumed, Outcome::Completed) | (State::Preflight { .. }, Outcome::Rehearsed) => {
                self.state = State::Closed { outcome };
            }
            (State::Leaving { why, .. }, _) if *why == outcome => {
                let outcome = match self.attempt.footing {
                    Footing::Closed(earlier) => earlier,
                    Footing::Fresh | Footing::Held | Footing::Unresolved(..) | Footing::Failed(_) => outcome,
                };
                self.state = State::Closed { outcome };
            }
            (State::Verified { accepted: false, .. }, Outcome::Held) => self.state = State::Held,
            _ => {}
        }
        true
    }

    pub(super) fn settling(&self) -> TimeDelta {
        TimeDelta::seconds(self.plan.runbook.policy.settling_s)
    }
}
