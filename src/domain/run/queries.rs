//! What others may ask of a run. Nothing here changes it.

use chrono::{DateTime, Utc};

use super::attempt::{Attempt, Footing, Goal};
use super::inventory::ItemState;
use super::state::{Run, SettledHop, State, Trace};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::checks::{Case, Judgement, Stage, judge};
use crate::domain::identity::Identity;
use crate::domain::inspection::Inspection;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::target::{Direction, floor_second};

impl Run {
    /// What it was opened with.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Where it is, with what is known.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The application's items.
    pub fn items(&self) -> &[ItemState] {
        &self.items
    }

    /// The hop that is under way, or was last.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Hops that settled, oldest first.
    pub fn hops(&self) -> &[SettledHop] {
        &self.hops
    }

    /// Who the cluster was found to be.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Reasons given for going on where a gate said no.
    pub fn overrides(&self) -> &[String] {
        &self.overrides
    }

    /// True while reads fail and the world is not known.
    pub fn is_blind(&self) -> bool {
        self.blind
    }

    /// When the process that has the run took it up, or last saw something new: patience counts from then.
    pub fn since(&self) -> DateTime<Utc> {
        self.since
    }

    /// True while AWS shows what may be an unanswered request of this run, or a stranger's.
    pub fn shows_a_trace(&self) -> bool {
        matches!(
            self.state,
            State::Unresolved {
                trace: Trace::Strange { .. },
                ..
            }
        )
    }

    /// True when this process took the run up after another.
    pub fn is_taken_up(&self) -> bool {
        self.errand.is_some()
    }

    /// How the last process ended, if none has the run.
    pub fn ended(&self) -> Option<Outcome> {
        self.ended
    }

    /// The policy's time to look for an unanswered request, and more.
    pub fn policy(&self) -> &crate::domain::runbook::Policy {
        &self.plan.runbook.policy
    }

    /// The name of the phase.
    pub fn phase(&self) -> Phase {
        let finished = matches!(self.state, State::Closed { .. });
        if self.ended == Some(Outcome::Detached) && !finished {
            return Phase::Detached;
        }
        match &self.state {
            State::Preflight { .. } => Phase::Preflight,
            State::Paused => Phase::Paused,
            State::Validated { .. } => Phase::Validated,
            State::Approved { .. } => Phase::Approved,
            State::Requested { .. } => Phase::Requested,
            State::Unresolved { .. }
            | State::Leaving {
                why: Outcome::Unresolved,
                ..
            } => Phase::Unresolved,
            State::Applying { .. } => Phase::Applying,
            State::Settled { .. } => Phase::Settled,
            State::Verified { .. } => Phase::Verified,
            State::Held => Phase::Held,
            State::Failed { .. } => Phase::Failed,
            State::Resumed => Phase::Resumed,
            State::Leaving { why, .. } => side_exit(*why),
            State::Closed { outcome } => side_exit(*outcome),
        }
    }

    /// True when nothing is left to do: a new run may take the cluster.
    pub fn is_finished(&self) -> bool {
        matches!(self.state, State::Closed { .. })
    }

    /// The outcome of a finished run, however often it is asked.
    pub fn closed_with(&self) -> Option<Outcome> {
        if let State::Closed { outcome } = self.state {
            Some(outcome)
        } else {
            None
        }
    }

    /// The ceiling of every way forward: what the first rewind left, rounded down.
    pub fn origin(&self) -> Option<DateTime<Utc>> {
        self.hops.first().and_then(SettledHop::left).map(floor_second)
    }

    /// What the cluster shows, when it is not simply the present: a hop settled and nothing was written since.
    pub fn shows(&self) -> Option<DateTime<Utc>> {
        self.hops.last().filter(|_| !self.reopened).map(SettledHop::shows)
    }

    /// True when the application was opened after a hop: its writes are on no other history.
    pub fn reopened(&self) -> bool {
        self.reopened
    }

    /// The hop that there is to tell of once none is under way: a hop that was given up before it was requested leaves
    /// the one before it.
    fn told(&self) -> Option<&SettledHop> {
        match &self.state {
            State::Preflight { .. }
            | State::Paused
            | State::Validated { .. }
            | State::Approved { .. }
            | State::Requested { .. }
            | State::Unresolved { .. }
            | State::Applying { .. }
            | State::Failed { .. } => None,
            State::Settled { .. }
            | State::Verified { .. }
            | State::Held
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => self.hops.last(),
        }
    }

