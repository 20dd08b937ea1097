//! `history`: the runs in the journal, newest first. Reads the disk alone.

use serde::Serialize;

use super::args::{Global, HistoryArgs, Output};
use super::desk;
use super::failure::Failure;
use super::logbook::replay;
use super::print;
use super::voice::{same_journal, style};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::domain::target::wire;
use crate::journal::{Archive, Listed, Shelf};
use crate::runbook::{REWIND, digest};
use crate::ui::{clean, table};

/// One run.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Always `run`.
    pub kind: &'static str,
    /// The run.
    pub run: String,
    /// Live, rehearsal or drill; none where the journal cannot be read.
    pub mode: Option<Mode>,
    /// Cluster id.
    pub cluster: Option<String>,
    /// The target, as typed.
    pub typed: Option<String>,
    /// The instant asked for.
    pub requested: Option<String>,
    /// Where the run is.
    pub phase: String,
    /// How its last process ended.
    pub outcome: Option<Outcome>,
    /// Who opened it.
    pub by: Option<String>,
    /// Names of what is still paused by it.
    pub still_paused: Vec<String>,
    /// What is typed to continue it, while it is not finished.
    pub next: Option<String>,
}

/// Shows them.
pub fn history(global: &Global, args: &HistoryArgs) -> Result<u8, Failure> {
    let rows = rows(
        &desk::archive(global)?,
        args.cluster.as_deref(),
        &same_journal(global),
    )?;
    match global.output {
        Output::Json => {
            for row in &rows {
                print::line(&serde_json::to_string(row).unwrap_or_default());
            }
        }
        Output::Text if rows.is_empty() => print::line("no runs"),
        Output::Text => {
            for line in unfinished(&rows) {
                print::line(&line);
            }
            print::words(&text(&rows, style(global, Mode::Live).width));
        }
    }
    Ok(0)
}

/// The runs on a cluster, or all: those that are not finished first, then newest first. A run that nobody can read is
/// listed as such. `again` are the options that find the same journal.
pub fn rows(archive: &Archive, cluster: Option<&str>, again: &str) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for shelf in [Shelf::Runs, Shelf::Rehearsals] {
        let listed = archive
            .list(shelf)
            .map_err(|error| Failure::unreadable(error.to_string()))?;
        for entry in listed {
            match entry {
                Listed::Run(id) => rows.push(row(archive, shelf, &id, again)),
                Listed::Foreign { name, why } => rows.push(unreadable(name, &why, None)),
            }
        }
    }
    rows.retain(|row| match (cluster, &row.cluster) {
        (Some(wanted), Some(of)) => of.eq_ignore_ascii_case(wanted),
        (Some(_) | None, _) => true,
    });
    rows.sort_by(|one, other| {
        let later = |row: &Row| {
            (
                row.next.is_none(),
                row.mode == Some(Mode::Drill) && row.next.is_some(),
            )
        };
        (later(one), &other.run).cmp(&(later(other), &one.run))
    });
    Ok(rows)
}

fn row(archive: &Archive, shelf: Shelf, id: &RunId, again: &str) -> Row {
    let folded = match archive.ledger(shelf, id) {
        Ok(ledger) => replay(&ledger)
            .map(|(run, _)| run)
            .map_err(|failure| failure.message),
        Err(error) => Err(error.to_string()),
    };
    match folded {
        Ok(run) => of(&run, again),
        Err(why) => {
            let next = match shelf {
                Shelf::Runs => Some(format!("backtrackctl journal verify {id}{again}")),
                Shelf::Rehearsals => None,
            };
            unreadable(id.to_string(), &why, next)
        }
    }
}

fn of(run: &Run, again: &str) -> Row {
    let plan = run.plan();
    // The lab of the command `drill` went with it, and nothing on it can be continued.
    // Its runbooks have no file; the one without a file that `run --lab` takes is the default.
    let of_a_drill =
        plan.mode == Mode::Drill && plan.runbook_path.is_none() && plan.runbook_digest != digest(REWIND);
    let continued = plan.mode != Mode::Rehearsal && !run.is_finished() && !of_a_drill;
    Row {
        kind: "run",
        run: plan.run.to_string(),
        mode: Some(plan.mode),
        cluster: Some(plan.cluster.clone()),
        typed: Some(plan.goal.typed().to_owned()),
        requested: run.requested().map(wire),
        phase: run.phase().as_str().to_owned(),
        outcome: run.closed_with().or_else(|| run.ended()),
        by: Some(format!("{}@{}", plan.by.os_user, plan.by.host)),
        still_paused: if continued { run.still_paused() } else { Vec::new() },
        next: continued.then(|| format!("backtrackctl recover {}{again}", plan.run)),
    }
}

