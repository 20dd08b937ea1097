//! `history`: the runs in the journal, newest first. Reads the disk alone.

use serde::Serialize;

use super::args::{Global, HistoryArgs, Output};
use super::desk;
use super::failure::Failure;
use super::logbook::replay;
use super::print;
use super::voice::style;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::domain::target::wire;
use crate::journal::{Archive, Listed, Shelf};
use crate::ui::table;

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
}

/// Shows them.
pub fn history(global: &Global, args: &HistoryArgs) -> Result<u8, Failure> {
    let rows = rows(&desk::archive(global)?, args.cluster.as_deref())?;
    match global.output {
        Output::Json => {
            for row in &rows {
                print::line(&serde_json::to_string(row).unwrap_or_default());
            }
        }
        Output::Text if rows.is_empty() => print::line("no runs"),
        Output::Text => print::words(&text(&rows, style(global, Mode::Live).width)),
    }
    Ok(0)
}

/// The runs on a cluster, or all, newest first. A run that nobody can read is listed as such.
pub fn rows(archive: &Archive, cluster: Option<&str>) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for shelf in [Shelf::Runs, Shelf::Rehearsals] {
        let listed = archive
            .list(shelf)
            .map_err(|error| Failure::unreadable(error.to_string()))?;
        for entry in listed {
            match entry {
                Listed::Run(id) => rows.push(row(archive, shelf, &id)),
                Listed::Foreign { name, why } => rows.push(unreadable(name, &why)),
            }
        }
    }
    rows.retain(|row| match (cluster, &row.cluster) {
        (Some(wanted), Some(of)) => of.eq_ignore_ascii_case(wanted),
        (Some(_) | None, _) => true,
    });
    rows.sort_by(|one, other| other.run.cmp(&one.run));
    Ok(rows)
}

fn row(archive: &Archive, shelf: Shelf, id: &RunId) -> Row {
    let folded = match archive.ledger(shelf, id) {
        Ok(ledger) => replay(&ledger)
            .map(|(run, _)| run)
            .map_err(|failure| failure.message),
        Err(error) => Err(error.to_string()),
    };
    match folded {
        Ok(run) => of(&run),
        Err(why) => unreadable(id.to_string(), &why),
    }
}

fn of(run: &Run) -> Row {
    let plan = run.plan();
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
    }
}

fn unreadable(run: String, why: &str) -> Row {
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
    }
}

/// The rows as a table.
pub fn text(rows: &[Row], width: usize) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let word = |word: Option<&str>| word.unwrap_or("-").to_owned();
            vec![
                row.run.clone(),
                word(row.mode.map(Mode::as_str)),
                word(row.cluster.as_deref()),
                word(row.requested.as_deref()),
                row.phase.clone(),
                word(row.outcome.map(Outcome::as_str)),
                word(row.by.as_deref()),
            ]
        })
        .collect();
    table(
        &["run", "mode", "cluster", "target", "phase", "outcome", "by"],
        &cells,
        width,
    )
}
