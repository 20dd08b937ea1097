//! What the world remembers of an event: the facts that the promises are held against.

use chrono::{DateTime, Utc};

use super::world::World;
use crate::domain::effect::Effect;
use crate::domain::event::{Event, Reply};
use crate::domain::phase::Phase;
use crate::domain::question::Answer;
use crate::domain::run::Run;

impl World {
    pub fn witness(&mut self, before: &Run, event: &Event, after: &Run, now: DateTime<Utc>) {
        match event {
            Event::Inspected { .. } if after.phase() == Phase::Validated => self.drawn = self.listed(),
            Event::Inspected { .. }
                if (before.phase(), after.phase()) == (Phase::Approved, Phase::Approved) =>
            {
                self.looked = Some(now);
            }
            Event::Intended(Effect::Send(intent)) => self.owed.push(intent.hop),
            Event::Replied(Reply::Rejected { .. } | Reply::NotSent { .. }) => {
                self.owed.pop();
                self.looked = None;
            }
            Event::Replied(Reply::Accepted { .. } | Reply::Ambiguous { .. }) => self.looked = None,
            Event::Answered { answer, .. } => self.witness_answer(answer, after),
            Event::Attached(_) => {
                self.confirmed = None;
                self.looked = None;
                self.resent = false;
            }
            Event::HopOrdered { .. } => self.excused = false,
            Event::Opened(_)
            | Event::Intended(_)
            | Event::Inspected { .. }
            | Event::ReadFailed(_)
            | Event::StepDone { .. }
            | Event::CopyNoted { .. }
            | Event::Checked { .. }
            | Event::Reconciled { .. }
            | Event::Watched { .. }
            | Event::Glanced { .. }
            | Event::Verified(_)
            | Event::Interrupted { .. }
            | Event::Ended { .. } => {}
        }
    }

    fn witness_answer(&mut self, answer: &Answer, after: &Run) {
        match answer {
            Answer::Confirmed { .. } if after.phase() == Phase::Approved => {
                self.confirmed = Some(after.attempt().number);
                self.accepted = 0;
                self.looked = None;
                self.excused = false;
            }
            Answer::Accepted { reason } => {
                self.owed.clear();
                self.excused = reason.is_some();
            }
            Answer::Resend => self.resent = true,
            Answer::GiveUp { .. } => {
                self.owed.clear();
                self.excused = true;
            }
            Answer::Ours { .. }
            | Answer::Confirmed { .. }
            | Answer::Agreed
            | Answer::Declined
            | Answer::Nobody
            | Answer::Hop { .. }
            | Answer::Hold
            | Answer::Again => {}
        }
    }
}
