//! Did it last? Each connection's candidates against its transactions, by record time.

use super::candidate::Transaction;
use super::facts::{Mark, Session};
use super::keep::Held;
use super::sql::Edge;
use std::collections::{HashMap, HashSet};

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is permanent.
    Committed,
    /// It was undone for certain.
    RolledBack,
    /// A ROLLBACK followed, and nothing shows whether a transaction was open.
    PresumedRolledBack,
    /// The log does not say.
    Unknown(&'static str),
}

/// Settles every candidate: `fates` in the order of `held`.
pub fn settle(held: &mut [Held], marks: impl IntoIterator<Item = Mark>) -> Vec<Fate> {
    let mut fates = vec![Fate::Unknown("the log does not show its transaction"); held.len()];
    let wanted: HashSet<Session> = held.iter().map(|held| held.session).collect();
    let mut lines: HashMap<Session, Vec<Step>> = HashMap::new();
    for mark in marks {
        if wanted.contains(&mark.session) {
            lines.entry(mark.session).or_default().push(Step::Mark(mark));
        }
    }
    for (at, one) in held.iter().enumerate() {
        let key = (one.candidate.time_us, 1, one.candidate.query_id, one.part, 1);
        lines
            .entry(one.session)
            .or_default()
            .push(Step::Candidate(at, key));
    }
    for steps in lines.values_mut() {
        steps.sort_by_key(Step::key);
        let mut walk = Walk {
            held,
            fates: &mut fates,
            known: false,
            autocommit: true,
            open: None,
            loose: Vec::new(),
        };
        for step in &*steps {
            walk.step(step);
        }
        walk.end();
    }
    fates
}

type Key = (i64, u8, u64, u8, u8);

enum Step {
    Mark(Mark),
    Candidate(usize, Key),
}

impl Step {
    /// By time; of the same time a connect comes first and a disconnect last, and DDL commits before it acts.
    fn key(&self) -> Key {
        match self {
            Step::Candidate(_, key) => *key,
            Step::Mark(mark) => {
                let place = match mark.edge {
                    Edge::Connect => 0,
                    Edge::Disconnect => 2,
                    Edge::Begin
                    | Edge::Commit
                    | Edge::CommitChain
                    | Edge::Rollback
                    | Edge::RollbackChain
                    | Edge::Deadlock
                    | Edge::Savepoint
                    | Edge::RollbackTo
                    | Edge::Release
                    | Edge::AutocommitOn
                    | Edge::AutocommitOff
                    | Edge::Implicit
                    | Edge::XaPrepare => 1,
                };
                (mark.time_us, place, mark.query_id, mark.part, 0)
            }
        }
    }
}

/// An open transaction.
#[derive(Default)]
struct Open {
    begin_us: Option<i64>,
    members: Vec<usize>,
    savepoints: Vec<(u32, usize)>,
}

/// One connection's history.
struct Walk<'w> {
    held: &'w mut [Held],
    fates: &'w mut [Fate],
    /// The connection's beginning, or a setting of autocommit, is in the log.
    known: bool,
    autocommit: bool,
    open: Option<Open>,
    /// Candidates outside of any transaction that is shown.
    loose: Vec<usize>,
}

