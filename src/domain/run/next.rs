//! What to do now, given where the run is and what time it is. Derived, never stored.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::UNVERIFIED;
use super::seek::{Asks, Seek};
use super::state::{Run, State, Trace};
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::Errand;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Question;
use crate::domain::receipt::Receipt;

/// The next thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Carry this out; `Effect::mutates` says whether an intent goes before it.
    Do(Effect),
    /// Put this question.
    Ask(Question),
    /// Do nothing until then.
    Wait {
        /// The deadline.
        until: DateTime<Utc>,
        /// What for.
        what: &'static str,
    },
    /// Record the end of this process.
    End(Outcome, String),
    /// Nothing is left to do.
    Done(Outcome),
}

/// An intent is sent within this time or not at all.
pub const SEND_WITHIN: TimeDelta = TimeDelta::seconds(10);

/// After this time with our record completed, a person is asked about members that are not back.
const MEMBERS_PATIENCE: TimeDelta = TimeDelta::seconds(300);

impl Run {
    /// What to do at `now`, by the service's clock.
    pub fn next(&self, now: DateTime<Utc>) -> Next {
        if let Some(outcome) = self.ended {
            return Next::Done(outcome);
        }
        if let Some((outcome, message)) = &self.parting {
            return Next::End(*outcome, message.clone());
        }
        if let Some(why) = &self.login {
            return Next::Ask(Question::Login { why: why.clone() });
        }
        match &self.state {
            State::Paused if self.present_is_due() => Next::Do(Effect::Probe),
            State::Preflight { clear: false, .. } | State::Paused => Next::Do(Effect::Inspect),
            State::Preflight { .. } if self.plan.mode == Mode::Rehearsal => Next::End(
                Outcome::Rehearsed,
                "a run would go on from here: nothing blocks".to_owned(),
            ),
            State::Preflight { agreed: false, .. } => Next::Ask(Question::Pause),
            // With every item stopped `apply` has moved on already; then this looks again.
            State::Preflight {
                clear: true,
                agreed: true,
            } => Next::Do(self.next_pause().unwrap_or(Effect::Inspect)),
            State::Validated { receipt } => Next::Ask(Question::Confirm(receipt.clone())),
            State::Approved {
                receipt,
                seen,
                good_until,
                not_before,
                ..
            } => {
                let seen = seen
                    .as_ref()
                    .filter(|_| good_until.is_some_and(|until| now <= until));
                self.next_approved(receipt, seen, *not_before, now)
            }
            // The engine sends right after the intent; whoever else comes here must not send.
            State::Requested { .. } => Next::Do(Effect::Reconcile),
            State::Unresolved { trace, .. } => self.next_unresolved(trace, now),
            State::Applying {
                record,
                completed,
                missing,
                writer_back,
                asked,
                ..
            } => {
                let waivable = if *writer_back && !asked {
                    missing.as_slice()
                } else {
                    &[]
                };
                self.next_applying(&record.id, *completed, waivable, now)
            }
            State::Settled { verification: None } if self.seeks() => Next::Do(Effect::Probe),
            State::Settled { verification: None } => Next::Do(Effect::Verify),
            State::Settled {
                verification: Some(_),
            } if !self.may_override() => {
                let (outcome, message) = self.unverified_end();
                Next::End(outcome, message)
            }
            State::Settled {
                verification: Some(verification),
            } => Next::Ask(Question::Unverified(verification.clone())),
            State::Verified {
                verification,
                accepted: false,
            } => {
                if self.hold {
                    let message = "held: rewound and verified, the application stays paused".to_owned();
                    return Next::End(Outcome::Held, message);
                }
                Next::Ask(Question::Accept(verification.clone()))
            }
            State::Verified { accepted: true, .. } => self.next_resume().map_or_else(
                || {
                    Next::End(
                        Outcome::ResumeIncomplete,
                        "the data is right, the application is not open".to_owned(),
                    )
                },
                Next::Do,
            ),
            State::Held => Next::End(Outcome::Held, "held: the application stays paused".to_owned()),
            State::Failed { .. } if !self.may_override() || (self.resent && !self.attended) => Next::End(
                Outcome::Failed,
                "AWS reports that the backtrack failed".to_owned(),
            ),
            State::Failed { .. } => Next::Ask(Question::AfterFailure),
            State::Resumed => Next::End(Outcome::Completed, self.reopened_how()),
            State::Leaving { why, message } => self.next_leaving(*why, message),
            State::Closed { outcome } => Next::End(*outcome, "this run is finished".to_owned()),
        }
    }

