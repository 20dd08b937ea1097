//! One stream of notices, told from the events. What is told changes nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::drive::Engine;
use super::outcome::{Later, outcome_notice};
use super::waiting::BACKTRACK;
use crate::domain::aws_cli::{AwsCli, word};
use crate::domain::by_hand::by_hand;
use crate::domain::checks::Judgement;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Event, ReadFailure};
use crate::domain::finding::{Finding, Severity};
use crate::domain::inspection::Inspection;
use crate::domain::mode::Mode;
use crate::domain::notice::{Doer, Notice, NoticeKind, PlanStep, Proof, SCHEMA, StepResult};
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::Question;
use crate::domain::run::{Next, Run, State};
use crate::domain::runbook::Step;
use crate::domain::target::{Direction, Window, floor_second, wire};
use crate::domain::time_text::{Bearings, Echo};
use crate::ports::Look;

/// What each rule weighed at the last look.
pub(super) type Weights = BTreeMap<String, Severity>;

impl Engine<'_> {
    pub(super) fn tell(&self, kind: NoticeKind) {
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

    pub(super) fn narrate_opening(&mut self) {
        let plan = self.run.plan();
        self.tell(NoticeKind::Opened {
            cluster: plan.cluster.clone(),
            typed: self.run.typed(),
            journal: self.world.surroundings.journal.clone(),
            again: self.run.is_taken_up(),
        });
        self.narrate_acquaintance();
    }

    pub(super) fn narrate_outcome(&self, outcome: Outcome, message: &str) {
        let done = self.run.plan().runbook.wording.done.clone();
        if let (Outcome::Completed, Some(message)) = (outcome, done) {
            self.tell(NoticeKind::Note { message });
        }
        let mut notice = outcome_notice(&self.run, outcome, message, &self.world.later);
        if let (Outcome::Refused | Outcome::Detached, Some(advice)) = (outcome, &self.advice) {
            notice.next.insert(0, advice.clone());
        }
        self.tell(NoticeKind::Outcome(notice));
    }

    pub(super) fn narrate_question(&self, question: &Question) {
        self.tell(NoticeKind::Asked(question.clone()));
    }

    pub(super) fn narrate_waiting(&self, what: &str, since: DateTime<Utc>) {
        // Recorded runs tell how long AWS takes for a backtrack, and for nothing else.
        let estimate_s = self.world.estimate_s.filter(|_| what == BACKTRACK);
        self.tell(NoticeKind::Waiting {
            what: what.to_owned(),
            since,
            estimate_s,
        });
    }

    pub(super) fn narrate_unknown(&self, failure: &ReadFailure) {
        self.tell(NoticeKind::Unknown(failure.clone()));
    }

    /// Tells of an event that was just applied.
    pub(super) fn narrate(&mut self, before: &Run, event: &Event) {
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
                | Effect::Verify,
            )
            | Event::Opened(_)
            | Event::Attached(_)
            | Event::Watched { record: None }
            | Event::Glanced { .. }
            | Event::Reconciled { .. }
            | Event::HopOrdered { .. }
            | Event::Ended { .. } => {}
        }
        self.narrate_adoption(before, event);
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

    /// What was read of the cluster before the run is taken up: until when it can be moved is known from then on.
    pub fn acquaint(&mut self, look: &Look) {
        let now = self.world.clock.service();
        self.window = look.cluster.earliest.map(|earliest| Window {
            earliest,
            latest: floor_second(self.run.origin().map_or(now, |origin| origin.min(now))),
            observed: now,
        });
        self.acquainted = Some(look.identity.clone());
    }

    /// Who the cluster is and what can be reached; where the run looks by itself next, that look tells it.
    fn narrate_acquaintance(&mut self) {
        let Some(identity) = self.acquainted.take() else {
            return;
        };
        if self.run.next(self.world.clock.service()) == Next::Do(Effect::Inspect) {
            return;
        }
        self.tell(NoticeKind::Identity(identity));
        if let Some(window) = self.window {
            self.tell(NoticeKind::Reach { window });
        }
    }

    fn narrate_signal(&self, signal: &str) {
        let message = if matches!(self.run.state(), State::Leaving { .. }) {
            format!("{signal}: putting back what was paused")
        } else {
            format!("{signal} noted")
        };
        self.tell(NoticeKind::Note { message });
    }

    fn narrate_phase(&self, before: &Run) {
        let what = if let State::Verified { accepted: true, .. } = self.run.state() {
            // Entered like this where the data was not as expected.
            "accepted all the same, with a reason; opening the application".to_owned()
        } else {
            phase_sentence(self.run.phase()).to_owned()
        };
        let by_hand = match (before.phase(), self.run.phase()) {
            // The command that changes the cluster is told once it was confirmed, and not before.
            (_, Phase::Validated) => None,
            (Phase::Validated, Phase::Approved) => by_hand(before),
            (_, _) => by_hand(&self.run),
        };
        self.tell(NoticeKind::Entered { what, by_hand });
        if let State::Validated { receipt } = self.run.state() {
            self.tell(NoticeKind::Receipt((**receipt).clone()));
        }
        if self.run.phase() == Phase::Settled {
            self.narrate_undo();
        }
    }

    fn narrate_undo(&self) {
        let (Some(hop), Some(ceiling)) = (self.run.hops().last(), self.run.origin()) else {
            return;
        };
        if hop.direction == Direction::Forward && hop.requested >= ceiling {
            return;
        }
        let command = match &self.world.later {
            Later::Continue(options) => Some(format!(
                "backtrackctl forward {}{options} --to origin",
                self.run.plan().run
            )),
            Later::Read(_) => None,
        };
        self.tell(NoticeKind::Undo {
            command,
            ceiling,
            until: self.window.map(|window| window.falls_out(ceiling)),
        });
    }

    /// The first look is told in full, a later one by what it found otherwise.
    fn narrate_inspection(&mut self, before: &Run, inspection: &Inspection, judgement: &Judgement) {
        let weights: Weights = judgement
            .findings
            .iter()
            .map(|finding| (finding.rule.clone(), finding.severity))
            .collect();
        self.window = judgement
            .receipt
            .as_ref()
            .map(|receipt| receipt.target.window())
            .or(self.window);
        let first = before.phase() == Phase::Preflight || self.weights.is_empty();
        if first {
            self.narrate_first_look(inspection, judgement);
        } else {
            // A rule that did not apply before is news only where it does not pass.
            let changed = |finding: &&Finding| {
                let before = self.weights.get(&finding.rule).copied();
                before.unwrap_or(Severity::Pass) != finding.severity
            };
            let changes: Vec<&Finding> = judgement.findings.iter().filter(changed).collect();
            let count = judgement.findings.len();
            let message = match changes.len() {
                0 => format!("looked again at {count} points: all as before"),
                more => format!("looked again at {count} points: {more} not as before"),
            };
            self.tell(NoticeKind::Note { message });
            for finding in changes {
                self.tell(NoticeKind::Finding(finding.clone()));
            }
        }
        self.weights = weights;
    }

    fn narrate_first_look(&self, inspection: &Inspection, judgement: &Judgement) {
        self.tell(NoticeKind::Identity(inspection.identity.clone()));
        if let Some(receipt) = &judgement.receipt {
            let (window, target) = (receipt.target.window(), receipt.target.instant());
            let bearings = Bearings {
                earliest: Some(floor_second(window.earliest)),
                ..Bearings::new(inspection.service_now, inspection.skew())
            };
            self.tell(NoticeKind::Window {
                window,
                target,
                present: receipt.present,
                echo: Echo::new(target, &bearings, self.world.zone),
                direction: receipt.target.direction(),
            });
        }
        for note in judgement.requested.iter().flat_map(|requested| &requested.notes) {
            self.tell(NoticeKind::Note {
                message: note.clone(),
            });
        }
        for finding in &judgement.findings {
            self.tell(NoticeKind::Finding(finding.clone()));
        }
        if self.run.plan().mode == Mode::Rehearsal {
            if let Some(receipt) = &judgement.receipt {
                self.tell(NoticeKind::Receipt(receipt.clone()));
            }
            self.tell(NoticeKind::Plan {
                steps: self.plan_steps(judgement),
            });
        }
    }

    /// What a run would do, in order: for rehearsals.
    fn plan_steps(&self, judgement: &Judgement) -> Vec<PlanStep> {
        let plan = self.run.plan();
        let mut steps = Vec::new();
        for item in &plan.runbook.pause {
            steps.push(PlanStep {
                what: format!("pause {}", item.name),
                command: Some(shown(&item.pause)),
            });
        }
        if let Some(receipt) = &judgement.receipt {
            let (cluster, to) = (word(&receipt.identity.cluster), wire(receipt.target.instant()));
            let force = if plan.force { " --force" } else { "" };
            let call =
                format!("backtrack-db-cluster --db-cluster-identifier {cluster} --backtrack-to {to}{force}");
            steps.push(PlanStep {
                what: format!("confirm by typing `{}`", receipt.phrase()),
                command: None,
            });
            steps.push(PlanStep {
                what: "call BacktrackDBCluster once, then wait for its record, the cluster and every member"
                    .to_owned(),
                command: Some(AwsCli::new(&plan.access, Some(&receipt.identity)).rds(&call)),
            });
        }
        for probe in &plan.runbook.probes {
            steps.push(PlanStep {
                what: format!("verify {}", probe.name),
                command: None,
            });
        }
        for item in plan.runbook.pause.iter().rev() {
            steps.push(PlanStep {
                what: format!("resume {}", item.name),
                command: Some(shown(&item.resume)),
            });
        }
        steps
    }

    /// True where the runbook names a check of what the step did.
    fn is_checked(&self, item: usize, way: Way) -> bool {
        let described = self.run.plan().runbook.pause.get(item);
        described.is_some_and(|described| match way {
            Way::Pause => described.paused.is_some(),
            Way::Resume => described.resumed.is_some(),
        })
    }

    fn narrate_step(&self, item: usize, way: Way, result: Option<StepResult>) {
        let Some(described) = self.run.plan().runbook.pause.get(item) else {
            return;
        };
        let step = match way {
            Way::Pause => &described.pause,
            Way::Resume => &described.resume,
        };
        let by = match step {
            Step::Command(_) => Doer::Command,
            Step::Manual { .. } => Doer::Person,
        };
        self.tell(NoticeKind::Step {
            item: described.name.clone(),
            way,
            how: shown(step),
            by,
            result,
        });
    }
}

