//! What the operator's answers do. Which question an answer belongs to follows from where the run is.

use chrono::{DateTime, Utc};

use super::attempt::{Attempt, Footing, Goal};
use super::state::{Run, State, Trace};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::effect::Intent;
use crate::domain::event::Errand;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;
use crate::domain::receipt::Receipt;
use crate::domain::time_text::TimeText;
use crate::domain::verification::Verification;

/// How the override of a failed verification begins.
pub(super) const UNVERIFIED: &str = "accepted although verification failed";

impl Run {
    pub(super) fn answered(&mut self, answer: &Answer, at: DateTime<Utc>) -> bool {
        if let Some(why) = self.login.take() {
            if *answer != Answer::Agreed {
                self.not_logged_in(format!("waiting for a new login: {why}"));
            }
            return true;
        }
        match self.state.clone() {
            State::Preflight {
                clear: true,
                agreed: false,
            } => self.pause_answered(answer),
            State::Validated { receipt } => self.confirm_answered(receipt, answer),
            State::Applying { .. } => self.members_answered(answer),
            State::Settled {
                verification: Some(verification),
            } => self.unverified_answered(verification, answer),
            State::Verified {
                verification,
                accepted: false,
            } => self.accept_answered(verification, answer),
            State::Failed { record } => self.failure_answered(record, answer),
            State::Unresolved {
                intent,
                direction,
                trace: Trace::NothingAtAll,
                ..
            } if *answer == Answer::Resend => {
                self.resent = true;
                self.stand(intent.clone());
                let goal = Goal::Instant(intent.to);
                self.begin(
                    goal,
                    Footing::Unresolved(intent, direction),
                    self.attempt.reason.clone(),
                );
                true
            }
            State::Unresolved {
                intent,
                direction,
                trace: Trace::Strange { records, .. },
                ..
            } if matches!(answer, Answer::Ours { .. }) => {
                let Some(record) = records.iter().find(|record| {
                    *answer
                        == Answer::Ours {
                            id: record.id.clone(),
                        }
                }) else {
                    return false;
                };
                self.attested(intent, direction, record, at);
                true
            }
            State::Unresolved {
                intent,
                trace: Trace::NothingAtAll | Trace::Strange { .. },
                ..
            } => self.unresolved_answered(intent, answer),
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

    /// Only the exact phrase of the receipt confirms; everything else is a no.
    fn confirm_answered(&mut self, receipt: Box<Receipt>, answer: &Answer) -> bool {
        if matches!(answer, Answer::Confirmed { typed } if *typed == receipt.phrase()) {
            if let Some(cost) = &receipt.search {
                self.cover(cost);
            }
            self.state = State::Approved {
                receipt,
                seen: None,
                good_until: None,
                throttled: 0,
                not_before: None,
            };
            return true;
        }
        self.said_no(answer, "the backtrack was not confirmed")
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
        if *answer == Answer::Agreed {
            self.overrides
                .push(format!("went on without {}", missing.join(", ")));
            self.waived.append(missing);
        } else if *answer == Answer::Declined {
            *asked = true;
        } else {
            let message = format!("not back yet: {}", missing.join(", "));
            self.parting = Some((Outcome::Detached, message));
        }
        true
    }

    fn unverified_answered(&mut self, verification: Verification, answer: &Answer) -> bool {
        if let Answer::Accepted { reason: Some(reason) } = answer
            && says_something(reason)
        {
            self.overrides.push(format!("{UNVERIFIED}: {reason}"));
            self.state = State::Verified {
                verification,
                accepted: true,
            };
            self.inventory_changed();
            return true;
        }
        if *answer == Answer::Again {
            self.seek_on();
            self.state = State::Settled { verification: None };
            return true;
        }
        let (outcome, message) = self.unverified_end();
        self.move_or_stay(answer, Footing::Held, outcome, &message)
    }

    fn accept_answered(&mut self, verification: Verification, answer: &Answer) -> bool {
        if matches!(answer, Answer::Accepted { .. }) {
            self.state = State::Verified {
                verification,
                accepted: true,
            };
            self.inventory_changed();
            return true;
        }
        if *answer == Answer::Again {
            self.state = State::Settled { verification: None };
            return true;
        }
        self.move_or_stay(
            answer,
            Footing::Held,
            Outcome::Held,
            "held: the application stays paused",
        )
    }

    fn failure_answered(&mut self, record: BacktrackRecord, answer: &Answer) -> bool {
        if *answer == Answer::Resend {
            let goal = self
                .attempt
                .instant
                .map_or(self.attempt.goal.clone(), Goal::Instant);
            self.begin(goal, Footing::Failed(record), self.attempt.reason.clone());
            return true;
        }
        if let Answer::GiveUp { reason } = answer
            && says_something(reason)
        {
            self.give_up(reason);
            return true;
        }
        let message = "AWS reports that the backtrack failed";
        self.move_or_stay(answer, Footing::Failed(record), Outcome::Failed, message)
    }

    /// A request without an answer: it is given up with a reason, or left as it is.
    fn unresolved_answered(&mut self, intent: Intent, answer: &Answer) -> bool {
        if let Answer::GiveUp { reason } = answer {
            if !says_something(reason) {
                return false;
            }
            self.stand(intent);
            self.give_up(reason);
            return true;
        }
        if matches!(answer, Answer::Resend | Answer::Ours { .. }) {
            return false;
        }
        self.parting = Some((Outcome::Unresolved, self.trace_message()));
        true
    }

    /// The run waits for a login and for `recover`; a rehearsal has nothing to wait for.
    fn not_logged_in(&mut self, message: String) {
        if self.plan.mode == Mode::Rehearsal {
            self.leave(Outcome::Refused, message);
        } else if self.may_have_been_asked() {
            self.parting = Some((Outcome::Unresolved, message));
        } else {
            self.parting = Some((Outcome::Detached, message));
        }
    }

    /// True while a request without an answer stands: whoever leaves now leaves that behind.
    fn may_have_been_asked(&self) -> bool {
        matches!(self.state, State::Requested { .. } | State::Unresolved { .. }) || !self.standing.is_empty()
    }

    /// Another hop, or this process ends with `outcome` and the application stays paused.
    fn move_or_stay(&mut self, answer: &Answer, footing: Footing, outcome: Outcome, message: &str) -> bool {
        if let Answer::Hop { to, .. } = answer {
            self.leave_search();
            self.begin(Goal::Instant(*to), footing, self.attempt.reason.clone());
            return true;
        }
        let stays = matches!(answer, Answer::Hold | Answer::Nobody | Answer::Declined);
        if stays {
            self.parting = Some((outcome, message.to_owned()));
        }
        stays
    }

    /// The hop under way is given up, with a reason. An earlier hop that nobody accepted yet is verified and asked about
    /// as ever; otherwise the application is opened on the data as it is.
    fn give_up(&mut self, reason: &str) {
        self.leave_search();
        self.overrides.push(format!("gave the hop up: {reason}"));
        let message = format!("given up by the operator: {reason}");
        if !self.standing.is_empty() {
            // Whether the data was moved stays unknown, and so does what is written from now on.
            self.reopened |= !self.hops.is_empty();
            self.state = State::Leaving {
                why: Outcome::Unresolved,
                message,
            };
        } else if let Some(hop) = self.hops.last().filter(|_| !self.reopened) {
            self.attempt.goal = Goal::Instant(hop.requested);
            self.attempt.instant = Some(hop.requested);
            self.state = State::Settled { verification: None };
        } else {
            if let State::Failed { record } = &self.state {
                self.attempt.footing = Footing::Failed(record.clone());
            }
            self.state = State::Leaving {
                why: Outcome::Refused,
                message,
            };
        }
    }

    /// A hop from here; the application is paused already.
    pub(super) fn begin(&mut self, goal: Goal, footing: Footing, reason: Option<String>) {
        self.attempt = Attempt {
            number: self.attempt.number + 1,
            instant: goal.frozen(),
            goal,
            ordered: self.attempt.ordered,
            footing,
            reason,
            without_copy: self.attempt.without_copy,
            sought: false,
            sent: false,
        };
        self.state = State::Paused;
    }

    /// `forward` of a held or finished run.
    pub(super) fn hop_ordered(
        &mut self,
        goal: Option<&TimeText>,
        reason: Option<&String>,
        at: DateTime<Utc>,
    ) -> bool {
        if self.errand != Some(Errand::Forward) || self.hops.is_empty() || self.ended.is_some() {
            return false;
        }
        let goal = goal.map_or(Goal::Origin, |text| Goal::Typed(text.clone()));
        self.leave_search();
        let stands = matches!(
            self.state,
            State::Held | State::Settled { .. } | State::Verified { accepted: false, .. }
        );
        if stands {
            self.begin(goal, Footing::Held, reason.cloned());
            self.attempt.ordered = at;
            // It leaves the application as it found it, unless a person is there to accept.
            self.hold = !self.attended;
            return true;
        }
        let State::Closed { outcome } = self.state else {
            return false;
        };
        self.begin(goal, Footing::Closed(outcome), reason.cloned());
        self.attempt.ordered = at;
        self.finished = Some(outcome);
        self.state = State::Preflight {
            clear: false,
            agreed: false,
        };
        self.hold = false;
        true
    }
}

/// An override takes a reason, and blanks are none.
fn says_something(reason: &str) -> bool {
    !reason.trim().is_empty()
}
