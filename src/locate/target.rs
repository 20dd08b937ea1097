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

/// The choice to suggest, if any, and one for each of the first candidates. `held` is in rank order.
///
/// Of several bad statements the earliest wins: a target before it undoes them all. Bad is what is unbounded, and
/// what is wide and lasted; no habit is, and nothing that a backtrack took out of the data. Bounded statements are
/// ordinary work. A text that was cut off counts only where nothing else is bad: applications write long texts all day.
pub fn choices(held: &[Held], chosen: &[(String, u64)]) -> (Option<Choice>, Vec<Choice>) {
    let reckoning = Reckoning {
        held,
        bad: places(held, is_bad),
    };
    let suggested = if chosen.is_empty() {
        let unsure = || {
            held.iter().position(|held| {
                let candidate = &held.candidate;
                let may_be_bad = match candidate.class {
                    Class::Unbounded | Class::Wide => true,
                    Class::Unknown => !candidate.is_routine(),
                    Class::Bounded => false,
                };
                may_be_bad && candidate.stands() && !candidate.repeated
            })
        };
        if reckoning.bad.is_empty() {
            unsure().map(|at| reckoning.choice(&[at], "before the first candidate in rank"))
        } else {
            Some(reckoning.choice(&reckoning.bad, "before the earliest bad statement"))
        }
    } else {
        let named = |held: &Held| {
            chosen
                .iter()
                .any(|(file, line)| *file == held.candidate.file && *line == held.candidate.line)
        };
        let picked = places(held, named);
        (!picked.is_empty())
            .then(|| reckoning.choice(&picked, "before the earliest of the chosen candidates"))
    };
    let mut alternatives: Vec<Choice> = Vec::new();
    for at in places(held, |held| held.candidate.stands())
        .into_iter()
        .take(ALTERNATIVES)
    {
        let choice = reckoning.alone(at);
        // Two that no whole second can tell apart share one.
        if alternatives
            .iter()
            .all(|other| before(other.first_us) != before(choice.first_us))
        {
            alternatives.push(choice);
        }
    }
    (suggested, alternatives)
}

fn places(held: &[Held], fits: impl Fn(&Held) -> bool) -> Vec<usize> {
    let all = held.iter().enumerate();
    all.filter(|(_, held)| fits(held)).map(|(at, _)| at).collect()
}

/// Whether damage is done for certain, or as far as this log can tell.
fn is_bad(held: &Held) -> bool {
    let candidate = &held.candidate;
    // Where the log judges no statement, that it is not known to have lasted says nothing.
    let unjudged = candidate.class == Class::Wide && !held.judged;
    candidate.counts() || (unjudged && candidate.stands() && !candidate.repeated)
}

/// What choices are made of.
struct Reckoning<'h> {
    held: &'h [Held],
    /// The places of what is bad.
    bad: Vec<usize>,
}

impl Reckoning<'_> {
    /// The target before all of these; it undoes whatever is bad and took effect after it, too.
    fn choice(&self, picked: &[usize], reason: &'static str) -> Choice {
        let first = picked.iter().filter_map(|at| self.held.get(*at));
        let first_us = first.map(|held| held.candidate.first_us()).min();
        self.from(first_us.unwrap_or_default(), picked, reason)
    }

    /// The target before one. What is bad and began in the second between that target and it cannot be told from it by
    /// whole seconds: then the target lies before both.
    fn alone(&self, at: usize) -> Choice {
        let mut first_us = self.held.get(at).map_or(0, |held| held.candidate.first_us());
        let bad = || self.bad.iter().filter_map(|at| self.held.get(*at));
        loop {
            let target_us = before(first_us).saturating_mul(1_000_000);
            let firsts = bad().map(|held| held.candidate.first_us());
            match firsts.filter(|other| (target_us..first_us).contains(other)).min() {
                Some(earlier) => first_us = earlier,
                None => return self.from(first_us, &[at], "before this candidate"),
            }
        }
    }

    fn from(&self, first_us: i64, picked: &[usize], reason: &'static str) -> Choice {
        let target_us = before(first_us).saturating_mul(1_000_000);
        let undone = self.bad.iter().copied().filter(|at| {
            let held = self.held.get(*at);
            held.is_some_and(|held| held.candidate.effect_us() > target_us)
        });
        let all: BTreeSet<usize> = undone.chain(picked.iter().copied()).collect();
        let all = || all.iter().filter_map(|at| self.held.get(*at));
        Choice {
            first_us,
            undoes: all()
                .take(NAMED)
                .map(|held| (held.candidate.file.clone(), held.candidate.line))
                .collect(),
            sessions: all().map(|held| held.session).collect(),
            reason,
        }
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
