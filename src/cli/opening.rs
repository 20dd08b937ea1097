//! Opening a run: what was typed becomes a plan, the cluster is taken, and the first record is durable.

use std::path::Path;

use crate::domain::event::Event;
use crate::domain::identity::Identity;
use crate::domain::mode::Mode;
use crate::domain::plan::Plan;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::domain::runbook::Runbook;
use crate::journal::{AppendError, BeginError, ClusterLock, Holder, LockError, Shelf, Store, Writer};
use crate::runbook;

use super::desk::Desk;
use super::failure::Failure;
use super::holds::{Wanted, lock_key, refusal, strangers};
use super::logbook::{chain, payload};
use super::past::Past;
use super::print;

/// A runbook, and where it came from.
pub struct Source {
    /// The runbook.
    pub runbook: Runbook,
    /// Its file; none for the built-in one.
    pub path: Option<String>,
    /// SHA-256 of its text.
    pub digest: String,
}

/// Reads a runbook, or the built-in one.
pub fn read_runbook(path: Option<&Path>) -> Result<Source, Failure> {
    let (text, name) = match path {
        None => (runbook::REWIND.to_owned(), "rewind.toml (built in)".to_owned()),
        Some(path) => {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::usage(format!("the runbook {name} could not be read: {error}")))?;
            (text, name)
        }
    };
    let runbook = runbook::parse(&text, &name).map_err(|faults| {
        Failure::usage("the runbook has faults")
            .details(faults.lines().lines())
            .next(format!("backtrackctl check {name}"))
    })?;
    let path = path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let runbook = match path.as_deref().and_then(Path::parent) {
        Some(folder) => runbook.rooted(folder),
        None => runbook,
    };
    Ok(Source {
        runbook,
        path: path.map(|path| path.display().to_string()),
        digest: runbook::digest(&text),
    })
}

/// A run that is open for writing, with the cluster held.
pub struct Opened {
    /// The run.
    pub run: Run,
    /// Its journal.
    pub writer: Writer,
    /// Held until dropped; a rehearsal holds nothing.
    pub lock: Option<ClusterLock>,
    /// The other runs.
    pub past: Past,
}

/// A fresh id for a run; its random part keeps two runs of one second apart.
pub fn new_id(desk: &Desk) -> RunId {
    let [.., high, middle, low] = *uuid::Uuid::new_v4().as_bytes();
    RunId::new(desk.clock.service(), u32::from_be_bytes([0, high, middle, low]))
}

/// Takes the cluster and makes the first record durable.
pub fn open(store: &Store, desk: &Desk, plan: Plan, identity: Option<&Identity>) -> Result<Opened, Failure> {
    let now = desk.clock.service();
    let holder = Holder::here(plan.run.clone(), plan.by.os_user.clone(), now);
    let rehearsal = plan.mode == Mode::Rehearsal;
    let wanted = Wanted {
        cluster: &plan.cluster,
        access: &desk.access,
        identity,
    };
    let (lock, past) = if rehearsal {
        (None, Past::read(store.archive(), &wanted, plan.mode, &plan.run)?)
    } else {
        let (lock, past) = take(store, &wanted, plan.mode, &holder)?;
        (Some(lock), past)
    };
    let shelf = if rehearsal { Shelf::Rehearsals } else { Shelf::Runs };
    let first = payload(&Event::Opened(Box::new(plan.clone()))).map_err(Failure::bug)?;
    let writer = store
        .begin(shelf, &holder, now, &first)
        .map_err(|error| begin_failed(&error))?;
    Ok(Opened {
        run: Run::open(plan, now),
        writer,
        lock,
        past,
    })
}

fn take(
    store: &Store,
    wanted: &Wanted<'_>,
    mode: Mode,
    holder: &Holder,
) -> Result<(ClusterLock, Past), Failure> {
    let lock = hold(store, wanted, holder)?;
    // Looked for with the lock held, so that two new runs cannot both find nothing.
    let past = Past::read(store.archive(), wanted, mode, &holder.run)?;
    for stranger in strangers(store.archive()) {
        print::error(&format!(
            "warning: runs/ holds {stranger}: if it was a run, this program does not know of it"
        ));
    }
    if past.holding.is_empty() {
        Ok((lock, past))
    } else {
        Err(refusal(wanted, &past.holding))
    }
}

/// Locks the cluster for this process.
pub fn hold(store: &Store, wanted: &Wanted<'_>, holder: &Holder) -> Result<ClusterLock, Failure> {
    store
        .hold(&lock_key(wanted), holder)
        .map_err(|error| match error {
            LockError::Busy { holder: Some(other) } => Failure::held(format!(
                "`{}` is held by run {} of {} on {} (process {}), since {}",
                wanted.cluster,
                other.run,
                other.user,
                other.host,
                other.pid,
                other.since.to_rfc3339()
            ))
            .next(format!("backtrackctl report {}    # what it is doing", other.run))
            .next(take_over(&other.run)),
            LockError::Busy { holder: None } => {
                Failure::held(format!("`{}` is held by another process", wanted.cluster))
                    .next("backtrackctl history")
            }
            error @ LockError::Unavailable { .. } => {
                Failure::refused(format!("the cluster could not be locked: {error}"))
            }
        })
}

/// Locks the cluster for this process, whose run was taken over from the one that holds it.
pub fn take_cluster_over(
    store: &Store,
    wanted: &Wanted<'_>,
    holder: &Holder,
) -> Result<ClusterLock, Failure> {
    store
        .take_cluster_over(&lock_key(wanted), holder)
        .map_err(|error| Failure::refused(format!("the cluster could not be locked: {error}")))
}

/// The command that takes a run from a living process.
pub fn take_over(run: &RunId) -> String {
    format!(
        "backtrackctl recover {run} --take-over --reason TEXT    # if it hangs, or nobody is at it any more"
    )
}

fn begin_failed(error: &BeginError) -> Failure {
    let failure = Failure::refused(format!(
        "the run could not be begun in the journal: {}",
        chain(error)
    ));
    match error {
        // Nothing but the runbook and the reason can make the first record long.
        BeginError::Record(AppendError::Refused(_)) => {
            failure.next("shorten the runbook's texts, or --reason")
        }
        BeginError::Locked { .. } | BeginError::Exists(_) => failure.next("the same command again"),
        BeginError::Record(
            AppendError::Failed { .. } | AppendError::TakenOver { .. } | AppendError::Poisoned(_),
        )
        | BeginError::Folder { .. } => {
            failure.next("free the disk, or give another place with --journal DIR")
        }
    }
}