fn unreadable(run: String, why: &str, next: Option<String>) -> Row {
    Row {
        kind: "run",
        run,
        mode: None,
        cluster: None,
        typed: None,
        requested: None,
        phase: format!("unreadable: {why}"),
        outcome: None,
        by: None,
        still_paused: Vec::new(),
        next,
    }
}

/// What is not finished, each with its command alone on a line.
pub fn unfinished(rows: &[Row]) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows {
        let Some(next) = &row.next else { continue };
        let cluster = row.cluster.as_deref().unwrap_or("an unknown cluster");
        let drill = match row.mode {
            Some(Mode::Drill) => " (a drill: only while its lab runs)",
            Some(Mode::Live | Mode::Rehearsal) | None => "",
        };
        let how = outcome_or_phase(row);
        lines.push(clean(&format!(
            "NOT FINISHED: {} of {cluster}, {how}{drill}",
            row.run
        )));
        if !row.still_paused.is_empty() {
            lines.push(clean(&format!("STILL PAUSED: {}", row.still_paused.join(", "))));
        }
        lines.push(next.clone());
        lines.push(String::new());
    }
    lines
}

/// The outcome in words, or where the run is.
fn outcome_or_phase(row: &Row) -> String {
    row.outcome
        .map_or_else(|| row.phase.clone(), |outcome| outcome.as_str().replace('_', " "))
}

/// The same, with the mode where nothing real was moved.
fn how_it_stands(row: &Row) -> String {
    let how = outcome_or_phase(row);
    match row.mode {
        Some(mode @ (Mode::Drill | Mode::Rehearsal)) => format!("{}: {how}", mode.as_str()),
        Some(Mode::Live) | None => how,
    }
}

/// The rows as a table. Who began each is told where there is room for it.
pub fn text(rows: &[Row], width: usize) -> String {
    let headers = ["run", "how it stands", "target", "cluster", "by"];
    let columns = if width < ROOM_FOR_ALL { 4 } else { 5 };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let word = |word: Option<&str>| word.unwrap_or("-").to_owned();
            let cells = [
                row.run.clone(),
                how_it_stands(row),
                word(row.requested.as_deref()).replace('T', " "),
                word(row.cluster.as_deref()),
                word(row.by.as_deref()),
            ];
            cells.into_iter().take(columns).collect()
        })
        .collect();
    table(headers.get(..columns).unwrap_or(&headers), &cells, width)
}

/// Columns in which every cell has room.
const ROOM_FOR_ALL: usize = 110;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(run: &str, outcome: Option<Outcome>, next: Option<&str>) -> Row {
        Row {
            kind: "run",
            run: run.to_owned(),
            mode: Some(Mode::Live),
            cluster: Some("shop-prod".to_owned()),
            typed: Some("17 minutes ago".to_owned()),
            requested: Some("2026-11-20T02:14:05Z".to_owned()),
            phase: "settled".to_owned(),
            outcome,
            by: Some("ciara@bastion".to_owned()),
            still_paused: next.map(|_| "shop".to_owned()).into_iter().collect(),
            next: next.map(str::to_owned),
        }
    }

    #[test]
    fn what_is_not_finished_stands_first_with_its_command_alone_on_a_line() {
        let rows = [
            row(
                "20261120-023108-3f9a1c",
                Some(Outcome::VerificationFailed),
                Some("backtrackctl recover 20261120-023108-3f9a1c"),
            ),
            row("20261119-101500-0000cd", Some(Outcome::Completed), None),
        ];
        let text = format!("{}\n{}", unfinished(&rows).join("\n"), text(&rows, 80));
        insta::assert_snapshot!(text, @r#"
        NOT FINISHED: 20261120-023108-3f9a1c of shop-prod, verification failed
        STILL PAUSED: shop
        backtrackctl recover 20261120-023108-3f9a1c

        +------------------------+---------------+----------------------+-----------+
        | run                    | how it stands | target               | cluster   |
        +===========================================================================+
        | 20261120-023108-3f9a1c | verification  | 2026-11-20 02:14:05Z | shop-prod |
        |                        | failed        |                      |           |
        | 20261119-101500-0000cd | completed     | 2026-11-20 02:14:05Z | shop-prod |
        +------------------------+---------------+----------------------+-----------+
        "#);
    }
}
