//! What is told of a search, and how a process of it ends. Nothing here changes the run.

use super::seek::Seek;
use super::state::{Run, State};
use crate::domain::outcome::Outcome;
use crate::domain::search::{ASSUMES, Finding, Outlook};
use crate::domain::target::wire;

impl Run {
    /// What it rests on and what it comes to at most; none where it is over, or no hop of it is under way.
    pub fn outlook(&self, usual_s: Option<i64>) -> Option<Outlook> {
        Some(Outlook {
            assumes: ASSUMES,
            cost: self.cost()?,
            usual_s,
        })
    }

    /// What was found, where nothing more is asked.
    pub fn finding(&self) -> Option<Finding> {
        let (seek, search) = (self.seek.as_ref()?, self.plan.search.as_ref()?);
        if seek.stopped.is_none() && seek.hunt.next().is_some() {
            return None;
        }
        let (good, bad) = (seek.hunt.good(), seek.hunt.bad());
        Some(Finding {
            decided: seek.hunt.is_decided(),
            good,
            bad,
            suspects: search.between(good, bad).into_iter().cloned().collect(),
            stopped: seek.stopped.clone(),
            then: search.then,
        })
    }

    /// What is said where the confirmation of the search lets a hop go on; `before`: the run before that.
    pub fn covered_hop(&self, before: &Self) -> Option<String> {
        let (State::Paused, State::Approved { receipt, .. }) = (&before.state, &self.state) else {
            return None;
        };
        let left = self.seek.as_ref()?.covered;
        Some(format!(
            "hop {} of the search, {} to {}: covered by its confirmation, as are {left} more",
            receipt.hop,
            receipt.target.direction().as_str(),
            wire(receipt.target.instant())
        ))
    }

    /// How a process ends whose data is not as expected: a search without an answer waits for a person.
    pub(super) fn unverified_end(&self) -> (Outcome, String) {
        match self.seek.as_ref().and_then(Seek::stopped) {
            Some(why) if self.seeks() => (Outcome::Held, format!("the search stopped: {why}")),
            Some(_) | None => (
                Outcome::VerificationFailed,
                "the data is not as expected".to_owned(),
            ),
        }
    }
}
