//! Taking a run up again: its journal is found, read, locked and folded. Shared by `recover`, `forward` and readers.

use crate::domain::canary::Canary;
use crate::domain::debts::Aftermath;
use crate::domain::event::{Attached, Errand};
use crate::domain::identity::Identity;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::journal::{
    Archive, ClusterLock, Fenced, FindError, Holder, Ledger, LockError, ReadError, ResumeError, Shelf, Store,
    Writer,
};

use crate::ports::{ClusterReads as _, Look};

use super::args::Global;
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::aloud;
use super::holds::Wanted;
use super::logbook::{chain, replay};
use super::opening::{hold, read_runbook, take_cluster_over, take_over};
use super::past::Past;
use super::person;

/// Finds a run by its id or the beginning of it.
pub fn find(archive: &Archive, wanted: &str) -> Result<(Shelf, RunId), Failure> {
    archive.find(wanted).map_err(|error| {
        let text = error.to_string();
        match error {
            FindError::Unreadable(_) => Failure::refused(text),
            FindError::None { .. } | FindError::Several { .. } => Failure::usage(text),
        }
        .next("backtrackctl history shows the runs")
    })
}

/// Reads a run's journal without taking it.
pub fn ledger(archive: &Archive, shelf: Shelf, run: &RunId) -> Result<Ledger, Failure> {
    archive
        .ledger(shelf, run)
        .map_err(|error| unreadable(&error, run))
}

/// A journal that cannot be read, or cannot be trusted.
pub fn unreadable(error: &ReadError, run: &RunId) -> Failure {
    match error {
        ReadError::Damage { .. } => Failure::damaged(error.to_string())
            .next(format!("backtrackctl journal verify {run}"))
            .next("ask AWS what happened: aws rds describe-db-cluster-backtracks --db-cluster-identifier CLUSTER"),
        ReadError::Unreadable { .. } => Failure::refused(error.to_string()),
    }
}

/// A run that this process holds.
pub struct Taken {
    /// The run, folded.
    pub run: Run,
    /// What it left to be done so far.
    pub aftermath: Aftermath,
    /// Its journal.
    pub writer: Writer,
    /// The desk for its cluster.
    pub desk: Desk,
    /// Held until dropped.
    pub lock: ClusterLock,
    /// The other runs.
    pub past: Past,
    /// What the cluster looks like; none where it could not be read.
    pub look: Option<Look>,
    /// Who held the run, where it was taken over.
    pub from: Option<String>,
}

/// How a run is taken up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// Nobody may hold it.
    Free,
    /// Whoever holds it is fenced: `--take-over`.
    Over,
}

/// Locks the run and its cluster, and folds the journal.
pub async fn take(
    global: &Global,
    store: &Store,
    id: &RunId,
    before: &Plan,
    grip: Grip,
) -> Result<Taken, Failure> {
    let desk = Desk::sit(desk::access_again(global, &before.access)?, false).await?;
    // One read before anything is recorded: it tells the service's time, and whether this is the same cluster. Where it
    // fails the run goes on, and says so itself.
    let look = aloud(desk.reads.look(&before.cluster)).await.ok();
    let who = person::person(false);
    let holder = Holder::here(id.clone(), who.os_user, desk.clock.local());
    // Told apart before anybody is fenced.
    let (past, _) = replay(&self::ledger(store.archive(), Shelf::Runs, id)?)?;
    if let (Some(known), Some(look)) = (past.identity(), &look) {
        same_cluster(id, known, &look.identity)?;
    }
    let (ledger, writer, from) = match grip {
        Grip::Free => store
            .resume(&holder)
            .map(|(ledger, writer)| (ledger, writer, None)),
        Grip::Over => store.take_over(&holder).map(|taken| {
            let from = taken.from.map(|fenced| match fenced {
                Fenced::Named(other) => other.to_string(),
                Fenced::Unnamed => "a process that had not written its name".to_owned(),
            });
            (taken.ledger, taken.writer, from)
        }),
    }
    .map_err(|error| resume_failed(error, id))?;
    let (run, events) = replay(&ledger)?;
    let aftermath = Aftermath::of(&events);
    let identity = run.identity().cloned();
    let wanted = Wanted {
        cluster: &before.cluster,
        access: &desk.access,
        identity: identity.as_ref(),
    };
    let lock = match grip {
        Grip::Free => hold(store, &wanted, &holder)?,
        Grip::Over => take_cluster_over(store, &wanted, &holder)?,
    };
    let past = Past::read(store.archive(), &wanted, before.mode, id)?;
    let run = with_secrets(run)?;
    Ok(Taken {
        run,
        aftermath,
        writer,
        desk,
        lock,
        past,
        look,
        from,
    })
}

/// The same name in another account or after a restore is another cluster: nothing of it says what became of the run.
fn same_cluster(run: &RunId, known: &Identity, found: &Identity) -> Result<(), Failure> {
    if (&known.account, &known.resource_id) == (&found.account, &found.resource_id) {
        return Ok(());
    }
    Err(Failure::outcome(
        Outcome::Detached,
        format!(
            "run {run} is on {} of account {}; here `{}` is {} of account {}",
            known.resource_id, known.account, found.cluster, found.resource_id, found.account
        ),
    )
    .touched("nothing was done; the run stands as it was")
    .next("take the profile, Region and endpoint of the run, then recover again"))
}

/// The journal keeps no value of a runbook's environment: where there were any, the file is read again.
fn with_secrets(run: Run) -> Result<Run, Failure> {
    let plan = run.plan();
    if !plan.runbook.withheld() {
        return Ok(run);
    }
    let path = plan.runbook_path.clone().unwrap_or_default();
    let source = read_runbook(Some(std::path::Path::new(&path)))?;
    if source.digest != plan.runbook_digest {
        return Err(Failure::usage(format!(
            "the runbook {path} has changed since the run was opened, and its environment is not in the journal"
        ))
        .next(format!("put the file back as it was (SHA-256 {})", plan.runbook_digest)));
    }
    let mut runbook = if plan.without_copy {
        source.runbook.without_copy()
    } else {
        source.runbook
    };
    // What a located statement is looked for by stands in no file, as does a drill's canary.
    if let Some(located) = plan.located.as_ref().filter(|_| runbook.database.is_some()) {
        runbook.probes.extend(located.probes());
    }
    runbook
        .probes
        .extend(Canary::of_runbook(&plan.runbook).map(|canary| canary.probe()));
    Ok(run.with_runbook(runbook))
}

fn resume_failed(error: ResumeError, run: &RunId) -> Failure {
    let text = chain(&error);
    match error {
        ResumeError::Locked {
            source: LockError::Busy { .. },
            ..
        } => Failure::held(text)
            .next(format!("backtrackctl report {run}    # what it is doing"))
            .next(take_over(run)),
        ResumeError::Read(read) => unreadable(&read, run),
        ResumeError::Unknown { .. } => Failure::usage(text).next("backtrackctl history shows the runs"),
        ResumeError::Locked { .. } | ResumeError::Unwritable { .. } => Failure::refused(text),
    }
}

/// The event of this process taking the run up.
pub fn attached(errand: Errand, attended: bool, reason: Option<String>, from: Option<String>) -> Attached {
    Attached {
        from,
        errand,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        by: person::person(attended),
        attended,
        reason,
    }
}
