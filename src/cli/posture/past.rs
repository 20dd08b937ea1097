//! What the journals of past runs tell a fleet: how long recovery took, and how late damage was seen.

use crate::cli::args::Global;
use crate::cli::desk;
use crate::cli::failure::Failure;
use crate::cli::logbook::{Trail, replay};
use crate::domain::effect::Effect;
use crate::domain::event::Event;
use crate::domain::mode::Mode;
use crate::domain::posture::fleet::{Past, PastRun, Whose};
use crate::domain::run::Run;
use crate::journal::{Listed, Shelf};
use crate::report::outage_s;

/// Reads them all. Where there is no journal there is no past.
pub fn past(global: &Global) -> Result<Past, Failure> {
    let archive = desk::archive(global)?;
    let listed = archive
        .list(Shelf::Runs)
        .map_err(|error| Failure::unreadable(format!("the runs could not be listed: {error}")))?;
    let mut past = Past::default();
    for entry in listed {
        let Listed::Run(id) = entry else {
            past.unreadable += 1;
            continue;
        };
        let folded = archive.ledger(Shelf::Runs, &id).ok();
        match folded.and_then(|ledger| replay(&ledger).ok()) {
            Some((run, events)) => note(&mut past, &run, &events),
            None => past.unreadable += 1,
        }
    }
    Ok(past)
}

/// A finished run that moved data counts; one that was refused cost nothing and tells nothing.
fn note(past: &mut Past, run: &Run, events: &Trail) {
    let sent = events.iter().filter_map(|(_, event)| {
        if let Event::Intended(Effect::Send(intent)) = event {
            Some(intent)
        } else {
            None
        }
    });
    let intents: Vec<_> = sent.collect();
    let (Some(first), Some(last)) = (intents.first(), intents.last()) else {
        return;
    };
    let drill = run.plan().mode != Mode::Live;
    if !run.is_finished() || run.data_touched() != Some(true) {
        return;
    }
    // A run that went out has learnt who its cluster is.
    if let Some(who) = run.identity().filter(|_| !drill) {
        let whose = Whose::new(Some(&who.account), &who.region, &last.cluster);
        past.note(whose, last.intended_at);
    }
    past.runs.push(PastRun {
        drill,
        outage_s: outage_s(events),
        lay_back_s: Some((run.plan().typed_at - first.to).num_seconds().max(0)),
    });
}
