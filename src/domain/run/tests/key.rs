//! The fingerprint of a node: all that decides what comes next, with instants told only as gone by or to come.

use chrono::{DateTime, Utc};

use super::protocol::Node;
use super::world::{Fate, Pending, World};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::effect::{Effect, Intent, Way};
use crate::domain::event::Errand;
use crate::domain::fixture;
use crate::domain::mode::Mode;
use crate::domain::run::{Attempt, Footing, Goal, ItemState, Run, Seek, State};
use crate::domain::target::Direction;

/// Bytes, equal for nodes that nothing can tell apart.
pub fn key(node: &Node) -> Vec<u8> {
    let mut key = Key {
        bytes: Vec::with_capacity(96),
        now: node.now,
    };
    key.run(&node.run);
    key.world(&node.world, &node.run);
    key.bytes
}

pub struct Key {
    bytes: Vec<u8>,
    pub now: DateTime<Utc>,
}

impl Key {
    pub fn put(&mut self, byte: impl Into<u8>) {
        self.bytes.push(byte.into());
    }

    pub fn number(&mut self, number: u32) {
        self.put(u8::try_from(number).unwrap());
    }

    pub fn length(&mut self, length: usize) {
        self.put(u8::try_from(length).unwrap());
    }

    /// Gone by, or to come.
    pub fn deadline(&mut self, deadline: DateTime<Utc>) {
        self.put(self.now >= deadline);
    }

    pub fn instant(&mut self, instant: Option<DateTime<Utc>>) {
        let known = [fixture::TARGET, fixture::LATER, fixture::BEGIN];
        let place = instant.map(|instant| known.iter().position(|known| *known == instant));
        self.put(match place {
            None => 255,
            Some(place) => u8::try_from(place.unwrap_or(known.len())).unwrap(),
        });
    }

    pub fn ids(&mut self, ids: &[String]) {
        self.put(
            (0..6)
                .filter(|index| ids.contains(&World::id(*index)))
                .map(|index| 1_u8 << index)
                .sum::<u8>(),
        );
    }

    pub fn members(&mut self, ids: &[String]) {
        let has = |id: &str| u8::from(ids.iter().any(|known| known == id));
        self.put(has("writer-1") | has("reader-1") << 1);
    }

    pub fn direction(&mut self, direction: Direction) {
        self.put(direction == Direction::Forward);
    }

    pub fn intent(&mut self, intent: &Intent) {
        self.number(intent.hop);
        self.instant(Some(intent.to));
        self.ids(&intent.seen);
    }

    pub fn record(&mut self, record: &BacktrackRecord) {
        self.ids(std::slice::from_ref(&record.id));
        self.instant(record.to);
        self.put(match record.status {
            BacktrackStatus::Pending => 0,
            BacktrackStatus::Applying => 1,
            BacktrackStatus::Completed => 2,
            BacktrackStatus::Failed => 3,
            BacktrackStatus::Other(_) => 4,
        });
    }

    fn run(&mut self, run: &Run) {
        self.put(run.plan.mode == Mode::Rehearsal);
        self.state(&run.state);
        for item in &run.items {
            self.put(match item {
                ItemState::Open => 0,
                ItemState::Pausing => 1,
                ItemState::Stopped => 2,
                ItemState::Paused => 3,
                ItemState::Resuming => 4,
                ItemState::Opened => 5,
                ItemState::Stuck { .. } => 6,
            });
        }
        self.attempt(run);
        self.length(run.hops.len());
        // Of earlier hops only the first one's origin is used, and that is the same in every story.
        if let Some(hop) = run.hops.last() {
            self.instant(Some(hop.requested));
            self.record(&hop.record);
            self.put(hop.strangers.is_empty());
        }
        self.length(run.standing.len());
        for intent in &run.standing {
            self.intent(intent);
        }
        self.put(run.identity.is_some());
        self.members(&run.required);
        if !opening(run) {
            self.members(&run.waived);
        }
        // `blind` is for screens alone, and is left out.
        self.put(u8::from(run.login.is_some()) | u8::from(run.hold) << 1 | u8::from(run.reopened) << 2);
        if !process_is_immaterial(run) {
            self.process(run);
        }
        if let Some(seek) = run.seek() {
            self.seek(seek, &run.attempt);
        }
        self.put(run.finished.map_or(255, |outcome| outcome as u8));
        self.put(run.parting.as_ref().map_or(255, |(outcome, _)| *outcome as u8));
        self.put(run.ended.map_or(255, |outcome| outcome as u8));
    }

    /// Who has the run, as far as it decides anything.
    fn process(&mut self, run: &Run) {
        let taken_up = match run.errand {
            None | Some(Errand::Forward) => 0,
            Some(Errand::Recover) => 1,
            // A person may send again whether or not it was ordered.
            Some(Errand::Resend) => 1 + u8::from(!run.attended),
        };
        self.put(taken_up | u8::from(run.attended) << 2 | u8::from(run.resent && !run.attended) << 3);
        // A person is waited for without end: only an unattended run has a deadline.
        let patience = chrono::TimeDelta::seconds(run.plan.runbook.policy.patience_s);
        self.put(!run.attended && self.now > run.since + patience);
    }

