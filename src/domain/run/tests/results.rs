//! Every result that an effect may have, with the world that it leaves.

use chrono::{DateTime, Utc};

use super::protocol::{Move, Node};
use super::story::{badly, well};
use super::world::World;
use crate::domain::cluster::Member;
use crate::domain::effect::{Effect, Intent, Way};
use crate::domain::event::{Done, Event, ReadFailure, ReadFailureKind, Rejection, Reply};
use crate::domain::fixture;
use crate::domain::run::State;
use crate::domain::search::{Said, Trial, Verdict};
use crate::domain::verification::{Verification, Verified};

impl Node {
    /// What a read may find. A stranger may come once, while the first request of the run is prepared or under way.
    fn reads(&self) -> Vec<World> {
        let prepared = matches!(
            self.run.state(),
            State::Approved { .. } | State::Unresolved { .. } | State::Applying { .. }
        );
        let mut worlds = self.world.reads();
        if prepared {
            worlds.extend(self.world.with_stranger(self.now));
        }
        worlds
    }

    /// Every result that an effect may have.
    pub fn results(&self, effect: &Effect) -> Vec<Move> {
        match effect {
            Effect::Inspect => self.inspections(),
            Effect::Step { item, way } => self.step_results(*item, *way),
            Effect::Check { item, way } => self.check_results(*item, *way),
            Effect::Send(intent) => self.replies(intent),
            Effect::Reconcile => {
                let reconciled = |world: World| {
                    let (records, status) = (world.records(), world.status().to_owned());
                    self.news(
                        Event::Reconciled {
                            records,
                            status,
                            service_now: self.now,
                        },
                        world,
                    )
                };
                let mut moves: Vec<Move> = self.reads().into_iter().map(reconciled).collect();
                moves.extend(self.failures());
                moves
            }
            Effect::Watch { id } => self.watches(id),
            Effect::Glance => self.glances(),
            Effect::Probe => self.trials(),
            Effect::Verify => self.verifications(),
        }
    }

    fn inspections(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut look = |world: World, earliest: DateTime<Utc>| {
            let mut inspection = fixture::inspection(self.now);
            inspection.cluster.earliest = Some(earliest);
            inspection.cluster.status = world.status().to_owned();
            inspection.records = world.records();
            inspection.surroundings.attended = self.run.attended;
            let judgement = Box::new(self.run.judge(&inspection));
            moves.push(self.after(
                Event::Inspected {
                    inspection: Box::new(inspection),
                    judgement,
                },
                world,
            ));
        };
        // The window passed the target.
        look(self.world.clone(), self.now);
        for world in self.reads() {
            look(world, fixture::after(-86_400));
        }
        moves.extend(self.failures());
        moves
    }

    fn step_results(&self, item: usize, way: Way) -> Vec<Move> {
        let (not, done) = (self.settled(), self.settled().stepped(item, way));
        let ended = |done: Done, world: World| self.after(Event::StepDone { item, way, done }, world);
        let mut moves = vec![
            ended(well(), done.clone()),
            ended(badly(), not.clone()),
            ended(badly(), done.clone()),
            ended(Done::Nobody, not.clone()),
        ];
        // A copy is AWS's: credentials may end while it is taken, and with or without it being made.
        if way == Way::Pause {
            moves.extend([not, done].map(|world| self.failed(ReadFailureKind::Credentials, world)));
        }
        moves
    }

    fn check_results(&self, item: usize, way: Way) -> Vec<Move> {
        let seen = |done: Done| self.after(Event::Checked { item, way, done }, self.world.clone());
        let mut moves = vec![seen(badly()), seen(Done::Nobody)];
        if self.world.stopped[item] == (way == Way::Pause) {
            moves.push(seen(well()));
        }
        if way == Way::Pause {
            moves.push(self.failed(ReadFailureKind::Credentials, self.world.clone()));
        }
        moves
    }

