//! What the journals of earlier runs tell a new process of one: read and folded once, with the cluster's lock held.

use super::estimate::{copies, durations, median};
use super::failure::Failure;
use super::holds::{Holding, Trust, Wanted, may_be_on, same_cluster};
use super::logbook::{as_far_as, replay};
use crate::domain::mode::Mode;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::domain::safety_copy::CopyPlan;
use crate::journal::{Archive, Listed, Shelf};

/// The other runs in the journal, as far as one run has to know of them.
pub struct Past {
    /// Unfinished runs on its cluster. One whose journal is damaged counts: what it did is not known.
    pub holding: Vec<Holding>,
    /// Median seconds from a request to the cluster being back, over runs of its cluster in its mode; for a rehearsal, in
    /// that of the run that it rehearses.
    pub usual_s: Option<i64>,
    /// Safety copies that those runs took: what, and in how many seconds.
    copies: Vec<(CopyPlan, i64)>,
}

impl Past {
    /// Reads every journal. What holds the cluster stays true for as long as its lock is held; `except` is the run that is
    /// to have it, and does not hold it from itself. What that run took before tells as much of lengths as any other.
    pub fn read(archive: &Archive, wanted: &Wanted<'_>, mode: Mode, except: &RunId) -> Result<Self, Failure> {
        let listed = archive
            .list(Shelf::Runs)
            .map_err(|error| Failure::refused(format!("the runs could not be listed: {error}")))?;
        let (mut holding, mut seconds, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        // A rehearsal is of the run that would be: a rehearsal itself takes no time that could be learned from.
        let mode = match (mode, &wanted.access.lab) {
            (Mode::Rehearsal, Some(_)) => Mode::Drill,
            (Mode::Rehearsal, None) => Mode::Live,
            (mode @ (Mode::Live | Mode::Drill), _) => mode,
        };
        for entry in listed {
            let (run, foreign) = match entry {
                Listed::Run(run) => (run, false),
                // Under a run's name, a link may lead to a run.
                Listed::Foreign { name, .. } => match name.parse() {
                    Ok(run) => (run, true),
                    Err(_) => continue,
                },
            };
            let ledger = archive.ledger(Shelf::Runs, &run).ok();
            let folded = ledger.and_then(|ledger| replay(&ledger).ok());
            if let (false, Some((past, events))) = (foreign, &folded)
                && past.plan().cluster == wanted.cluster
                && past.plan().mode == mode
            {
                seconds.extend(durations(events));
                taken.extend(copies(&past.plan().runbook, events));
            }
            if run == *except {
                continue;
            }
            let folded = folded.map(|(past, _)| past);
            holding.extend(held(archive, wanted, run, foreign, folded));
        }
        Ok(Self {
            holding,
            usual_s: median(seconds),
            copies: taken,
        })
    }

    /// Median seconds that a copy of this kind took, with an instance or without.
    pub fn copy_usual_s(&self, wanted: &CopyPlan) -> Option<i64> {
        let alike = |plan: &CopyPlan| {
            (plan.kind, plan.instance.is_some()) == (wanted.kind, wanted.instance.is_some())
        };
        let taken = self.copies.iter().filter(|(plan, _)| alike(plan));
        median(taken.map(|(_, seconds)| *seconds).collect())
    }
}

/// Whether a run holds the cluster, and how. `folded` is the run where its whole journal can be trusted.
fn held(
    archive: &Archive,
    wanted: &Wanted<'_>,
    run: RunId,
    foreign: bool,
    folded: Option<Run>,
) -> Option<Holding> {
    let damaged = folded.is_none();
    let state = match (foreign, damaged) {
        (true, _) => Trust::Foreign,
        (false, true) => Trust::Damaged,
        (false, false) => Trust::Whole,
    };
    let past = folded.or_else(|| as_far_as(&archive.proven(Shelf::Runs, &run)));
    let holds = match &past {
        Some(past) => (damaged || !past.is_finished()) && same_cluster(past, wanted),
        None => may_be_on(archive, &run, wanted.cluster),
    };
    let how = match (state, &past) {
        (Trust::Whole, Some(past)) => past.phase().as_str().to_owned(),
        (Trust::Foreign, _) => "no folder of this program: what it did is not known".to_owned(),
        (Trust::Whole | Trust::Damaged, _) => "its journal is damaged: what it did is not known".to_owned(),
    };
    holds.then_some(Holding { run, how, state })
}
