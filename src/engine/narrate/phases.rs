//! What is told where the run enters a phase.

use crate::domain::by_hand::by_hand;
use crate::domain::notice::NoticeKind;
use crate::domain::phase::Phase;
use crate::domain::run::{Run, State};
use crate::domain::target::Direction;
use crate::engine::drive::Engine;
use crate::engine::outcome::Later;

impl Engine<'_> {
    pub(super) fn narrate_phase(&self, before: &Run) {
        let what = if let State::Verified { accepted: true, .. } = self.run.state() {
            // Entered like this where the data was not as expected.
            "accepted all the same, with a reason; opening the application".to_owned()
        } else {
            phase_sentence(self.run.phase()).to_owned()
        };
        let on_its_way = self.run.phase() == Phase::Settled && self.run.seeks();
        let what = if on_its_way {
            "the cluster is back; asking the probe of the search".to_owned()
        } else {
            what
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
        if self.run.phase() == Phase::Settled && !on_its_way {
            self.narrate_undo();
        }
    }

    pub(super) fn narrate_undo(&self) {
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
            at_the_latest: self.window.is_some_and(|window| window.is_filling()),
        });
    }
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
