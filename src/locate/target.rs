//! From candidates to the instant to rewind to.

use super::class::Class;
use super::facts::Session;
use super::keep::Held;
use super::lost::{Lost, Tally};
use super::sieve::second;
use std::collections::BTreeSet;

/// A target, what it undoes, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The target in whole seconds since the epoch; `None` when nothing is bad enough to suggest one.
    pub target_s: Option<i64>,
    /// The first damaging statement that it precedes, in microseconds since the epoch.
    pub first_us: Option<i64>,
    /// The candidates that it undoes, by file and line: the first twenty in rank.
    pub undoes: Vec<(String, u64)>,
    /// Good work after it; `None` when no log shows every statement.
    pub lost: Option<Lost>,
    /// Why this target, or why none.
    pub reason: &'static str,
}

/// One second earlier, rounded down: never later, whatever the fraction.
pub fn before(first_us: i64) -> i64 {
    (first_us - 1_000_000).div_euclid(1_000_000)
}

/// A choice of candidates, before anything is counted.
#[derive(Debug, Clone)]
pub struct Choice {
    first_us: i64,
    undoes: Vec<(String, u64)>,
    sessions: BTreeSet<Session>,
    reason: &'static str,
}

/// Alternatives shown beside the suggestion.
const ALTERNATIVES: usize = 5;

/// Of the candidates that a suggestion undoes so many are named, the first in rank.
const NAMED: usize = 20;

/// The choice to suggest, if any, and each of the first candidates for itself. `held` is in rank order, and
/// `habits` says of each whether its account repeats it.
///
/// Of several bad statements the earliest wins: a target before it undoes them all. Bad is what is unbounded, and
/// what is wide, lasted, and is no habit; nothing is that a backtrack took out of the data. Bounded statements are
/// ordinary work. A text that was cut off counts only where nothing else is bad: applications write long texts all day.
pub fn choices(held: &[Held], habits: &[bool], chosen: &[(String, u64)]) -> (Option<Choice>, Vec<Choice>) {
    let suggested = if chosen.is_empty() {
        let own = || {
            held.iter()
                .zip(habits)
                .filter(|(held, habit)| held.candidate.stands() && !**habit)
        };
        let bad: Vec<&Held> = own().map(|(held, _)| held).filter(|held| is_bad(held)).collect();
        let unsure = || {
            let mut own = own().map(|(held, _)| held);
            own.find(|held| match held.candidate.class {
                Class::Unbounded | Class::Wide => true,
                Class::Unknown => !held.candidate.is_routine(),
                Class::Bounded => false,
            })
        };
        if bad.is_empty() {
            unsure().map(|held| choice(&[held], "before the first candidate in rank"))
        } else {
            Some(choice(&bad, "before the earliest bad statement"))
        }
    } else {
        let named = |held: &&Held| {
            chosen
                .iter()
                .any(|(file, line)| *file == held.candidate.file && *line == held.candidate.line)
        };
        let picked: Vec<&Held> = held.iter().filter(named).collect();
        (!picked.is_empty()).then(|| choice(&picked, "before the earliest of the chosen candidates"))
    };
    let alternatives = held
        .iter()
        .filter(|held| held.candidate.stands())
        .take(ALTERNATIVES)
        .map(|held| choice(&[held], "before this candidate alone"))
        .collect();
    (suggested, alternatives)
}

/// Whether damage is done for certain, or as far as this log can tell.
fn is_bad(held: &Held) -> bool {
    match held.candidate.class {
        Class::Unbounded => true,
        // Where the log judges no statement, that it is not known to have lasted says nothing.
        Class::Wide => held.candidate.committed == Some(true) || !held.judged,
        Class::Unknown | Class::Bounded => false,
    }
}

fn choice(picked: &[&Held], reason: &'static str) -> Choice {
    let first = |held: &&Held| {
        let transaction = held.candidate.transaction.map(|transaction| transaction.first_us);
        transaction
            .unwrap_or(held.candidate.time_us)
            .min(held.candidate.time_us)
    };
    Choice {
        first_us: picked.iter().map(first).min().unwrap_or_default(),
        undoes: picked
            .iter()
            .take(NAMED)
            .map(|held| (held.candidate.file.clone(), held.candidate.line))
            .collect(),
        sessions: picked.iter().map(|held| held.session).collect(),
        reason,
    }
}

impl Choice {
    /// An empty count for its target.
    pub fn tally(&self, gone: &[(u32, u32)]) -> Tally {
        Tally::new(
            second(before(self.first_us).saturating_mul(1_000_000)),
            self.sessions.clone(),
            gone,
        )
    }

    /// The suggestion, with what it costs.
    pub fn suggestion(self, lost: Option<Lost>) -> Suggestion {
        Suggestion {
            target_s: Some(before(self.first_us)),
            first_us: Some(self.first_us),
            undoes: self.undoes,
            lost,
            reason: self.reason,
        }
    }
}

impl Suggestion {
    /// No target, out of all that was found.
    pub fn none(held: &[Held]) -> Self {
        let gone = |held: &Held| held.candidate.undone_by.is_some();
        let reason = if held.is_empty() {
            // That nothing was found is said with what was read, or not at all.
            "there is no candidate"
        } else if held.iter().all(gone) {
            "every candidate was undone by a backtrack already"
        } else if held
            .iter()
            .any(|held| gone(held) && held.candidate.class != Class::Bounded)
        {
            "no candidate is left that is unbounded, cut off, or wide without being repeated: what a backtrack has undone \
             is none"
        } else {
            "no candidate is unbounded, cut off, or wide without being repeated: choose one"
        };
        Self {
            target_s: None,
            first_us: None,
            undoes: Vec::new(),
            lost: None,
            reason,
        }
    }
}
