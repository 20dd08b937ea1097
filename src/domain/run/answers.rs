//! What the operator's answers do.

use super::attempt::{Attempt, Footing, Goal};
use super::state::{Run, State, Trace};
use crate::domain::event::Errand;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;
use crate::domain::time_text::TimeText;

impl Run {
    pub(super) fn answered(&mut self, answer: &Answer) -> bool {
        if let Some(why) = self.login.take() {
            if *answer != Answer::Agreed {
                self.parting = Some((Outcome::Detached, format!("waiting for a new login: {why}")));
            }
            return true;
        }
        match self.state.clone() {
            State::Preflight {
                clear: true,
                agreed: false,
            } => self.pause_answered(answer),
            State::Validated { receipt } => match answer {
                Answer::Confirmed { typed } if *typed == receipt.phrase() => {
                    self.state = State::Approved {
                        receipt,
                        seen: None,
                        throttled: 0,
                        not_before: None,
                    };
                    true
                }
                other => self.said_no(other, "the backtrack was not confirmed"),
            },
            State::Applying { .. } => self.members_answered(answer),
            State::Settled {
                verification: Some(verification),
            } => match answer {
                Answer::Accepted { reason: Some(reason) } => {
                    self.overrides
                        .push(format!("accepted although verification failed: {reason}"));
                    self.state = State::Verified {
                        verification,
                        accepted: true,
                    };
                    self.inventory_changed();
                    true
                }
                Answer::Again => {
                    self.state = State::Settled { verification: None };
                    true
                }
                other => self.move_or_stay(other, Outcome::VerificationFailed, "the data is not as expected"),
            },
            State::Verified {
                verification,
                accepted: false,
            } => match answer {
                Answer::Accepted { .. } => {
                    self.state = State::Verified {
                        verification,
                        accepted: true,
                    };
                    self.inventory_changed();
                    true
                }
                Answer::Again => {
                    self.state = State::Settled { verification: None };
                    true
                }
                other => self.move_or_stay(other, Outcome::Held, "held: the application stays paused"),
            },
            State::Failed { record } => match answer {
                Answer::Resend => {
                    let goal = self
                        .attempt
                        .instant
                        .map_or(self.attempt.goal.clone(), Goal::Instant);
                    self.begin(goal, Footing::Failed(record), self.attempt.reason.clone());
                    true
                }
                Answer::GiveUp { reason } => self.give_up(reason),
                other => self.move_or_stay(other, Outcome::Failed, "AWS reports that the backtrack failed"),
            },
            State::Unresolved {
                intent,
                direction,
                trace: Trace::NothingAtAll,
                ..
            } => match answer {
                Answer::Resend => {
                    self.standing.push(intent.clone());
                    let goal = Goal::Instant(intent.to);
                    self.begin(
                        goal,
                        Footing::Unresolved(intent, direction),
                        self.attempt.reason.clone(),
                    );
                    true
                }
                Answer::GiveUp { reason } => self.give_up(reason),
                _ => {
                    self.parting = Some((Outcome::Unresolved, self.trace_message()));
                    true
                }
            },
            State::Preflight { .. }
            | State::Paused
            | State::Approved { .. }
            | State::Requested { .. }
            | State::Unresolved { .. }
            | State::Settled { verification: None }
            | State::Verified { accepted: true, .. }
            | State::Held
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => false,
        }
    }

    fn pause_answered(&mut self, answer: &Answer) -> bool {
        if *answer == Answer::Agreed {
            self.state = State::Preflight {
                clear: true,
                agreed: true,
            };
            self.inventory_changed();
            return true;
        }
        self.said_no(answer, "the pause was not agreed to")
    }

    fn said_no(&mut self, answer: &Answer, what: &str) -> bool {
        if *answer == Answer::Nobody {
            let message = format!("{what}: there is nobody to ask, and no `--yes` that names this cluster");
            self.abandon(Outcome::Refused, message);
        } else {
            self.abandon(Outcome::Declined, what.to_owned());
        }
        true
    }

    fn members_answered(&mut self, answer: &Answer) -> bool {
        let State::Applying { missing, asked, .. } = &mut self.state else {
            return false;
        };
        match answer {
            Answer::Agreed => {
                self.overrides
                    .push(format!("went on without {}", missing.join(", ")));
                self.waived.append(missing);
            }
            Answer::Declined => *asked = true,
            _ => {
                let message = format!("not back yet: {}", missing.join(", "));
                self.parting = Some((Outcome::Detached, message));
            }
        }
        true
    }

    /// Another hop, or this process ends with `outcome` and the application stays paused.
    fn move_or_stay(&mut self, answer: &Answer, outcome: Outcome, message: &str) -> bool {
        match answer {
            Answer::Hop { to, .. } => {
                let footing = match &self.state {
                    State::Failed { record } => Footing::Failed(record.clone()),
                    _ => Footing::Held,
                };
                self.begin(Goal::Instant(*to), footing, self.attempt.reason.clone());
                true
            }
            Answer::Hold | Answer::Nobody | Answer::Declined => {
                self.parting = Some((outcome, message.to_owned()));
                true
            }
            _ => false,
        }
    }

    fn give_up(&mut self, reason: &str) -> bool {
        self.overrides.push(format!("gave the rewind up: {reason}"));
        let message = format!("given up by the operator: {reason}");
        self.state = State::Leaving {
            why: Outcome::Refused,
            message,
        };
        true
    }

    /// A hop from here; the application is paused already.
    fn begin(&mut self, goal: Goal, footing: Footing, reason: Option<String>) {
        let instant = match &goal {
            Goal::Instant(instant) => Some(*instant),
            Goal::Typed(_) | Goal::Origin => None,
        };
        self.attempt = Attempt {
            number: self.attempt.number + 1,
            goal,
            instant,
            footing,
            reason,
        };
        self.state = State::Paused;
    }

    /// `forward` of a held or finished run.
    pub(super) fn hop_ordered(&mut self, goal: Option<&TimeText>, reason: Option<&String>) -> bool {
        if self.errand != Some(Errand::Forward) || self.hops.is_empty() || self.ended.is_some() {
            return false;
        }
        let goal = goal.map_or(Goal::Origin, |text| Goal::Typed(text.clone()));
        match self.state {
            State::Held => {
                self.begin(goal, Footing::Held, reason.cloned());
                // It leaves the application as it found it, unless a person is there to accept.
                self.hold = !self.attended;
                true
            }
            State::Closed { outcome } => {
                self.begin(goal, Footing::Closed(outcome), reason.cloned());
                self.state = State::Preflight {
                    clear: false,
                    agreed: false,
                };
                self.hold = false;
                true
            }
            _ => false,
        }
    }
}
