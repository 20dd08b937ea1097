//! Candidates of `locate`, read back from its lines.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::cli::failure::Failure;
use crate::cli::print;
use crate::domain::search::Suspect;

/// More are not searched: the plan of a run is one record, and so many no bisection is for.
const MOST: usize = 2_000;
/// Of a statement as much as tells it from others.
const STATEMENT: usize = 200;

/// What a search needs of a line of `locate`.
#[derive(Deserialize)]
struct Row {
    kind: String,
    time_us: Option<i64>,
    #[serde(default)]
    committed: Option<bool>,
    #[serde(default)]
    undone_by: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    statement: String,
    file: Option<String>,
    line: Option<u64>,
}

/// The candidates of a file that lie between the two ends, in the order of their time. What is left out is told.
pub(super) fn of_file(path: &Path, good: DateTime<Utc>, bad: DateTime<Utc>) -> Result<Vec<Suspect>, Failure> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::unreadable(format!("{name} could not be read: {error}")))?;
    let (mut suspects, mut untimed, mut outside) = (Vec::new(), 0_u32, 0_u32);
    let (mut rolled_back, mut undone) = (0_u32, 0_u32);
    for (index, row) in text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let line: Row = serde_json::from_str(row).map_err(|error| {
            Failure::unreadable(format!(
                "{name}:{}: expected a line of `locate --output json`: {error}",
                index + 1
            ))
        })?;
        if line.kind != "candidate" {
            continue;
        }
        if line.committed == Some(false) {
            rolled_back += 1;
            continue;
        }
        if line.undone_by.is_some() {
            undone += 1;
            continue;
        }
        let Some(at) = line.time_us.and_then(DateTime::from_timestamp_micros) else {
            untimed += 1;
            continue;
        };
        if at <= good || at > bad {
            outside += 1;
            continue;
        }
        suspects.push(Suspect {
            at,
            statement: line.statement.chars().take(STATEMENT).collect(),
            file: line.file,
            line: line.line,
        });
    }
    for (count, why) in [
        (untimed, "have no time"),
        (rolled_back, "were rolled back"),
        (undone, "were undone by a backtrack"),
        (
            outside,
            "are not between the known good and the known bad instant",
        ),
    ] {
        if count > 0 {
            print::error(&format!(
                "note: {count} candidates of {name} {why}, and are left out"
            ));
        }
    }
    if suspects.len() > MOST {
        return Err(Failure::usage(format!(
            "expected at most {MOST} candidates, got {}: narrow them in `locate`, or search time with --within",
            suspects.len()
        )));
    }
    suspects.sort_by_key(|suspect| suspect.at);
    Ok(suspects)
}
