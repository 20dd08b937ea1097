//! What is told of a search.

use crate::domain::event::Event;
use crate::domain::notice::NoticeKind;
use crate::domain::phase::Phase;
use crate::domain::run::Run;
use crate::domain::search::{Answered, Cost, Trial, Verdict};
use crate::engine::drive::Engine;

impl Engine<'_> {
    /// What it rests on and what it costs, before it begins or goes on.
    /// `cost` is the receipt's, which knows the present.
    pub(super) fn narrate_outlook(&self, cost: Option<&Cost>) {
        if let Some(mut outlook) = self.run.outlook(self.world.estimate_s) {
            if let Some(cost) = cost {
                outlook.cost = cost.clone();
            }
            self.tell(NoticeKind::Search(outlook));
        }
    }

    pub(super) fn narrate_trial(&self, before: &Run, trial: &Trial) {
        let Some(seek) = self.run.seek() else { return };
        let (verdict, how) = trial.told();
        self.tell(NoticeKind::Tried(Answered {
            place: before.hops().last().map(|hop| hop.requested),
            verdict,
            how,
            good: seek.hunt().good(),
            bad: seek.hunt().bad(),
            left: seek.hunt().left(),
        }));
        if let Some(stopped) = seek.stopped()
            && verdict != Some(Verdict::Stop)
        {
            self.tell(NoticeKind::Note {
                message: stopped.to_owned(),
            });
        }
        if seek.hunt().next().is_none() {
            self.narrate_finding();
        }
        // It has come to rest where it was asked last: the way back is told here, and no further hop tells it.
        if self.run.phase() == Phase::Settled && !self.run.seeks() {
            self.narrate_undo();
        }
    }

    /// Between what the culprit lies; nothing where no search came to its end.
    pub(super) fn narrate_finding(&self) {
        if let Some(finding) = self.run.finding() {
            self.tell(NoticeKind::Found(finding));
        }
    }

    /// A hop of a search that is covered enters no phase in which its receipt would be told.
    pub(super) fn narrate_hop(&self, before: &Run, event: &Event) {
        let covered = matches!(event, Event::Inspected { .. }) && before.phase() != self.run.phase();
        if let (true, Some(message)) = (covered, self.run.covered_hop(before)) {
            self.tell(NoticeKind::Note { message });
        }
    }
}
