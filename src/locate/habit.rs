//! Statements that an account runs all day, told from the one that went wrong.
//!
//! `DELETE FROM sessions WHERE expires_at < NOW()` once a minute is housekeeping, and so is `TRUNCATE TABLE staging` before
//! each load. They are listed like any other, but a target before the first of them would give up hours of work for nothing.

use super::class::{Class, Kind as Verb};
use super::intern::Quick;
use super::keep::Held;
use super::sql::{Kind, Lexer};
use std::collections::HashMap;
use std::hash::Hasher;

/// Seen this often, a statement is a habit,
const OFTEN: usize = 3;
/// if its first and its last time are at least this far apart: what a person repeats in haste is none, and
/// within a minute the earlier target costs little.
const APART_US: i64 = 60_000_000;
/// A TRUNCATE takes everything, so more is asked of it: over this long, and each time at least [`APART_US`] after the last.
const TRUNCATES_APART_US: i64 = 600_000_000;

/// Marks the candidates that their account repeats; their reason says so then. Only what is wide, and TRUNCATE: no other
/// statement without a bound is housekeeping, however often it ran.
pub fn habits(held: &mut [Held]) {
    let keys: Vec<Option<u64>> = held.iter().map(key).collect();
    let mut seen: HashMap<u64, Vec<i64>> = HashMap::new();
    for (key, held) in keys.iter().zip(&*held) {
        if let Some(key) = key {
            seen.entry(*key).or_default().push(held.candidate.time_us);
        }
    }
    for times in seen.values_mut() {
        times.sort_unstable();
    }
    for (key, held) in keys.iter().zip(held) {
        let times = key.and_then(|key| seen.get(&key));
        let candidate = &mut held.candidate;
        candidate.repeated = times.is_some_and(|times| match candidate.class {
            Class::Unbounded => spread(times) >= OFTEN && length(times) >= TRUNCATES_APART_US,
            Class::Wide | Class::Unknown | Class::Bounded => {
                times.len() >= OFTEN && length(times) >= APART_US
            }
        });
        if candidate.repeated {
            candidate
                .reason
                .push_str("; its account repeats it, as housekeeping does: no target is suggested for it");
        }
    }
}

/// What is a habit where it is repeated, as one number for each habit.
fn key(held: &Held) -> Option<u64> {
    let candidate = &held.candidate;
    match (candidate.class, candidate.verb) {
        (Class::Wide, _) => Some(shape(held)),
        (Class::Unbounded, Verb::Truncate) if !candidate.tables.is_empty() => Some(truncate(held)),
        _ => None,
    }
}

/// The account and the tables that it empties.
fn truncate(held: &Held) -> u64 {
    let mut hash = Quick::default();
    hash.write(held.candidate.user.as_bytes());
    for table in &held.candidate.tables {
        hash.write_u8(0);
        hash.write(table.as_bytes());
    }
    hash.finish()
}

/// How often, where what follows within a minute is the same time.
fn spread(times: &[i64]) -> usize {
    let mut last = None;
    let apart = |time: &&i64| {
        let counts = last.is_none_or(|last| **time - last >= APART_US);
        if counts {
            last = Some(**time);
        }
        counts
    };
    times.iter().filter(apart).count()
}

fn length(times: &[i64]) -> i64 {
    match times {
        [first, .., last] => last - first,
        [] | [_] => 0,
    }
}

/// The statement and its account as one number; values count as equal.
fn shape(held: &Held) -> u64 {
    let sql = held.candidate.statement.as_bytes();
    let mut hash = Quick::default();
    hash.write(held.candidate.user.as_bytes());
    for token in Lexer::new(sql) {
        if matches!(token.kind, Kind::Text | Kind::Number | Kind::Hole) {
            hash.write_u8(0);
        } else {
            hash.write(&token.text(sql).to_ascii_lowercase());
        }
    }
    hash.finish()
}