    /// The record that matters now: of the hop under way as far as it is known, else of the last that settled.
    pub fn record(&self) -> Option<&BacktrackRecord> {
        if let State::Applying { record, .. } | State::Failed { record } = &self.state {
            return Some(record);
        }
        self.told().map(|hop| &hop.record)
    }

    /// The instant asked for, by the hop under way or else the last one.
    pub fn requested(&self) -> Option<DateTime<Utc>> {
        if let State::Requested { intent, .. }
        | State::Unresolved { intent, .. }
        | State::Applying { intent, .. } = &self.state
        {
            return Some(intent.to);
        }
        self.told().map(|hop| hop.requested).or(self.attempt.instant)
    }

    /// Rewind or forward, of the hop under way or else the last one.
    pub fn direction(&self) -> Option<Direction> {
        if let State::Unresolved { direction, .. } | State::Applying { direction, .. } = &self.state {
            return Some(*direction);
        }
        let told = self.told().map(|hop| hop.direction);
        told.or_else(|| self.attempt.instant.map(|to| self.direction_to(to)))
    }

    pub(super) fn direction_to(&self, to: DateTime<Utc>) -> Direction {
        match self.hops.last() {
            Some(hop) if to > hop.shows() => Direction::Forward,
            Some(_) | None => Direction::Rewind,
        }
    }

    /// Whether data was moved: `None` while that is not known.
    pub fn data_touched(&self) -> Option<bool> {
        let under_way = matches!(
            self.state,
            State::Requested { .. } | State::Unresolved { .. } | State::Applying { .. }
        );
        if !self.hops.is_empty() {
            Some(true)
        } else if under_way || self.doubt {
            None
        } else {
            Some(false)
        }
    }

    /// Judges an inspection for where the run is. Pure: the engine records the result beside the facts.
    pub fn judge(&self, inspection: &Inspection) -> Judgement {
        let stage = if self.state == State::Paused {
            Stage::Validation
        } else if matches!(self.state, State::Approved { .. }) {
            Stage::Request
        } else {
            Stage::Preflight
        };
        judge(&Case {
            plan: &self.plan,
            attempt: &self.attempt,
            origin: self.origin(),
            shows: self.shows(),
            last: self.hops.last(),
            reopened: self.reopened,
            known: self.known.as_deref(),
            own: &self.own,
            expected: self.identity.as_ref(),
            stage,
            cost: self.cost(),
            inspection,
        })
    }

    pub(super) fn trace_message(&self) -> String {
        let State::Unresolved { trace, .. } = &self.state else {
            return String::new();
        };
        match trace {
            Trace::Strange { what, .. } => what.clone(),
            Trace::NothingAtAll => {
                "AWS lists no backtrack for the request through the settling time; nothing is sent \
                 again by itself"
                    .to_owned()
            }
            Trace::NotAsked | Trace::Nothing => {
                "it is not known whether AWS accepted the request; nothing of it is listed so far".to_owned()
            }
        }
    }

    /// What the hop under way falls back to.
    pub fn footing(&self) -> &Footing {
        &self.attempt.footing
    }

    /// What was typed as the target of the hop under way.
    pub fn typed(&self) -> String {
        if let (Some(search), true) = (&self.plan.search, self.attempt.sought) {
            return search.typed();
        }
        match &self.attempt.goal {
            Goal::Typed(text) => text.typed().to_owned(),
            Goal::Instant(instant) => crate::domain::target::wire(*instant),
            Goal::Origin => "origin".to_owned(),
        }
    }
}

fn side_exit(why: Outcome) -> Phase {
    match why {
        Outcome::Refused => Phase::Refused,
        Outcome::Declined => Phase::Declined,
        Outcome::Interrupted => Phase::Interrupted,
        Outcome::Completed
        | Outcome::Rehearsed
        | Outcome::Detached
        | Outcome::Held
        | Outcome::Failed
        | Outcome::Unresolved
        | Outcome::VerificationFailed
        | Outcome::ResumeIncomplete
        | Outcome::JournalDamaged => Phase::Closed,
    }
}

impl Run {
    /// The same run with its runbook read again from its file: the journal keeps no value of an environment.
    #[must_use]
    pub fn with_runbook(mut self, runbook: crate::domain::runbook::Runbook) -> Self {
        self.plan.runbook = runbook;
        self
    }
}
