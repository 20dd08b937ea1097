//! Good work that a rewind would take along, counted in statements.

use super::facts::{Facts, Session, Write};
use serde::Serialize;
use std::collections::BTreeSet;

/// Successful writes after a target, without the bad sessions' own.
///
/// Statements are counted, not rows: no log says how many rows a statement changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Statements in all.
    pub statements: u64,
    /// By table, the most first; a statement that writes several tables counts for each.
    pub by_table: Vec<(String, u64)>,
    /// By account, the most first.
    pub by_user: Vec<(String, u64)>,
}

fn count(counts: &mut Vec<u64>, number: u32, more: u64) {
    let at = number as usize;
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    if let Some(count) = counts.get_mut(at) {
        *count += more;
    }
}

/// Counts for one target.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    target: u32,
    bad: BTreeSet<Session>,
    /// Seconds whose writes a backtrack took: they cannot be lost again.
    gone: Vec<(u32, u32)>,
    statements: u64,
    tables: Vec<u64>,
    users: Vec<u64>,
}

impl Tally {
    /// Nothing counted yet; `target` is in seconds since the epoch.
    pub fn new(target: u32, bad: BTreeSet<Session>, gone: &[(u32, u32)]) -> Self {
        Self {
            target,
            bad,
            gone: gone.to_vec(),
            ..Self::default()
        }
    }

    /// Whether a write of this second comes after the target.
    pub fn reaches(&self, second: u32) -> bool {
        second >= self.target
    }

    /// Counts a write that comes after the target.
    pub fn add(&mut self, write: &Write) {
        if write.second < self.target || self.bad.contains(&write.session) {
            return;
        }
        let second = write.second;
        if self
            .gone
            .iter()
            .any(|(from, until)| *from <= second && second < *until)
        {
            return;
        }
        count(&mut self.tables, write.table, 1);
        if write.first {
            self.statements += 1;
            count(&mut self.users, write.user, 1);
        }
    }

    /// Adds another's counts for the same target; `tables` and `users` give its numbers' numbers here.
    pub fn merge(&mut self, other: &Self, tables: &[u32], users: &[u32]) {
        self.statements += other.statements;
        for (mine, theirs, numbers) in [
            (&mut self.tables, &other.tables, tables),
            (&mut self.users, &other.users, users),
        ] {
            for (number, more) in numbers.iter().zip(theirs) {
                count(mine, *number, *more);
            }
        }
    }

    /// The counts under their names.
    pub fn lost(&self, facts: &Facts) -> Lost {
        let named = |counts: &[u64], name: &dyn Fn(u32) -> String| {
            let counted = (0..).zip(counts).filter(|(_, count)| **count > 0);
            let mut named: Vec<(String, u64)> =
                counted.map(|(number, count)| (name(number), *count)).collect();
            named.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            named
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Lost {
            statements: self.statements,
            by_table: named(&self.tables, &|number| text(facts.tables.name(number))),
            by_user: named(&self.users, &|number| text(facts.users.name(number))),
        }
    }
}