impl Walk<'_> {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Candidate(at, _) => self.candidate(*at),
            Step::Mark(mark) => self.mark(mark),
        }
    }

    fn candidate(&mut self, at: usize) {
        let Some(held) = self.held.get(at) else { return };
        let time_us = held.candidate.time_us;
        if held.ddl {
            let fate = if held.judged {
                Fate::Committed
            } else {
                Fate::Unknown("this log does not say whether a statement succeeded")
            };
            let end = Some(time_us).filter(|_| held.judged);
            self.settle(vec![at], fate, None, end);
        } else if let Some(open) = &mut self.open {
            open.members.push(at);
        } else if self.autocommit {
            self.loose.push(at);
        } else {
            self.open = Some(Open {
                members: vec![at],
                ..Open::default()
            });
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark.edge {
            Edge::Connect => {
                // The number is used again: the server restarted, and what was open was lost.
                self.close(Fate::RolledBack, None);
                self.known = true;
                self.autocommit = true;
            }
            Edge::Begin => {
                self.close(Fate::Committed, Some(mark.time_us));
                self.open = Some(Open {
                    begin_us: Some(mark.time_us),
                    ..Open::default()
                });
            }
            Edge::Commit | Edge::CommitChain => {
                self.close_with_loose(Fate::Committed, mark);
                self.chain(mark.edge == Edge::CommitChain, mark.time_us);
            }
            Edge::Rollback | Edge::RollbackChain => {
                let presumed = if self.known {
                    Fate::Unknown(
                        "a ROLLBACK followed, but no BEGIN is in the log: with autocommit it stands",
                    )
                } else {
                    Fate::PresumedRolledBack
                };
                let loose = std::mem::take(&mut self.loose);
                self.settle(loose, presumed, None, None);
                self.close(Fate::RolledBack, None);
                self.chain(mark.edge == Edge::RollbackChain, mark.time_us);
            }
            Edge::Deadlock => self.close(Fate::RolledBack, None),
            Edge::Savepoint => {
                // With autocommit and no BEGIN a savepoint is gone as soon as it is set.
                if self.open.is_none() && self.known && self.autocommit {
                    return;
                }
                self.close_loose_before_savepoint();
                let open = self.open.get_or_insert_default();
                open.savepoints.retain(|(name, _)| *name != mark.name);
                open.savepoints.push((mark.name, open.members.len()));
            }
            Edge::RollbackTo => self.rollback_to(mark.name),
            Edge::Release => {
                if let Some(open) = &mut self.open {
                    open.savepoints.retain(|(name, _)| *name != mark.name);
                }
            }
            Edge::AutocommitOn => {
                self.close(Fate::Committed, Some(mark.time_us));
                (self.known, self.autocommit) = (true, true);
            }
            Edge::AutocommitOff => {
                self.close_loose();
                (self.known, self.autocommit) = (true, false);
            }
            Edge::Implicit => self.close(Fate::Committed, Some(mark.time_us)),
            Edge::XaPrepare => {
                self.close(
                    Fate::Unknown("XA PREPARE: another connection may have decided"),
                    None,
                );
            }
            Edge::Disconnect => {
                self.close(Fate::RolledBack, None);
                self.known = false;
                self.autocommit = true;
            }
        }
    }

    fn chain(&mut self, chained: bool, time_us: i64) {
        if chained {
            self.open = Some(Open {
                begin_us: Some(time_us),
                ..Open::default()
            });
        }
    }

    fn rollback_to(&mut self, name: u32) {
        let Some(open) = &mut self.open else { return };
        let Some(at) = open.savepoints.iter().position(|(known, _)| *known == name) else {
            return;
        };
        let kept = open.savepoints.get(at).map_or(0, |savepoint| savepoint.1);
        open.savepoints.truncate(at + 1);
        let undone = open.members.split_off(kept.min(open.members.len()));
        let begin_us = open.begin_us;
        self.settle(undone, Fate::RolledBack, begin_us, None);
    }

    /// A COMMIT without a BEGIN in the log ends a transaction of its own.
    fn close_with_loose(&mut self, fate: Fate, mark: &Mark) {
        let loose = std::mem::take(&mut self.loose);
        let end = if self.known { None } else { Some(mark.time_us) };
        for at in loose {
            self.settle(vec![at], fate, None, end.or_else(|| self.time_of(at)));
        }
        self.close(fate, Some(mark.time_us));
    }

    fn time_of(&self, at: usize) -> Option<i64> {
        self.held.get(at).map(|held| held.candidate.time_us)
    }

    /// Where nothing shows how the connection began, a savepoint shows that a transaction was open before it.
    fn close_loose_before_savepoint(&mut self) {
        if self.open.is_none() {
            let members = std::mem::take(&mut self.loose);
            self.open = Some(Open {
                members,
                ..Open::default()
            });
        }
    }

    fn close_loose(&mut self) {
        for at in std::mem::take(&mut self.loose) {
            // Each statement is its own transaction; where the log does not say whether it succeeded, nor do we.
            let judged = self.held.get(at).is_some_and(|held| held.judged);
            let fate = if judged {
                Fate::Committed
            } else {
                Fate::Unknown("this log does not say whether a statement succeeded")
            };
            let end = self.time_of(at).filter(|_| judged);
            self.settle(vec![at], fate, None, end);
        }
    }

    fn close(&mut self, fate: Fate, commit_us: Option<i64>) {
        self.close_loose();
        if let Some(open) = self.open.take() {
            self.settle(open.members, fate, open.begin_us, commit_us);
        }
    }

    fn settle(&mut self, members: Vec<usize>, fate: Fate, begin_us: Option<i64>, commit_us: Option<i64>) {
        let first_us = members
            .iter()
            .filter_map(|at| self.time_of(*at))
            .min()
            .unwrap_or_default();
        for at in members {
            if let (Some(held), Some(known)) = (self.held.get_mut(at), self.fates.get_mut(at)) {
                *known = fate;
                held.candidate.transaction = Some(Transaction {
                    begin_us,
                    first_us,
                    commit_us,
                });
            }
        }
    }

    fn end(&mut self) {
        self.close(
            Fate::Unknown("its transaction is still open where the log ends"),
            None,
        );
    }
}
