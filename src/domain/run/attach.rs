//! A process takes a run up, and a process is done with it.

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::Footing;
use super::state::{Run, State, Trace};
use crate::domain::effect::Intent;
use crate::domain::event::{Attached, Errand};
use crate::domain::outcome::Outcome;

/// For so long AWS takes a request that was signed: Signature Version 4.
const SIGNATURE: TimeDelta = TimeDelta::minutes(5);

impl Run {
    pub(super) fn attached(&mut self, attached: &Attached, at: DateTime<Utc>) -> bool {
        self.knew = matches!(self.ended, Some(Outcome::VerificationFailed | Outcome::Failed));
        self.ended = None;
        self.parting = None;
        self.login = None;
        self.blind = false;
        self.errand = Some(attached.errand);
        self.attended = attached.attended;
        self.since = at;
        self.resent = false;
        self.unstick();
        self.uncover();
        if attached.from.is_some() {
            self.outlive();
        }
        self.doubt |= matches!(self.state, State::Requested { .. });
        let settling = self.settling();
        self.state = match self.state.clone() {
            // Nothing more is paused before another look.
            State::Preflight { agreed, .. } => State::Preflight { clear: false, agreed },
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
                writer_back,
                ..
            } => State::Applying {
                intent,
                direction,
                record,
                completed,
                missing,
                writer_back,
                asked: false,
            },
            State::Settled { .. } | State::Verified { accepted: false, .. } => {
                State::Settled { verification: None }
            }
            // `recover` of a held run continues it: verify again, then ask. `forward` orders its hop next.
            State::Held if attached.errand != Errand::Forward => {
                // A search that was left on its way still ends as it was told to.
                self.hold = self.plan.hold && self.seeks();
                State::Settled { verification: None }
            }
            same @ (State::Paused
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. }) => same,
        };
        true
    }

    /// The process that wrote the intents may live: frozen on its last step to the wire, it could send when it wakes.
    /// AWS takes a signed request for five minutes; nothing of it is concluded before.
    fn outlive(&mut self) {
        let extend = |intent: &mut Intent| intent.send_by += SIGNATURE;
        match &mut self.state {
            State::Requested { intent, .. } => extend(intent),
            State::Unresolved { intent, until, .. } => {
                extend(intent);
                *until += SIGNATURE;
            }
            State::Preflight { .. }
            | State::Paused
            | State::Validated { .. }
            | State::Approved { .. }
            | State::Applying { .. }
            | State::Settled { .. }
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => {}
        }
        if let Footing::Unresolved(intent, _) = &mut self.attempt.footing {
            extend(intent);
        }
        self.standing.iter_mut().for_each(extend);
    }

    pub(super) fn end(&mut self, outcome: Outcome) {
        self.ended = Some(outcome);
        self.parting = None;
        self.login = None;
        match (&self.state, outcome) {
            (State::Resumed, Outcome::Completed) | (State::Preflight { .. }, Outcome::Rehearsed) => {
                self.state = State::Closed { outcome };
            }
            (State::Leaving { .. }, Outcome::Unresolved) => self.state = State::Closed { outcome },
            (State::Leaving { why, .. }, _) if *why == outcome => {
                self.state = State::Closed {
                    outcome: self.finished.unwrap_or(outcome),
                };
            }
            (State::Verified { accepted: false, .. } | State::Settled { .. }, Outcome::Held) => {
                self.state = State::Held;
            }
            _ => {}
        }
    }
}
