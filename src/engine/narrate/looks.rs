//! What is told of a look at the cluster: in full the first time, what changed later.

use std::collections::BTreeMap;

use crate::domain::checks::Judgement;
use crate::domain::effect::Effect;
use crate::domain::finding::{Finding, Severity};
use crate::domain::inspection::Inspection;
use crate::domain::mode::Mode;
use crate::domain::notice::NoticeKind;
use crate::domain::phase::Phase;
use crate::domain::run::{Next, Run};
use crate::domain::target::{Window, floor_second};
use crate::domain::time_text::{Bearings, Echo};
use crate::engine::drive::Engine;
use crate::ports::Look;

/// What each rule weighed at the last look.
pub(in crate::engine) type Weights = BTreeMap<String, Severity>;

impl Engine<'_> {
    /// What was read of the cluster before the run is taken up: until when it can be moved is known from then on.
    pub fn acquaint(&mut self, look: &Look) {
        let now = self.world.clock.service();
        self.window = Window::of(&look.cluster, self.run.origin(), now);
        self.acquainted = Some(look.identity.clone());
    }

    /// Who the cluster is and what can be reached; where the run looks by itself next, that look tells it.
    pub(super) fn narrate_acquaintance(&mut self) {
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

    /// The first look is told in full, a later one by what it found otherwise.
    pub(super) fn narrate_inspection(
        &mut self,
        before: &Run,
        inspection: &Inspection,
        judgement: &Judgement,
    ) {
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
        let receipt = judgement.receipt.as_ref();
        self.narrate_outlook(receipt.and_then(|receipt| receipt.search.as_ref()));
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
                search: receipt.search.is_some(),
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
}
