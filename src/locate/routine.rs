//! What a CALL or an EXECUTE ran, as far as the log shows it.

use super::again::Details;
use super::class::Class;
use super::facts::Facts;
use super::keep::Held;
use super::names::qualified;
use super::sql::{Part, read};

/// Names the tables of calls and executions, and drops those that wrote nothing; how many were dropped.
pub fn resolve(held: &mut Vec<Held>, details: &Details, facts: &Facts) -> u64 {
    let before = held.len();
    held.retain_mut(|held| {
        if !held.candidate.is_routine() {
            return true;
        }
        let touched = details.touched.get(&(held.session, held.candidate.query_id));
        if let Some(tables) = touched {
            held.candidate.tables = tables.iter().cloned().collect();
        }
        match prepared(held, details) {
            Runs::Harmless => return false,
            Runs::Damage { class, tables, ddl } => {
                held.candidate.class = class;
                "what it executes was prepared earlier on the connection"
                    .clone_into(&mut held.candidate.reason);
                held.ddl = ddl;
                if held.candidate.tables.is_empty() {
                    held.candidate.tables = tables;
                }
                return true;
            }
            Runs::Unknown => {}
        }
        if touched.is_none() && facts.touches && held.judged {
            return false;
        }
        let tables = if touched.is_some() {
            "; the tables it wrote are"
        } else {
            "; the log does not show which tables"
        };
        held.candidate.reason.push_str(tables);
        if touched.is_some() {
            held.candidate.reason.push_str(" in the log");
        }
        true
    });
    (before - held.len()) as u64
}

/// What an EXECUTE runs.
enum Runs {
    /// Its text is not in the log.
    Unknown,
    /// It destroys nothing.
    Harmless,
    /// It destroys.
    Damage {
        class: Class,
        tables: Vec<String>,
        ddl: bool,
    },
}

fn prepared(held: &Held, details: &Details) -> Runs {
    let Some(text) = latest(held, details) else {
        return Runs::Unknown;
    };
    let (sql, schema) = text;
    let mut parts = Vec::new();
    read(sql, false, &mut Vec::new(), &mut parts);
    let damage = parts.into_iter().find_map(|part| {
        if let Part::Damage(damage) = part {
            Some(damage)
        } else {
            None
        }
    });
    damage.map_or(Runs::Harmless, |damage| Runs::Damage {
        class: damage.class,
        tables: damage
            .tables
            .iter()
            .map(|table| qualified(table, schema))
            .collect(),
        ddl: damage.ddl,
    })
}

/// The text last prepared under the executed name, with its default schema.
fn latest<'d>(held: &Held, details: &'d Details) -> Option<(&'d [u8], &'d [u8])> {
    let name = held.prepared.as_ref()?.to_ascii_lowercase();
    let all = details.prepared.get(&held.session)?.iter();
    let latest = all
        .filter(|prepared| prepared.name == name && prepared.time_us <= held.candidate.time_us)
        .max_by_key(|prepared| prepared.time_us)?;
    Some((latest.text.as_ref()?, &latest.schema))
}
