//! What the journals of past runs tell a fleet: how long recovery took, and how late damage was seen.

use crate::cli::args::Global;
use crate::cli::desk;
use crate::cli::failure::Failure;
use crate::cli::logbook::{Trail, chain, replay};
use crate::domain::mode::Mode;
use crate::domain::posture::fleet::{Past, PastRun, Whose};
use crate::domain::run::Run;
use crate::journal::{Listed, Shelf};
use crate::report::Figures;

/// Reads them all. Where there is no journal there is no past; where they cannot be listed, nothing is known of it, and the
/// fleet is none the less.
pub fn past(global: &Global) -> Result<Past, Failure> {
    let archive = desk::archive(global)?;
    let mut past = Past::default();
    let listed = match archive.list(Shelf::Runs) {
        Ok(listed) => listed,
        Err(error) => {
            past.unlisted = Some(chain(&error));
            return Ok(past);
        }
    };
    for entry in listed {
        let id = match entry {
            Listed::Run(id) => id,
            Listed::Foreign { name, .. } => {
                past.unreadable.push(name);
                continue;
            }
        };
        let folded = archive.ledger(Shelf::Runs, &id).ok();
        match folded.and_then(|ledger| replay(&ledger).ok()) {
            Some((run, events)) => note(&mut past, &run, &events),
            None => past.unreadable.push(id.to_string()),
        }
    }
    Ok(past)
}

/// An incident begins with its first pause or request, whether or not it has ended and data was moved: it costs all the same.
/// A drill counts once it has moved data and ended. A run that was refused before either cost nothing and tells nothing.
fn note(past: &mut Past, run: &Run, events: &Trail) {
    let figures = Figures::of(events);
    let drill = run.plan().mode != Mode::Live;
    let recovered = run.is_finished() && run.data_touched() == Some(true);
    // A run that went out has learnt who its cluster is.
    if let (Some(who), Some(taken)) = (run.identity().filter(|_| !drill), &figures.taken) {
        let whose = Whose::new(Some(&who.account), &who.region, &taken.cluster);
        past.note(whose, taken.intended_at);
    }
    let incident = !drill && (figures.stopped || run.data_touched() != Some(false));
    if incident || drill && recovered {
        past.runs.push(PastRun {
            drill,
            recovered,
            // What has not ended may last longer yet.
            outage_s: figures.outage_s.filter(|_| run.is_finished()),
            lay_back_s: figures.lay_back_s,
        });
    }
}
