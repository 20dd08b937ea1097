//! How long a backtrack usually takes, from recorded runs; nothing is guessed.

use crate::domain::effect::Effect;
use crate::domain::event::Event;
use crate::domain::plan::Plan;
use crate::journal::{Archive, Listed, Shelf};

use super::logbook::events;

/// Median seconds from the request to the cluster being back, over recorded runs of this cluster in this mode.
pub fn usual_duration(archive: &Archive, plan: &Plan) -> Option<i64> {
    let mut seconds: Vec<i64> = archive
        .list(Shelf::Runs)
        .ok()?
        .into_iter()
        .filter_map(|listed| match listed {
            Listed::Run(run) if run != plan.run => archive.ledger(Shelf::Runs, &run).ok(),
            Listed::Run(_) | Listed::Foreign { .. } => None,
        })
        .filter_map(|ledger| events(&ledger).ok())
        .filter(|events| match events.first() {
            Some((_, Event::Opened(past))) => past.cluster == plan.cluster && past.mode == plan.mode,
            Some(_) | None => false,
        })
        .flat_map(|events| durations(&events))
        .collect();
    seconds.sort_unstable();
    seconds.get(seconds.len() / 2).copied()
}

/// Seconds from each request to the verification that followed it.
fn durations(events: &[(chrono::DateTime<chrono::Utc>, Event)]) -> Vec<i64> {
    let (mut sent, mut back) = (None, None);
    let mut durations = Vec::new();
    for (at, event) in events {
        if matches!(event, Event::Intended(Effect::Send(_))) {
            sent = Some(*at);
        } else if matches!(event, Event::Glanced { .. }) {
            back = Some(*at);
        } else if matches!(event, Event::Verified(_)) {
            durations.extend(sent.zip(back).map(|(sent, back)| (back - sent).num_seconds()));
            (sent, back) = (None, None);
        } else if matches!(event, Event::Attached(_)) {
            // Another process waited in between: its length is not the backtrack's.
            (sent, back) = (None, None);
        }
    }
    durations
}
