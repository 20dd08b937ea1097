//! The safety copies of a run: what its journal knows to have been begun, so that nothing of it is forgotten.

use super::inventory::ItemState;
use super::state::Run;
use crate::domain::aws_cli::AwsCli;
use crate::domain::event::Done;
use crate::domain::runbook::Step;
use crate::domain::safety_copy::{CopyPlan, LeftBehind, Noted, SafetyCopy, Stands};

impl Run {
    /// Every copy whose step was begun, oldest first; the last is the one of the hop under way, or of the pause that
    /// still holds.
    pub fn copies(&self) -> &[SafetyCopy] {
        &self.copies
    }

    /// What this run leaves behind.
    pub fn left_behind(&self) -> Vec<LeftBehind> {
        let aws = AwsCli::new(&self.plan.access, self.identity.as_ref());
        self.copies
            .iter()
            .filter_map(|copy| copy.left_behind(&aws))
            .collect()
    }

    /// The step of a copy is begun. The number of the attempt and not of the hops that settled: a finished run that is
    /// moved, refused and moved again takes a copy of its own each time, and never one of an earlier content.
    pub(super) fn copy_begun(&mut self, item: usize) {
        let Some(plan) = self.copy_plan(item) else {
            return;
        };
        let hop = self.attempt.number;
        if self.copies.last().is_none_or(|last| last.hop != hop) {
            let source = self.identity.as_ref().map(|identity| &identity.cluster);
            let source = source.unwrap_or(&self.plan.cluster);
            self.copies
                .push(SafetyCopy::of(source, &self.plan.run, hop, plan));
        }
        if let Some(last) = self.copies.last_mut() {
            last.begun += 1;
        }
    }

    /// Something became known of the copy whose step is under way.
    pub(super) fn copy_noted(&mut self, item: usize, noted: &Noted) -> bool {
        let under_way = self.items.get(item) == Some(&ItemState::Pausing) && self.copy_plan(item).is_some();
        let Some(copy) = self.copies.last_mut().filter(|_| under_way) else {
            return false;
        };
        copy.noted = Some(noted.clone());
        true
    }

    /// The step of a copy ended.
    pub(super) fn copy_ended(&mut self, item: usize, done: &Done) {
        if self.copy_plan(item).is_none() {
            return;
        }
        let stands = match done {
            Done::Well { .. } => Stands::Exists,
            Done::Badly { how } => Stands::MayExist {
                why: Some(how.clone()),
            },
            Done::Nobody => Stands::MayExist { why: None },
            Done::Unbegun { .. } => {
                self.copies.pop();
                return;
            }
        };
        if let Some(last) = self.copies.last_mut() {
            last.stands = stands;
        }
    }

    /// What the item's step copies; none where it is another step.
    fn copy_plan(&self, item: usize) -> Option<CopyPlan> {
        match &self.plan.runbook.pause.get(item)?.pause {
            Step::Copy(plan) => Some(plan.clone()),
            Step::Command(_) | Step::Manual { .. } | Step::Drain | Step::Nothing => None,
        }
    }
}
