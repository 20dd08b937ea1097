//! What the first lines say: which cluster, how it ended, what was touched.

use serde::Serialize;

use super::fate::Fate;
use super::hop::Hop;
use crate::domain::event::Event;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::run::{Next, Run};
use crate::report::moment::Moment;

/// The head of the report.
#[derive(Serialize)]
pub struct Headline {
    /// Cluster id.
    pub cluster: String,
    /// `DbClusterResourceId`.
    pub resource_id: Option<String>,
    /// Account id.
    pub account: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Live, rehearsal or drill.
    pub mode: Mode,
    /// The lab's URL, where the cluster is a lab's.
    pub lab: Option<String>,
    /// Name of the runbook.
    pub runbook: String,
    /// Where it was read; none for the built-in one.
    pub runbook_path: Option<String>,
    /// SHA-256 of its text.
    pub runbook_digest: String,
    /// How the run ended, or the last process that had it; none while no end is recorded.
    pub outcome: Option<Outcome>,
    /// What that means.
    pub meaning: &'static str,
    /// Why, in the words that the operator saw; none for a completed run.
    pub why: Option<String>,
    /// How the last process ended, where that is not how the run did: a `forward` that came to nothing leaves a finished
    /// run as it was.
    pub last: Option<LastEnd>,
    /// The exit code that goes with the outcome.
    pub exit: Option<u8>,
    /// Where the run is.
    pub phase: Phase,
    /// Names of what is not known to be open.
    pub still_paused: Vec<String>,
    /// Whether data was moved; none where that is not known.
    pub data_touched: Option<bool>,
}

/// How a process ended that left the run as it found it.
#[derive(Serialize)]
pub struct LastEnd {
    /// How.
    pub outcome: Outcome,
    /// Its exit code.
    pub exit: u8,
    /// Why, in the words that the operator saw.
    pub why: Option<String>,
}

impl Headline {
    pub fn of(run: &Run, moments: &[Moment<'_>], hops: &[Hop]) -> Self {
        let plan = run.plan();
        let identity = run.identity().or(plan.identity.as_ref());
        let outcome = run.closed_with().or(run.ended());
        Self {
            cluster: identity.map_or_else(|| plan.cluster.clone(), |identity| identity.cluster.clone()),
            resource_id: identity.map(|identity| identity.resource_id.clone()),
            account: identity.map(|identity| identity.account.clone()),
            region: identity
                .map(|identity| identity.region.clone())
                .or_else(|| plan.access.region.clone()),
            mode: plan.mode,
            lab: plan.access.lab.clone(),
            runbook: plan.runbook.name.clone(),
            runbook_path: plan.runbook_path.clone(),
            runbook_digest: plan.runbook_digest.clone(),
            outcome,
            meaning: outcome.map_or(NO_END, meaning),
            why: run
                .ended()
                .filter(|ended| Some(*ended) == outcome)
                .and_then(|ended| why(ended, moments)),
            last: run
                .ended()
                .filter(|ended| Some(*ended) != outcome)
                .map(|ended| LastEnd {
                    outcome: ended,
                    exit: ended.exit(),
                    why: why(ended, moments),
                }),
            exit: outcome.map(Outcome::exit),
            phase: run.phase(),
            still_paused: run.still_paused(),
            data_touched: data_touched(run, hops),
        }
    }
}

const NO_END: &str = "no end is recorded: a process has the run, or was cut off and `recover` continues it";

/// What an outcome means, without a word on data: whether that was moved is a fact of its own.
fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "moved and accepted, and the application is open again",
        Outcome::Rehearsed => {
            "everything was read for real and nothing blocks; nothing was paused, sent or changed"
        }
        Outcome::Refused => "a guard or AWS said no, or the run was given up",
        Outcome::Declined => "the operator said no",
        Outcome::Interrupted => "interrupted before a request",
        Outcome::Detached => "left while AWS works, or waiting for a person: `recover` continues it",
        Outcome::Held => "the application stays paused on purpose: `recover` continues it",
        Outcome::Failed => "AWS reports that the backtrack failed",
        Outcome::Unresolved => {
            "AWS may have accepted a request and nobody knows: `recover`, do not run again"
        }
        Outcome::VerificationFailed => "moved, and the data is not what was expected",
        Outcome::ResumeIncomplete => "something of the application could not be opened again",
        Outcome::JournalDamaged => "the journal cannot be trusted",
    }
}

/// The sentence with which the last process ended: the machine says it again, as it did then. A completed run always
/// has the same one, which says less than the report does.
fn why(ended: Outcome, moments: &[Moment<'_>]) -> Option<String> {
    if ended == Outcome::Completed {
        return None;
    }
    let last = moments
        .iter()
        .rev()
        .find(|moment| matches!(moment.event, Event::Ended { .. }))?;
    let Next::End(_, message) = last.before.next(last.at) else {
        return None;
    };
    Some(message)
}

/// The machine's answer, but never "no" where a request went out and nobody knows what it left: one without an answer
/// may still have been accepted, and what a failed backtrack leaves is not documented.
fn data_touched(run: &Run, hops: &[Hop]) -> Option<bool> {
    let open = hops
        .iter()
        .any(|hop| hop.fate.may_have_been_accepted() && hop.fate != Fate::Settled);
    run.data_touched().filter(|touched| *touched || !open)
}
