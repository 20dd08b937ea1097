//! A chosen candidate as the run's journal keeps it.

use std::path::Path;

use chrono::DateTime;

use super::moment::time;
use super::pick::Choice;
use super::search::Searched;
use crate::cli::failure::Failure;
use crate::domain::located::{Damage, Located};
use crate::domain::outcome::Outcome;
use crate::journal::digest_of;
use crate::locate::{Candidate, Class, Kind, dropped_columns, redacted};

/// Letters of the statement that are kept: the whole of it is in the evidence file.
const KEPT: usize = 2_000;

/// The choice with its evidence.
pub fn freeze(searched: &Searched, choice: &Choice) -> Result<Located, Failure> {
    let candidate = &choice.candidate;
    let instant = |at_us| {
        DateTime::from_timestamp_micros(at_us)
            .ok_or_else(|| Failure::bug(format!("the candidate's time is no instant: {at_us} us")))
    };
    let file = std::path::absolute(&candidate.file).unwrap_or_else(|_| Path::new(&candidate.file).into());
    let sha256 = digest(searched, &file)?;
    let coverage = &searched.found.coverage;
    let covered = match (coverage.from_us, coverage.to_us) {
        (Some(from), Some(to)) => format!(
            "{} lines of {} files, {} to {}, {}",
            coverage.lines,
            coverage.files.len(),
            time(from),
            time(to),
            if coverage.complete {
                "everything that was asked for"
            } else {
                "not everything that was asked for"
            }
        ),
        _ => "no time".to_owned(),
    };
    let mut statement: String = redacted(&candidate.statement);
    if let Some((at, _)) = statement.char_indices().nth(KEPT) {
        statement.truncate(at);
        statement.push_str("...");
    }
    Ok(Located {
        statement,
        at: instant(candidate.time_us)?,
        first: instant(choice.first_us)?,
        class: class(candidate.class).to_owned(),
        committed: candidate.committed,
        tables: candidate.tables.clone(),
        user: candidate.user.clone(),
        host: candidate.host.clone(),
        file: file.display().to_string(),
        line: candidate.line,
        sha256,
        candidates: searched.found.candidates.len() as u64,
        covered,
        by_a_person: choice.by_a_person,
        damage: damage(candidate),
    })
}

/// What was fetched is compared with what was written: a file that changed since is no evidence.
fn digest(searched: &Searched, file: &Path) -> Result<String, Failure> {
    let found = digest_of(file).map_err(|error| {
        Failure::unreadable(format!(
            "the evidence {} could not be read again: {error}",
            file.display()
        ))
    })?;
    let written = searched.fetched.as_ref().and_then(|fetched| {
        let mut files = fetched.files.iter();
        files.find(|kept| std::path::absolute(&kept.path).is_ok_and(|path| path == file))
    });
    match written {
        Some(kept) if kept.sha256 != found => Err(Failure::outcome(
            Outcome::Refused,
            format!(
                "the evidence {} changed since it was fetched: expected {}, got {found}",
                file.display(),
                kept.sha256
            ),
        )
        .touched("the cluster was not touched")),
        Some(_) | None => Ok(found),
    }
}

/// What a look can tell. Nothing is claimed for a condition, an UPDATE, or a routine: their old values are not known.
fn damage(candidate: &Candidate) -> Vec<Damage> {
    let tables = candidate.tables.iter().filter_map(|name| {
        let (schema, table) = name.split_once('.')?;
        Some((schema.to_owned(), table.to_owned()))
    });
    let all = candidate.class == Class::Unbounded;
    match candidate.verb {
        Kind::Delete | Kind::Truncate if all => tables
            .map(|(schema, table)| Damage::Emptied { schema, table })
            .collect(),
        Kind::Drop | Kind::Rename => tables
            .map(|(schema, table)| {
                if table == "*" {
                    Damage::Schema { schema }
                } else {
                    Damage::Table { schema, table }
                }
            })
            .collect(),
        Kind::Alter => {
            let columns = dropped_columns(&candidate.statement);
            tables
                .flat_map(|(schema, table)| {
                    columns.clone().into_iter().map(move |column| Damage::Column {
                        schema: schema.clone(),
                        table: table.clone(),
                        column,
                    })
                })
                .collect()
        }
        Kind::Delete
        | Kind::Truncate
        | Kind::Update
        | Kind::Replace
        | Kind::Load
        | Kind::Insert
        | Kind::Call
        | Kind::Execute
        | Kind::Other => Vec::new(),
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Unbounded => "unbounded",
        Class::Wide => "wide",
        Class::Unknown => "unknown",
        Class::Bounded => "bounded",
    }
}
