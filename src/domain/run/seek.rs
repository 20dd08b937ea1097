//! A search under way: one confirmation covers its hops, a verdict decides where the next one goes, and the application stays
//! paused until it has come to its end.

use super::attempt::{Footing, Goal};
use super::state::{Run, State};
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::search::{Cost, Hunt, Over, Said, Then, Trial, Verdict};
use crate::domain::target::wire;
use crate::domain::verification::{Verification, Verified};

/// The name under which a search stands among the results of a verification.
pub const SEARCH: &str = "search";

/// How far a search is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seek {
    /// What is known, and where to look next.
    pub(super) hunt: Hunt,
    /// The probe was asked of the present, before anything moved.
    pub(super) present: bool,
    /// So many more hops does the confirmation cover. It dies with its process.
    pub(super) covered: u32,
    /// Why the probe's answer was none, or contradicts another.
    pub(super) stopped: Option<String>,
    /// Something else than the search chose a hop: from there on the run is like any other.
    pub(super) over: bool,
}

impl Seek {
    pub(super) fn begin(plan: &Plan) -> Option<Self> {
        let hunt = Hunt::begin(plan.search.as_ref()?).ok()?;
        Some(Self {
            hunt,
            present: false,
            covered: 0,
            stopped: None,
            over: false,
        })
    }

    /// What is known so far.
    pub fn hunt(&self) -> &Hunt {
        &self.hunt
    }

    /// Why it stopped without an answer.
    pub fn stopped(&self) -> Option<&str> {
        self.stopped.as_deref()
    }

    /// The run went its own way since.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Where its first hop goes.
    pub(super) fn first(&self) -> Goal {
        let first = self.hunt.next().and_then(|place| self.hunt.at(place));
        Goal::Instant(first.unwrap_or_else(|| self.hunt.good()))
    }
}

/// What is asked of the data once a hop has settled for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The runbook's probes.
    Runbook,
    /// The runbook's probes, and the search's: it must still say good.
    RunbookAndSearch,
    /// Nothing but the gate: the data is what it was before the search.
    Nothing,
}

impl Run {
    /// The search of this run; none where it is none.
    pub fn seek(&self) -> Option<&Seek> {
        self.seek.as_ref()
    }

    /// A search is under way and has not come to rest: what the cluster shows is asked about, and not verified.
    pub fn seeks(&self) -> bool {
        self.seek.as_ref().is_some_and(|seek| !seek.over) && !self.rests()
    }

    /// Where the last hop went is where the search ends.
    fn rests(&self) -> bool {
        let (Some(seek), Some(hop)) = (&self.seek, self.hops.last()) else {
            return false;
        };
        match self.ends() {
            Then::LastGood => seek.hunt.next().is_none() && hop.requested == seek.hunt.good(),
            Then::Origin => Some(hop.requested) == self.origin(),
        }
    }

    /// Where the search ends.
    pub(super) fn ends(&self) -> Then {
        self.plan
            .search
            .as_ref()
            .map_or(Then::LastGood, |search| search.then)
    }

    /// What a verification asks of the data.
    pub fn asks(&self) -> Asks {
        match &self.seek {
            Some(seek) if !seek.over => match self.ends() {
                Then::LastGood => Asks::RunbookAndSearch,
                Then::Origin => Asks::Nothing,
            },
            Some(_) | None => Asks::Runbook,
        }
    }

    /// The probe is asked of the present before anything moves: an answer that costs no outage.
    pub fn present_is_due(&self) -> bool {
        let fresh = self.hops.is_empty() && self.attempt.footing == Footing::Fresh;
        let unasked = self.seek.as_ref().is_some_and(|seek| !seek.present && !seek.over);
        fresh && unasked && self.state == State::Paused
    }

    /// What the rest of the search comes to at most, where the hop under way is one of its own.
    pub(super) fn cost(&self) -> Option<Cost> {
        let (seek, search) = (self.seek.as_ref()?, self.plan.search.as_ref()?);
        if seek.over || !self.attempt.sought {
            return None;
        }
        Some(Cost {
            // The last hop goes to where it ends.
            most: seek.hunt.left().saturating_add(1),
            then: search.then,
            good: seek.hunt.good(),
            bad: seek.hunt.bad(),
            among: u64::try_from(seek.hunt.apart()).unwrap_or(u64::MAX),
            suspects: matches!(search.over, Over::Suspects(_)),
            origin: self.origin(),
        })
    }

