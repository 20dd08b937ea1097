//! The last line of a process: what happened, what was touched, what to type next.

use crate::domain::notice::OutcomeNotice;
use crate::domain::outcome::Outcome;
use crate::domain::run::Run;
use crate::domain::target::{floor_second, wire};

/// Builds it from the run as it stands.
pub fn outcome_notice(run: &Run, outcome: Outcome, message: &str) -> OutcomeNotice {
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
        discarded_s: effective
            .zip(backtracked_from)
            .map(|(to, from)| (floor_second(from) - to).num_seconds()),
        direction: run.direction(),
        data_touched: run.data_touched(),
        still_paused: run.still_paused(),
        message: message.to_owned(),
        next: next_steps(run, outcome),
    }
}

fn next_steps(run: &Run, outcome: Outcome) -> Vec<String> {
    let id = run.plan().run.to_string();
    let recover = format!("backtrackctl recover {id}");
    let report = format!("backtrackctl report {id} --format md");
    let forward = run.origin().map(|origin| {
        format!(
            "backtrackctl forward {id} --to origin    # back to {}",
            wire(origin)
        )
    });
    match outcome {
        Outcome::Completed => std::iter::once(report).chain(forward).collect(),
        Outcome::Rehearsed => vec!["the same command without --dry-run is the run itself".to_owned()],
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted => vec![report],
        Outcome::Held => std::iter::once(format!("{recover}    # verify again, accept, resume"))
            .chain(forward)
            .collect(),
        Outcome::Failed => vec![
            format!("{recover} --resend    # try again, confirmed anew"),
            format!("{recover} --reason TEXT    # give up, and resume on the data as it is"),
        ],
        Outcome::Unresolved => vec![
            recover.clone(),
            format!("{recover} --resend    # only if AWS shows nothing: a new attempt, confirmed anew"),
        ],
        Outcome::VerificationFailed => std::iter::once(format!("{recover}    # verify again, or choose"))
            .chain(forward)
            .collect(),
        Outcome::Detached | Outcome::ResumeIncomplete => vec![recover],
        Outcome::JournalDamaged => vec![format!("backtrackctl journal verify {id}")],
    }
}
