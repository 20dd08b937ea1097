//! What was read: before a decision, and in vain.

use chrono::{DateTime, Utc};

use super::next::SEND_WITHIN;
use super::state::{Run, State};
use crate::domain::checks::Judgement;
use crate::domain::event::ReadFailure;
use crate::domain::inspection::Inspection;
use crate::domain::outcome::Outcome;
use crate::domain::receipt::Receipt;
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
        if matches!(self.state, State::Preflight { agreed: false, .. }) {
            self.required = inspection.working_members();
            self.waived.clear();
        }
        if let (None, Some(requested)) = (self.attempt.instant, &judgement.requested) {
            self.attempt.instant = Some(requested.instant);
        }
        if self.late_arrival(&inspection.records, at) {
            return true;
        }
        match (self.state.clone(), &judgement.receipt) {
            (State::Preflight { .. } | State::Paused | State::Approved { .. }, _) if judgement.blocks() => {
                self.abandon(Outcome::Refused, judgement.reason());
                true
            }
            (State::Preflight { agreed, .. }, _) => {
                self.state = State::Preflight { clear: true, agreed };
                true
            }
            (State::Paused, Some(receipt)) if self.use_cover() => {
                self.drawn = inspection.record_ids();
                self.state = State::Approved {
                    receipt: Box::new(receipt.clone()),
                    seen: None,
                    good_until: None,
                    throttled: 0,
                    not_before: None,
                };
                true
            }
            (State::Paused, Some(receipt)) => {
                self.drawn = inspection.record_ids();
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
                self.looked_again(receipt, throttled, inspection, at);
                true
            }
            _ => false,
        }
    }

    /// The last look before the request: the cluster shows what the receipt was drawn up for, or nothing is sent.
    fn looked_again(
        &mut self,
        receipt: Box<Receipt>,
        throttled: u8,
        inspection: &Inspection,
        at: DateTime<Utc>,
    ) {
        let ids = inspection.record_ids();
        let since: Vec<&str> = ids
            .iter()
            .filter(|id| !self.drawn.contains(id))
            .map(String::as_str)
            .collect();
        if !since.is_empty() {
            let message = format!(
                "a backtrack appeared after the receipt was drawn up: {}",
                since.join(", ")
            );
            self.abandon(Outcome::Refused, message);
            return;
        }
        let good_until = Some(at + SEND_WITHIN);
        self.state = State::Approved {
            receipt,
            seen: Some(ids),
            good_until,
            throttled,
            not_before: None,
        };
    }

    pub(super) fn read_failed(&mut self, failure: &ReadFailure) -> bool {
        let why = format!("{}: {}", failure.action, failure.message);
        if failure.wants_a_login() {
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
