//! What the world remembers of an event: the facts that the promises are held against.

use chrono::{DateTime, Utc};

use super::world::World;
use crate::domain::effect::Effect;
use crate::domain::event::{Event, Reply};
use crate::domain::phase::Phase;
use crate::domain::question::Answer;
use crate::domain::run::{Run, State};

impl World {
    pub fn witness(&mut self, before: &Run, event: &Event, after: &Run, now: DateTime<Utc>) {
        match event {
            Event::Inspected { .. } if after.phase() == Phase::Validated => self.drawn = self.listed(),
            // The confirmation of a search covers this hop too: it is counted as one of those that were confirmed.
            Event::Inspected { .. }
                if (before.phase(), after.phase()) == (Phase::Paused, Phase::Approved) =>
            {
                self.drawn = self.listed();
                self.looked = None;
                self.begun += 1;
                self.confirmed = self.confirmed.map(|_| after.attempt().number);
            }
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
            Event::Answered { answer, .. } => self.witness_answer(answer, before, after),
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
            | Event::Tried(_)
            | Event::Interrupted { .. }
            | Event::Ended { .. } => {}
        }
    }

    fn witness_answer(&mut self, answer: &Answer, before: &Run, after: &Run) {
        let covers = if let State::Validated { receipt } = before.state() {
            receipt.search.as_ref().map(|cost| cost.most)
        } else {
            None
        };
        let within = before.seek().is_some_and(|seek| seek.covered > 0 && !seek.over);
        match answer {
            Answer::Confirmed { .. } if after.phase() == Phase::Approved => {
                self.confirmed = Some(after.attempt().number);
                // A resend within a search that is still covered is one hop more, confirmed by itself.
                if let (true, None) = (within, &covers) {
                    self.begun += 1;
                    self.covers += 1;
                } else {
                    self.accepted = 0;
                    self.begun = 1;
                    self.covers = covers.unwrap_or(1);
                }
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
