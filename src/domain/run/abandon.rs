//! Giving a hop up before it was requested: what was paused is opened again, unless a request of this run may stand.

use super::attempt::{Footing, Goal};
use super::state::{Run, State, Trace};
use crate::domain::outcome::Outcome;

impl Run {
    /// Ends the hop under way with `why` (`Refused`, `Declined` or `Interrupted`).
    pub(super) fn abandon(&mut self, why: Outcome, message: String) {
        match self.attempt.footing.clone() {
            Footing::Fresh | Footing::Closed(_) => {
                self.parting = None;
                self.state = State::Leaving { why, message };
            }
            Footing::Held => {
                // Only `forward` finds the data as it leaves it; whoever chose the hop at a prompt rewound before.
                let outcome = match self.attempt.goal {
                    Goal::Typed(_) | Goal::Origin if !self.attempt.sought => why,
                    Goal::Typed(_) | Goal::Origin | Goal::Instant(_) => Outcome::Held,
                };
                self.state = State::Held;
                self.parting = Some((outcome, message));
            }
            Footing::Unresolved(intent, direction) => {
                let until = intent.send_by;
                self.state = State::Unresolved {
                    intent,
                    until,
                    trace: Trace::NotAsked,
                    direction,
                };
                self.parting = Some((Outcome::Unresolved, message));
            }
            Footing::Failed(record) => {
                self.state = State::Failed { record };
                self.parting = Some((Outcome::Failed, message));
            }
        }
    }

    /// Ctrl-C, SIGTERM, SIGHUP: before the request puts back what was paused; after it, detaches.
    ///
    /// One that comes while it is being put back does not cut that short: a lost connection sends two hangups, and
    /// each step ends at its own timeout.
    pub(super) fn interrupted(&mut self, signal: &str) {
        self.leave(Outcome::Interrupted, format!("interrupted by {signal}"));
        self.login = None;
    }

    /// This process goes: before the request with `why`, after it with what is known by then.
    pub(super) fn leave(&mut self, why: Outcome, message: String) {
        match &self.state {
            State::Preflight { .. } | State::Paused | State::Validated { .. } | State::Approved { .. } => {
                self.abandon(why, message);
            }
            State::Applying { .. } | State::Settled { .. } | State::Verified { accepted: false, .. } => {
                self.parting = Some((Outcome::Detached, message));
            }
            State::Requested { .. } | State::Unresolved { .. } => {
                self.parting = Some((Outcome::Unresolved, message));
            }
            State::Verified { accepted: true, .. } if !self.still_paused().is_empty() => {
                self.parting = Some((Outcome::ResumeIncomplete, message));
            }
            State::Held => self.parting = Some((Outcome::Held, message)),
            State::Failed { .. } => self.parting = Some((Outcome::Failed, message)),
            State::Verified { .. } | State::Leaving { .. } | State::Resumed | State::Closed { .. } => {}
        }
    }
}
