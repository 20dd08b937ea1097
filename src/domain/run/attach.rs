//! A process takes a run up, and a process is done with it.

use chrono::{DateTime, Utc};

use super::attempt::Footing;
use super::state::{Run, State, Trace};
use crate::domain::event::{Attached, Errand};
use crate::domain::outcome::Outcome;

impl Run {
    pub(super) fn attached(&mut self, attached: &Attached, at: DateTime<Utc>) -> bool {
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

    pub(super) fn end(&mut self, outcome: Outcome) -> bool {
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
}
