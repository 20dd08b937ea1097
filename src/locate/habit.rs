//! Wide statements that an application runs all day, told from the one that went wrong.
//!
//! `DELETE FROM sessions WHERE expires_at < NOW()` once a minute is housekeeping. It is listed like any other, but a
//! target before the first of them would give up hours of work for nothing.

use super::class::Class;
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

/// Every time that one account ran one statement, whatever the values in it.
#[derive(Debug, Default)]
struct Seen {
    times: usize,
    first_us: i64,
    last_us: i64,
}

/// For each candidate whether it is a wide statement that its account repeats; its reason says so then.
pub fn habits(held: &mut [Held]) -> Vec<bool> {
    let keys: Vec<Option<u64>> = held.iter().map(|held| wide(held).then(|| shape(held))).collect();
    let mut seen: HashMap<u64, Seen> = HashMap::new();
    for (key, held) in keys.iter().zip(&*held) {
        let Some(key) = key else { continue };
        let time_us = held.candidate.time_us;
        let seen = seen.entry(*key).or_insert(Seen {
            times: 0,
            first_us: time_us,
            last_us: time_us,
        });
        seen.times += 1;
        seen.first_us = seen.first_us.min(time_us);
        seen.last_us = seen.last_us.max(time_us);
    }
    let habitual = |key: &Option<u64>| {
        key.and_then(|key| seen.get(&key))
            .is_some_and(|seen| seen.times >= OFTEN && seen.last_us - seen.first_us >= APART_US)
    };
    let habits: Vec<bool> = keys.iter().map(habitual).collect();
    for (held, _) in held.iter_mut().zip(&habits).filter(|(_, habit)| **habit) {
        held.candidate
            .reason
            .push_str("; its account repeats it, as housekeeping does: no target is suggested for it");
    }
    habits
}

fn wide(held: &Held) -> bool {
    held.candidate.class == Class::Wide
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