fn shown(step: &Step) -> String {
    match step {
        Step::Command(command) => command.argv.join(" "),
        Step::Manual { instruction } => instruction.clone(),
    }
}

fn result(done: &Done, proof: Proof) -> StepResult {
    let (well, how) = match done {
        Done::Well { how } => (true, how.clone()),
        Done::Badly { how } => (false, how.clone()),
        Done::Nobody => (false, "it needs a person".to_owned()),
    };
    StepResult { well, proof, how }
}

/// What a phase is for, in a sentence.
fn phase_sentence(phase: Phase) -> &'static str {
    match phase {
        Phase::Preflight => "reading everything, changing nothing",
        Phase::Paused => "the application is stopped; validating the target once more",
        Phase::Validated => "the target is proven; nothing has been sent",
        Phase::Approved => "confirmed; one last look before the call",
        Phase::Requested => "the intent is durable; calling BacktrackDBCluster once",
        Phase::Unresolved => "no clear answer came: asking AWS what became of the request, sending nothing",
        Phase::Applying => "AWS is at work; waiting for our own record, then the cluster and every member",
        Phase::Settled => "the cluster is back; verifying the data",
        Phase::Verified => "the data is as expected; the application is still paused",
        Phase::Held => "held: the application stays paused",
        Phase::Failed => "AWS gave the backtrack up; the application stays paused",
        Phase::Resumed => "every item of the application is open again",
        Phase::Closed => "done",
        Phase::Refused => "refused: nothing was sent; opening what was paused",
        Phase::Declined => "declined: nothing was sent; opening what was paused",
        Phase::Interrupted => "interrupted: nothing was sent; opening what was paused",
        Phase::Detached => "no process attends to the run now",
    }
}
