//! The engine's protocol as a relation: every event that may come next, with the world that it leaves.

use chrono::{DateTime, TimeDelta, Utc};

use super::operator;
use super::world::{Bounds, Pending, World};
use crate::domain::effect::Effect;
use crate::domain::event::{Attached, Errand, Event};
use crate::domain::fixture;
use crate::domain::question::Answer;
use crate::domain::run::{Next, Run, State};

/// Longer than the settling time of the fixture's policy, and than a look is good for.
const A_WHILE: TimeDelta = TimeDelta::minutes(2);

/// Longer than every deadline of that policy and of the machine.
const LONG: TimeDelta = TimeDelta::days(1);

/// Longer than the clock allowance of reconciliation: what comes later is seen to come later.
const MOMENT: TimeDelta = TimeDelta::seconds(6);

/// A run, the truth around it, and the service's time.
#[derive(Clone, Debug)]
pub struct Node {
    pub run: Run,
    pub world: World,
    pub now: DateTime<Utc>,
}

/// What may happen next; without an event, time passes.
#[derive(Clone, Debug)]
pub struct Move {
    pub event: Option<Event>,
    pub after: Node,
}

impl Node {
    pub fn new(plan: crate::domain::plan::Plan, bounds: Bounds) -> Self {
        let now = fixture::BEGIN;
        Self {
            run: Run::open(plan, now),
            world: World::new(bounds),
            now,
        }
    }

    /// Everything that may happen next.
    pub fn moves(&self) -> Vec<Move> {
        match self.world.pending.clone() {
            Some(Pending::Effect(effect)) => {
                let mut moves = self.results(&effect);
                for world in self.fates(&effect) {
                    moves.extend(self.taken_up(&world));
                }
                moves
            }
            Some(Pending::Order) => {
                let mut moves = self.taken_up(&self.world);
                let reason = Some("the rewind went too far".to_owned());
                moves.push(self.after(
                    Event::HopOrdered {
                        goal: None,
                        reason,
                        without_copy: false,
                    },
                    self.settled(),
                ));
                moves
            }
            None => {
                let mut moves = self.taken_up(&self.world);
                if self.run.ended().is_none() {
                    let signal = "SIGINT".to_owned();
                    moves.push(self.after(Event::Interrupted { signal }, self.world.clone()));
                    if has_deadlines(&self.run) {
                        moves.extend([A_WHILE, LONG].map(|by| Move {
                            event: None,
                            after: self.later(by),
                        }));
                    }
                    moves.extend(self.steps());
                }
                moves
            }
        }
    }

    /// What the engine does next.
    fn steps(&self) -> Vec<Move> {
        match self.run.next(self.now) {
            Next::Do(effect) if effect.mutates() => {
                let mut world = self.world.clone();
                world.pending = Some(Pending::Effect(effect.clone()));
                vec![self.after(Event::Intended(effect), world)]
            }
            Next::Do(effect) => self.results(&effect),
            Next::Ask(question) => {
                let answers = operator::answers(&self.run, &question, self.world.bounds);
                answers.into_iter().map(|answer| self.answered(answer)).collect()
            }
            Next::Wait { until, .. } => vec![Move {
                event: None,
                after: self.later(until - self.now),
            }],
            Next::End(outcome, _) => vec![self.after(Event::Ended { outcome }, self.world.clone())],
            Next::Done(_) => Vec::new(),
        }
    }

    fn answered(&self, answer: Answer) -> Move {
        let unattended = !self.run.attended;
        self.after(Event::Answered { answer, unattended }, self.world.clone())
    }

    fn later(&self, by: TimeDelta) -> Self {
        Self {
            now: self.now + by,
            ..self.clone()
        }
    }

    /// Worlds in which a process may have died after an intent.
    fn fates(&self, effect: &Effect) -> Vec<World> {
        let untouched = self.world.clone();
        match effect {
            Effect::Step { item, way } => vec![untouched.clone(), untouched.stepped(*item, *way)],
            Effect::Send(intent) => {
                let mut worlds = vec![untouched.clone()];
                worlds.extend(
                    [true, false]
                        .iter()
                        .filter_map(|echoes| untouched.accept(intent, self.now, *echoes, false)),
                );
                worlds
            }
            Effect::Inspect
            | Effect::Check { .. }
            | Effect::Reconcile
            | Effect::Watch { .. }
            | Effect::Glance
            | Effect::Verify => vec![untouched],
        }
    }

    /// The process is lost or over, and another takes the run up.
    fn taken_up(&self, world: &World) -> Vec<Move> {
        let mut errands = vec![Errand::Recover, Errand::Resend];
        let can_move = matches!(self.run.state(), State::Held | State::Closed { .. });
        if can_move && !self.run.hops().is_empty() && self.run.attempt().number < self.world.bounds.attempts {
            errands.push(Errand::Forward);
        }
        let mut moves = Vec::new();
        for (errand, attended) in errands
            .into_iter()
            .flat_map(|errand| [(errand, true), (errand, false)])
        {
            let mut world = world.clone();
            world.pending = (errand == Errand::Forward).then_some(Pending::Order);
            let by = fixture::person(attended);
            let attached = Attached {
                from: None,
                errand,
                program: "0".to_owned(),
                by,
                attended,
                reason: None,
            };
            moves.push(self.after(Event::Attached(attached), world));
        }
        moves
    }

    /// This world with what was begun now ended.
    pub fn settled(&self) -> World {
        World {
            pending: None,
            ..self.world.clone()
        }
    }

    /// A poll is applied only when it brings something new.
    pub fn news(&self, event: Event, world: World) -> Move {
        if self.run.is_news(&event, self.now) {
            return self.after(event, world);
        }
        Move {
            event: None,
            after: Self {
                world,
                ..self.clone()
            },
        }
    }

    /// The event is applied; the machine must not call it illegal.
    pub fn after(&self, event: Event, mut world: World) -> Move {
        let mut run = self.run.clone();
        if let Err(illegal) = run.apply(&event, self.now) {
            panic!("{illegal}: {event:?} met {:?}", self.run.state());
        }
        world.witness(&self.run, &event, &run, self.now);
        let moment = matches!(event, Event::Intended(Effect::Send(_)))
            || world.backtracks.len() > self.world.backtracks.len();
        let now = if moment { self.now + MOMENT } else { self.now };
        Move {
            event: Some(event),
            after: Self { run, world, now },
        }
    }
}

/// The phases in which the passing of time decides something.
fn has_deadlines(run: &Run) -> bool {
    matches!(
        run.state(),
        State::Approved { .. } | State::Unresolved { .. } | State::Applying { .. }
    )
}