    fn replies(&self, intent: &Intent) -> Vec<Move> {
        let untouched = self.settled();
        let rejected = |kind: Rejection| Reply::Rejected {
            code: "Code".to_owned(),
            message: "no".to_owned(),
            request_id: None,
            kind,
        };
        let ambiguous = || Reply::Ambiguous {
            what: "timed out".to_owned(),
            request_id: None,
        };
        let mut replies = vec![
            (rejected(Rejection::Final), untouched.clone()),
            (rejected(Rejection::Throttled), untouched.clone()),
            (rejected(Rejection::Credentials), untouched.clone()),
            (
                Reply::NotSent {
                    why: "too late".to_owned(),
                },
                untouched.clone(),
            ),
            (ambiguous(), untouched.clone()),
        ];
        if let Some(world) = untouched.accept(intent, self.now, true, true) {
            let record = world.record(world.backtracks.len() - 1);
            replies.push((
                Reply::Accepted {
                    record,
                    request_id: None,
                },
                world,
            ));
        }
        for echoes in [true, false] {
            replies.extend(
                untouched
                    .accept(intent, self.now, echoes, false)
                    .map(|world| (ambiguous(), world)),
            );
        }
        replies
            .into_iter()
            .map(|(reply, world)| self.after(Event::Replied(reply), world))
            .collect()
    }

    fn watches(&self, id: &str) -> Vec<Move> {
        let mut moves = self.failures();
        moves.push(self.news(Event::Watched { record: None }, self.world.clone()));
        let index = (0..self.world.backtracks.len()).find(|index| World::id(*index) == id);
        for world in index.map(|index| self.world.advanced(index)).unwrap_or_default() {
            let record = index.map(|index| world.record(index));
            moves.push(self.news(Event::Watched { record }, world));
        }
        moves
    }

    fn glances(&self) -> Vec<Move> {
        let mut moves = self.failures();
        let writer_away = vec![
            fixture::member("writer-1", true, "rebooting"),
            fixture::member("reader-1", false, "available"),
        ];
        let reader_away = vec![
            fixture::member("writer-1", true, "available"),
            fixture::member("reader-1", false, "rebooting"),
        ];
        for world in self.reads() {
            let mut glance = |members: Vec<Member>| {
                let (records, status) = (world.records(), world.status().to_owned());
                moves.push(self.news(
                    Event::Glanced {
                        status,
                        members,
                        records,
                    },
                    world.clone(),
                ));
            };
            glance(fixture::members());
            glance(writer_away.clone());
            glance(reader_away.clone());
        }
        moves
    }

    fn verifications(&self) -> Vec<Move> {
        let probed = |passed: bool| {
            let mut results = self.run.gate(Ok(("available", &[])));
            results.push(Verified {
                name: "probe".to_owned(),
                passed,
                message: String::new(),
            });
            self.after(
                Event::Verified(Verification {
                    results,
                    ..Verification::default()
                }),
                self.world.clone(),
            )
        };
        vec![probed(true), probed(false)]
    }

    /// Every answer of a search's probe, and a gate that does not pass.
    fn trials(&self) -> Vec<Move> {
        let moved = !self.run.hops().is_empty();
        let gate = if moved {
            self.run.gate(Ok(("available", &[])))
        } else {
            Vec::new()
        };
        let tried = |gate: Vec<Verified>, verdict: Verdict| {
            let said = vec![Said {
                verdict,
                how: String::new(),
            }];
            self.after(Event::Tried(Trial { gate, said }), self.world.clone())
        };
        let verdicts = [Verdict::Good, Verdict::Bad, Verdict::Skip, Verdict::Stop];
        let mut moves: Vec<Move> = verdicts
            .into_iter()
            .map(|verdict| tried(gate.clone(), verdict))
            .collect();
        if moved {
            let failed = self.run.gate(Err("not read"));
            moves.push(tried(failed, Verdict::Good));
        }
        moves
    }

    fn failures(&self) -> Vec<Move> {
        let kinds = [
            ReadFailureKind::Credentials,
            ReadFailureKind::Transport,
            ReadFailureKind::Refused,
        ];
        let failed = |kind: ReadFailureKind| self.failed(kind, self.world.clone());
        kinds.into_iter().map(failed).collect()
    }

    fn failed(&self, kind: ReadFailureKind, world: World) -> Move {
        let failure = ReadFailure {
            action: "DescribeDBClusters".to_owned(),
            kind,
            code: None,
            message: "no".to_owned(),
            request_id: None,
        };
        self.news(Event::ReadFailed(failure), world)
    }
}