    /// Everything that was paused is opened again, then the process ends.
    fn next_leaving(&self, why: Outcome, message: &str) -> Next {
        if let Some(step) = self.next_resume() {
            return Next::Do(step);
        }
        let outcome = if self.still_paused().is_empty() {
            why
        } else {
            Outcome::ResumeIncomplete
        };
        Next::End(outcome, message.to_owned())
    }

    fn next_approved(
        &self,
        receipt: &Receipt,
        seen: Option<&Vec<String>>,
        not_before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Next {
        if let Some(until) = not_before.filter(|until| *until > now) {
            return Next::Wait {
                until,
                what: "AWS refused for its rate limit; nothing was accepted",
            };
        }
        let Some(seen) = seen else {
            return Next::Do(Effect::Inspect);
        };
        Next::Do(Effect::Send(Intent {
            hop: receipt.hop,
            cluster: receipt.identity.cluster.clone(),
            to: receipt.target.instant(),
            force: self.plan.force,
            intended_at: now,
            send_by: now + SEND_WITHIN,
            seen: seen.clone(),
        }))
    }

    fn next_unresolved(&self, trace: &Trace, now: DateTime<Utc>) -> Next {
        match trace {
            Trace::NotAsked | Trace::Nothing if self.out_of_patience(now) => {
                Next::End(Outcome::Unresolved, self.trace_message())
            }
            Trace::NotAsked | Trace::Nothing => Next::Do(Effect::Reconcile),
            Trace::NothingAtAll if self.may_resend() => Next::Ask(Question::NoTrace),
            Trace::Strange { what, records } if self.attended && self.recovers() => {
                Next::Ask(Question::Strange {
                    what: what.clone(),
                    records: records.clone(),
                })
            }
            Trace::NothingAtAll | Trace::Strange { .. } => {
                Next::End(Outcome::Unresolved, self.trace_message())
            }
        }
    }

    /// This process was started to deal with what an earlier one left.
    fn recovers(&self) -> bool {
        matches!(self.errand, Some(Errand::Recover | Errand::Resend))
    }

    /// What a completed run says of its end: what was overridden is no verification.
    fn reopened_how(&self) -> String {
        let accepted = self.overrides.iter().rev().find(|it| it.starts_with(UNVERIFIED));
        match accepted {
            None if self.asks() == Asks::Nothing => self.returned(),
            None => "verified, and the application is open again".to_owned(),
            Some(accepted) => format!("{accepted}; the application is open again"),
        }
    }

    /// A search that ends where it set out from.
    fn returned(&self) -> String {
        let back = "back where the search set out from, and the application is open again";
        match self.seek().and_then(Seek::stopped) {
            None => back.to_owned(),
            Some(why) => format!("{back}; the search stopped: {why}"),
        }
    }

    /// A reason that was given before there was anything to override is none.
    fn may_override(&self) -> bool {
        self.attended || (self.recovers() && self.knew)
    }

    /// Without a person `--resend` counts for one request: its loss is not answered by one more.
    fn may_resend(&self) -> bool {
        if self.attended {
            self.recovers()
        } else {
            self.errand == Some(Errand::Resend) && !self.resent
        }
    }

    fn next_applying(
        &self,
        id: &str,
        completed: Option<DateTime<Utc>>,
        waivable: &[String],
        now: DateTime<Utc>,
    ) -> Next {
        if self.out_of_patience(now) {
            let message = if self.blind {
                "not known: AWS gave no answer, and when it last did it was at work; nobody is here to wait"
            } else {
                "AWS is still at work; nobody is here to wait"
            };
            return Next::End(Outcome::Detached, message.to_owned());
        }
        match completed {
            None => Next::Do(Effect::Watch { id: id.to_owned() }),
            Some(since) if self.attended && !waivable.is_empty() && now > since + MEMBERS_PATIENCE => {
                Next::Ask(Question::Members {
                    missing: waivable.to_vec(),
                })
            }
            Some(_) => Next::Do(Effect::Glance),
        }
    }

    /// An unattended run does not wait for ever without anything new; a person may.
    fn out_of_patience(&self, now: DateTime<Utc>) -> bool {
        !self.attended && now > self.since + TimeDelta::seconds(self.plan.runbook.policy.patience_s)
    }
}
