//! What was read: before a decision, and in vain.

use chrono::{DateTime, Utc};

use super::state::{Run, State};
use crate::domain::checks::Judgement;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::inspection::Inspection;
use crate::domain::outcome::Outcome;
use crate::domain::verification::Verification;

impl Run {
    pub(super) fn inspected(
        &mut self,
        inspection: &Inspection,
        judgement: &Judgement,
        at: DateTime<Utc>,
    ) -> bool {
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
            self.adopt(intent, direction, &record, at);
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

    pub(super) fn read_failed(&mut self, failure: &ReadFailure) -> bool {
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

    pub(super) fn verified(&mut self, verification: &Verification) -> bool {
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
}