    /// What a search knows and may do.
    fn seek(&mut self, seek: &Seek, attempt: &Attempt) {
        let (good, bad, asked) = seek.hunt.numbers();
        for number in [good, bad, asked] {
            self.length(number);
        }
        self.number(seek.covered);
        self.put(
            u8::from(seek.present)
                | u8::from(seek.over) << 1
                | u8::from(seek.stopped.is_some()) << 2
                | u8::from(attempt.sought) << 3
                | u8::from(attempt.sent) << 4,
        );
    }

    fn attempt(&mut self, run: &Run) {
        self.number(run.attempt.number);
        if !opening(run) {
            self.instant(run.attempt.instant);
            self.put(run.attempt.reason.is_some());
        }
        if falls_back(run) {
            self.footing(run);
        }
    }

    fn footing(&mut self, run: &Run) {
        self.put(match run.attempt.goal {
            Goal::Typed(_) => 0,
            Goal::Instant(_) => 1,
            Goal::Origin => 2,
        });
        match &run.attempt.footing {
            Footing::Fresh => self.put(0),
            Footing::Held => self.put(1),
            Footing::Closed(outcome) => {
                self.put(2);
                self.put(*outcome as u8);
            }
            Footing::Unresolved(intent, direction) => {
                self.put(3);
                self.intent(intent);
                self.direction(*direction);
            }
            Footing::Failed(record) => {
                self.put(4);
                self.record(record);
            }
        }
    }

    fn world(&mut self, world: &World, run: &Run) {
        self.put(world.bounds.stranger);
        self.put(u8::from(world.stopped[0]) | u8::from(world.stopped[1]) << 1);
        self.length(world.backtracks.len());
        let intents: Vec<&Intent> = intents(run);
        for backtrack in &world.backtracks {
            self.number(backtrack.hop.unwrap_or(0));
            self.instant(Some(backtrack.to));
            let fate = match backtrack.fate {
                Fate::Active => 0,
                Fate::Done => 1,
                Fate::Failed => 2,
            };
            self.put(fate | u8::from(backtrack.listed) << 2 | u8::from(backtrack.echoes) << 3);
            for intent in &intents {
                self.put(backtrack.created >= intent.intended_at);
            }
        }
        match &world.pending {
            None => self.put(0),
            Some(Pending::Order) => self.put(1),
            Some(Pending::Effect(Effect::Step { item, way })) => {
                self.put(2 + u8::from(*way == Way::Pause));
                self.length(*item);
            }
            Some(Pending::Effect(_)) => self.put(4),
        }
        self.put(world.accepted);
        // Of a run that is no search one confirmation covers one hop, always.
        if run.seek().is_some() {
            self.put(world.begun);
            self.put(u8::try_from(world.covers).unwrap());
        }
        self.put(world.excused);
        let asking = matches!(
            run.state,
            State::Validated { .. } | State::Approved { .. } | State::Requested { .. }
        );
        if asking && run.ended.is_none() {
            self.number(world.confirmed.unwrap_or(0));
            self.put(world.looked.is_some());
            self.ids(&run.drawn);
        }
        self.length(world.owed.len());
        for hop in &world.owed {
            self.number(*hop);
        }
    }
}

/// The hop may still be given up without a trace; later its footing is of no account.
fn falls_back(run: &Run) -> bool {
    match run.state {
        State::Preflight { .. }
        | State::Paused
        | State::Validated { .. }
        | State::Approved { .. }
        | State::Requested { .. }
        | State::Leaving { .. } => true,
        State::Unresolved { .. }
        | State::Applying { .. }
        | State::Settled { .. }
        | State::Verified { .. }
        | State::Held
        | State::Failed { .. }
        | State::Resumed
        | State::Closed { .. } => false,
    }
}

/// Nobody has the run, or it only opens the application: whoever comes next brings all that matters.
fn process_is_immaterial(run: &Run) -> bool {
    run.ended.is_some() || run.parting.is_some() || opening(run)
}

/// All that is left is to open the application.
fn opening(run: &Run) -> bool {
    matches!(
        run.state,
        State::Leaving { .. }
            | State::Verified { accepted: true, .. }
            | State::Resumed
            | State::Closed { .. }
    )
}

/// Every intent that the run remembers.
fn intents(run: &Run) -> Vec<&Intent> {
    let mut intents: Vec<&Intent> = run.standing.iter().collect();
    if let State::Requested { intent, .. }
    | State::Unresolved { intent, .. }
    | State::Applying { intent, .. } = &run.state
    {
        intents.push(intent);
    }
    if let Footing::Unresolved(intent, _) = &run.attempt.footing {
        intents.push(intent);
    }
    intents
}
