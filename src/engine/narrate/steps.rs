//! What is told of the runbook's steps: as they are taken, and beforehand in a rehearsal.

use crate::domain::by_hand;
use crate::domain::checks::Judgement;
use crate::domain::effect::Way;
use crate::domain::event::Done;
use crate::domain::notice::{Doer, NoticeKind, PlanStep, Proof, StepResult};
use crate::domain::runbook::Step;
use crate::engine::drive::Engine;

impl Engine<'_> {
    /// What a run would do, in order: for rehearsals.
    pub(super) fn plan_steps(&self, judgement: &Judgement) -> Vec<PlanStep> {
        let plan = self.run.plan();
        let mut steps = Vec::new();
        for item in self.run.to_pause() {
            steps.push(match item.copy() {
                Some(copy) => PlanStep {
                    what: format!("take a {} by {}, and wait for it", item.name, copy.kind.action()),
                    command: None,
                },
                None => PlanStep {
                    what: format!("pause {}", item.name),
                    command: Some(shown(&item.pause)),
                },
            });
        }
        if let Some(receipt) = &judgement.receipt {
            steps.push(PlanStep {
                what: format!("confirm by typing `{}`", receipt.phrase()),
                command: None,
            });
            steps.push(PlanStep {
                what: "call BacktrackDBCluster once, then wait for its record, the cluster and every member"
                    .to_owned(),
                command: Some(by_hand::call(plan, receipt)),
            });
        }
        for probe in &plan.runbook.probes {
            steps.push(PlanStep {
                what: format!("verify {}", probe.name),
                command: None,
            });
        }
        for item in plan.runbook.pause.iter().rev().filter(|item| item.reopens()) {
            steps.push(PlanStep {
                what: format!("resume {}", item.name),
                command: Some(shown(&item.resume)),
            });
        }
        steps
    }

    /// True where the runbook names a check of what the step did.
    pub(super) fn is_checked(&self, item: usize, way: Way) -> bool {
        let described = self.run.plan().runbook.pause.get(item);
        described.is_some_and(|described| match way {
            Way::Pause => described.paused.is_some(),
            Way::Resume => described.resumed.is_some(),
        })
    }

    pub(super) fn narrate_step(&self, item: usize, way: Way, result: Option<StepResult>) {
        let Some(described) = self.run.plan().runbook.pause.get(item) else {
            return;
        };
        let step = match way {
            Way::Pause => &described.pause,
            Way::Resume => &described.resume,
        };
        let by = match step {
            Step::Command(_) | Step::Drain => Doer::Command,
            Step::Manual { .. } => Doer::Person,
            Step::Copy(_) => Doer::Aws,
            // Nothing happens, and nothing is told of it.
            Step::Nothing => return,
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
        Step::Copy(copy) => copy.kind.action().to_owned(),
        Step::Drain => {
            "CALL mysql.rds_kill(ID) for each session that is not ours, AWS's own or kept; KILL ID where there is no such \
             procedure"
                .to_owned()
        }
        Step::Nothing => "nothing".to_owned(),
    }
}

pub(super) fn result(done: &Done, proof: Proof) -> StepResult {
    let (well, how) = match done {
        Done::Well { how } => (true, how.clone()),
        Done::Badly { how } | Done::Unbegun { how } => (false, how.clone()),
        Done::Nobody => (false, "it needs a person".to_owned()),
    };
    StepResult { well, proof, how }
}
