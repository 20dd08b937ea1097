//! The last line of a process: what happened, what was touched, what to type next.

use chrono::{DateTime, Utc};

use crate::domain::notice::OutcomeNotice;
use crate::domain::outcome::Outcome;
use crate::domain::run::{Footing, Run, SettledHop, State};
use crate::domain::target::{Direction, floor_second, wire};

/// What later commands can do with a run once this process has left. The text is the options that find its journal,
/// empty for the usual place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Later {
    /// Continue it, and move its cluster on.
    Continue(String),
    /// Read its journal: its lab goes with this process.
    Read(String),
}

impl Later {
    /// The options that find the journal.
    pub fn options(&self) -> &str {
        match self {
            Self::Continue(options) | Self::Read(options) => options,
        }
    }
}

/// Builds it from the run as it stands.
pub fn outcome_notice(run: &Run, outcome: Outcome, message: &str, later: &Later) -> OutcomeNotice {
    let record = run.record();
    let effective = record.and_then(|record| record.to);
    let backtracked_from = record.and_then(|record| record.from);
    OutcomeNotice {
        outcome,
        exit: outcome.exit(),
        cluster: run.plan().cluster.clone(),
        backtrack_id: record.map(|record| record.id.clone()),
        requested: run.requested(),
        effective,
        backtracked_from,
        left: left(run),
        discarded_s: effective
            .zip(backtracked_from)
            .map(|(to, from)| (floor_second(from) - to).num_seconds()),
        direction: run.direction(),
        data_touched: run.data_touched(),
        // While nothing can be read, nobody knows what AWS does.
        under_way: matches!(run.state(), State::Applying { .. }) && !run.is_blind(),
        still_paused: run.still_paused(),
        copy_failed: false,
        left_behind: match later {
            Later::Continue(_) => run.left_behind(),
            // It goes with the lab.
            Later::Read(_) => Vec::new(),
        },
        message: message.to_owned(),
        next: next_steps(run, outcome, later),
    }
}

/// What the data showed before the last hop. For a way forward that is what the hop before it showed, and not the
/// record's `BacktrackedFrom`, which is a time of day.
fn left(run: &Run) -> Option<DateTime<Utc>> {
    let (last, before) = run.hops().split_last()?;
    match (last.direction, run.footing()) {
        (Direction::Rewind, _) => last.record.from,
        (Direction::Forward, Footing::Closed(_)) => None,
        (
            Direction::Forward,
            Footing::Fresh | Footing::Held | Footing::Unresolved(..) | Footing::Failed(_),
        ) => before.last().map(SettledHop::shows),
    }
}

/// What to type next.
fn next_steps(run: &Run, outcome: Outcome, later: &Later) -> Vec<String> {
    let id = &run.plan().run;
    let again = later.options();
    let recover = |options: &str, why: &str| format!("backtrackctl recover {id}{again}{options}{why}");
    let report = format!("backtrackctl report {id}{again} --format md");
    if let Later::Read(_) = later {
        return vec![report];
    }
    let forward = way_back(run, again);
    match outcome {
        Outcome::Completed => std::iter::once(report).chain(forward).collect(),
        Outcome::Rehearsed => vec!["the same command without --dry-run is the run itself".to_owned()],
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted if run.is_finished() => {
            std::iter::once(report).chain(forward).collect()
        }
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted | Outcome::Held => {
            let accept = recover("", "    # verify again, accept, resume");
            std::iter::once(accept).chain(forward).collect()
        }
        Outcome::Failed => vec![
            recover(" --resend", "    # try again, confirmed anew"),
            recover(" --reason TEXT", "    # give up, and resume on the data as it is"),
        ],
        // What AWS lists may be ours: then nothing is sent again, and nobody is told to.
        Outcome::Unresolved if run.shows_a_trace() => vec![recover("", "    # and say whose it is")],
        Outcome::Unresolved => vec![
            recover("", ""),
            recover(
                " --resend",
                "    # only if AWS shows nothing: a new attempt, confirmed anew",
            ),
        ],
        Outcome::VerificationFailed => std::iter::once(recover("", "    # verify again, or choose"))
            .chain(forward)
            .collect(),
        Outcome::Detached | Outcome::ResumeIncomplete => vec![recover("", "")],
        Outcome::JournalDamaged => vec![format!("backtrackctl journal verify {id}{again}")],
    }
}

/// The command that returns to the origin, where the cluster is not there already.
fn way_back(run: &Run, again: &str) -> Option<String> {
    let origin = run.origin()?;
    if run.shows() == Some(origin) {
        return None;
    }
    // Once the application was opened, what it wrote since must be acknowledged.
    let reason = if run.reopened() { " --reason TEXT" } else { "" };
    let id = &run.plan().run;
    Some(format!(
        "backtrackctl forward {id}{again} --to origin{reason}    # back to {}",
        wire(origin)
    ))
}
