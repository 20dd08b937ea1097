//! What is told of each event, of questions, waits and the end.

use chrono::{DateTime, Utc};

use super::steps::result;
use crate::domain::effect::Effect;
use crate::domain::event::{Event, ReadFailure};
use crate::domain::notice::{Notice, NoticeKind, Proof, SCHEMA};
use crate::domain::outcome::Outcome;
use crate::domain::question::Question;
use crate::domain::run::{Run, State};
use crate::engine::drive::Engine;
use crate::engine::outcome::outcome_notice;
use crate::engine::waiting::{BACKTRACK, COPY};

impl Engine<'_> {
    pub(in crate::engine) fn tell(&self, kind: NoticeKind) {
        self.spoke.set(self.world.clock.elapsed());
        let plan = self.run.plan();
        self.world.view.show(&Notice {
            schema: SCHEMA,
            at: self.world.clock.local(),
            run: Some(plan.run.clone()),
            mode: plan.mode,
            phase: self.run.phase(),
            kind,
        });
    }

    pub(in crate::engine) fn narrate_opening(&mut self) {
        let plan = self.run.plan();
        self.tell(NoticeKind::Opened {
            cluster: plan.cluster.clone(),
            typed: self.run.typed(),
            journal: self.world.surroundings.journal.clone(),
            again: self.run.is_taken_up(),
        });
        self.narrate_acquaintance();
    }

    pub(in crate::engine) fn narrate_outcome(&self, outcome: Outcome, message: &str) {
        if let Outcome::Completed | Outcome::Held = outcome {
            self.narrate_finding();
            self.narrate_debts();
        }
        let done = self.run.plan().runbook.wording.done.clone();
        if let (Outcome::Completed, Some(message)) = (outcome, done) {
            self.tell(NoticeKind::Note { message });
        }
        let mut notice = outcome_notice(&self.run, outcome, message, &self.world.later);
        if let Outcome::Refused | Outcome::Detached = outcome {
            notice.next.splice(0..0, self.advice.iter().cloned());
        }
        notice.copy_failed = self.copy_failed && outcome == Outcome::Refused;
        self.tell(NoticeKind::Outcome(notice));
    }

    /// Where the cluster went back, nothing outside it did.
    fn narrate_debts(&self) {
        let debts = self.aftermath.debts();
        if !debts.is_empty() {
            self.tell(NoticeKind::Debts {
                discarded: self.aftermath.discarded(),
                debts,
            });
        }
    }

    pub(in crate::engine) fn narrate_question(&self, question: &Question) {
        self.tell(NoticeKind::Asked(question.clone()));
    }

    pub(in crate::engine) fn narrate_waiting(&self, what: &str, since: DateTime<Utc>) {
        // Recorded runs tell how long AWS takes for a backtrack and for a copy, and for nothing else.
        let estimate_s = if what == BACKTRACK {
            self.world.estimate_s
        } else {
            let usual = self.world.surroundings.copy_usual_s;
            usual.filter(|_| what.starts_with(COPY))
        };
        self.tell(NoticeKind::Waiting {
            what: what.to_owned(),
            since,
            estimate_s,
        });
    }

    pub(in crate::engine) fn narrate_unknown(&self, failure: &ReadFailure) {
        self.tell(NoticeKind::Unknown(failure.clone()));
    }

    /// Tells of an event that was just applied.
    pub(in crate::engine) fn narrate(&mut self, before: &Run, event: &Event) {
        match event {
            Event::Inspected {
                inspection,
                judgement,
            } => self.narrate_inspection(before, inspection, judgement),
            Event::Intended(Effect::Step { item, way }) => self.narrate_step(*item, *way, None),
            Event::Intended(Effect::Send(intent)) => {
                self.tell(NoticeKind::Sending {
                    to: intent.to,
                    send_by: intent.send_by,
                });
            }
            Event::StepDone { item, way, done } => {
                let proof = if self.is_checked(*item, *way) {
                    Proof::Ran
                } else {
                    Proof::Unseen
                };
                self.narrate_step(*item, *way, Some(result(done, proof)));
            }
            Event::Checked { item, way, done } => {
                self.narrate_step(*item, *way, Some(result(done, Proof::Seen)));
            }
            Event::Replied(reply) => self.tell(NoticeKind::Replied(reply.clone())),
            Event::Watched { record: Some(record) } => self.tell(NoticeKind::Record(record.clone())),
            Event::Tried(trial) => self.narrate_trial(before, trial),
            Event::Verified(verification) => self.tell(NoticeKind::Verification(verification.clone())),
            Event::Answered { answer, unattended } => {
                self.tell(NoticeKind::Answered {
                    answer: answer.clone(),
                    unattended: *unattended,
                });
            }
            Event::Interrupted { signal } => self.narrate_signal(signal),
            Event::ReadFailed(failure) if !self.run.is_blind() => {
                self.tell(NoticeKind::Unknown(failure.clone()));
            }
            Event::ReadFailed(_)
            | Event::Intended(
                Effect::Inspect
                | Effect::Check { .. }
                | Effect::Reconcile
                | Effect::Watch { .. }
                | Effect::Glance
                | Effect::Probe
                | Effect::Verify,
            )
            | Event::Opened(_)
            | Event::Attached(_)
            | Event::Watched { record: None }
            | Event::Glanced { .. }
            | Event::Reconciled { .. }
            | Event::HopOrdered { .. }
            | Event::CopyNoted { .. }
            | Event::Ended { .. } => {}
        }
        self.narrate_adoption(before, event);
        self.narrate_hop(before, event);
        if before.phase() != self.run.phase() {
            self.narrate_phase(before);
        }
    }

    /// A backtrack was found that no answer named: the request had arrived after all.
    fn narrate_adoption(&self, before: &Run, event: &Event) {
        let (State::Applying { record, .. }, false) = (
            self.run.state(),
            matches!(before.state(), State::Applying { .. }) || matches!(event, Event::Replied(_)),
        ) else {
            return;
        };
        let how = if matches!(event, Event::Answered { .. }) {
            "attested by the operator"
        } else {
            "found"
        };
        self.tell(NoticeKind::Note {
            message: format!("{how}: AWS accepted the request; adopted as {}", record.id),
        });
        self.tell(NoticeKind::Record(record.clone()));
    }

    fn narrate_signal(&self, signal: &str) {
        let message = if matches!(self.run.state(), State::Leaving { .. }) {
            format!("{signal}: putting back what was paused")
        } else {
            format!("{signal} noted")
        };
        self.tell(NoticeKind::Note { message });
    }
}