    /// The search was confirmed: with the hop under way, so many are covered by that, and no more.
    pub(super) fn cover(&mut self, cost: &Cost) {
        if let Some(seek) = &mut self.seek {
            seek.covered = cost.most.saturating_sub(1);
        }
    }

    /// Takes the hop under way off what the confirmation covers; false where it covers none.
    pub(super) fn use_cover(&mut self) -> bool {
        match &mut self.seek {
            Some(seek) if self.attempt.sought && !seek.over && seek.covered > 0 => {
                seek.covered -= 1;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Another process has the run: it confirms anew.
    pub(super) fn uncover(&mut self) {
        if let Some(seek) = &mut self.seek {
            seek.covered = 0;
        }
        self.seek_on();
    }

    /// The probe is asked again where there was no answer.
    pub(super) fn seek_on(&mut self) {
        if let Some(seek) = &mut self.seek {
            seek.stopped = None;
        }
    }

    /// Whoever chooses another hop has left the search.
    pub(super) fn leave_search(&mut self) {
        if let Some(seek) = &mut self.seek {
            seek.over = true;
        }
    }

    /// What the gate and the probe said of what the cluster shows.
    pub(super) fn tried(&mut self, trial: &Trial) -> bool {
        let said = trial.verdict();
        if self.present_is_due() {
            self.present_tried(&said);
            return true;
        }
        if !self.seeks() || self.state != (State::Settled { verification: None }) {
            return false;
        }
        if trial.gate_passed() {
            self.judge_place(trial, &said);
        } else {
            self.state = State::Settled {
                verification: Some(Verification {
                    results: trial.gate.clone(),
                    ..Verification::default()
                }),
            };
        }
        true
    }

    fn present_tried(&mut self, said: &Said) {
        if let Some(seek) = &mut self.seek {
            seek.present = true;
        }
        match said.verdict {
            Verdict::Bad | Verdict::Skip => {}
            Verdict::Good => self.abandon(
                Outcome::Refused,
                format!(
                    "the probe says good of the present ({}), which was said to be bad: there is nothing to search",
                    said.how
                ),
            ),
            Verdict::Stop => self.abandon(
                Outcome::Refused,
                format!("the probe gave no answer about the present: {}", said.how),
            ),
        }
    }

    fn judge_place(&mut self, trial: &Trial, said: &Said) {
        let (Some(seek), Some(hop)) = (&mut self.seek, self.hops.last()) else {
            return;
        };
        let Some(place) = seek.hunt.place(hop.requested) else {
            let why = format!("{} is none of the search's instants", wire(hop.requested));
            self.stop(trial, why);
            return;
        };
        let judged = match said.verdict {
            Verdict::Stop => Err(said.how.clone()),
            Verdict::Good | Verdict::Bad | Verdict::Skip => seek
                .hunt
                .judge(place, said.verdict)
                .map_err(|both| format!("{both}; the probe: {}", said.how)),
        };
        match judged {
            Ok(()) => self.go_on(),
            Err(why) => self.stop(trial, why),
        }
    }

    /// To the next place, or to where the search ends.
    fn go_on(&mut self) {
        let Some(seek) = &self.seek else { return };
        let next = seek.hunt.next().and_then(|place| seek.hunt.at(place));
        let goal = match (next, self.ends()) {
            (Some(at), _) => Goal::Instant(at),
            (None, Then::Origin) => Goal::Origin,
            // It is there already: verified as the end of a run is.
            (None, Then::LastGood) if self.rests() => return,
            (None, Then::LastGood) => Goal::Instant(seek.hunt.good()),
        };
        self.hop_on(goal);
    }

    /// No answer, or two that contradict each other: never taken for bad.
    fn stop(&mut self, trial: &Trial, why: String) {
        let mut results = trial.gate.clone();
        results.push(Verified {
            name: SEARCH.to_owned(),
            passed: false,
            message: why.clone(),
        });
        if let Some(seek) = &mut self.seek {
            seek.stopped = Some(why);
        }
        match self.ends() {
            Then::Origin => self.hop_on(Goal::Origin),
            Then::LastGood => {
                self.state = State::Settled {
                    verification: Some(Verification {
                        results,
                        ..Verification::default()
                    }),
                };
            }
        }
    }

    fn hop_on(&mut self, goal: Goal) {
        let (number, sent) = (self.attempt.number, self.attempt.sent);
        self.begin(goal, Footing::Held, self.attempt.reason.clone());
        if !sent {
            // One that was given up before it was sent leaves its number to the next.
            self.attempt.number = number;
        }
        self.attempt.sought = true;
    }
}
