//! How long a backtrack and a safety copy usually take, from recorded runs; nothing is guessed.

use super::logbook::Trail;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Event};
use crate::domain::runbook::Runbook;
use crate::domain::safety_copy::CopyPlan;

/// The middle one.
pub fn median(mut seconds: Vec<i64>) -> Option<i64> {
    seconds.sort_unstable();
    seconds.get(seconds.len() / 2).copied()
}

/// Seconds from each request to the verification that followed it.
pub fn durations(events: &Trail) -> Vec<i64> {
    let (mut sent, mut back) = (None, None);
    let mut durations = Vec::new();
    for (at, event) in events {
        if matches!(event, Event::Intended(Effect::Send(_))) {
            sent = Some(*at);
        } else if matches!(event, Event::Glanced { .. }) {
            back = Some(*at);
        } else if matches!(event, Event::Verified(_) | Event::Tried(_)) {
            durations.extend(sent.zip(back).map(|(sent, back)| (back - sent).num_seconds()));
            (sent, back) = (None, None);
        } else if matches!(event, Event::Attached(_)) {
            // Another process waited in between: its length is not the backtrack's.
            (sent, back) = (None, None);
        }
    }
    durations
}

/// Each safety copy that one process of a run took to its end, and in how many seconds.
pub fn copies(runbook: &Runbook, events: &Trail) -> Vec<(CopyPlan, i64)> {
    let plan = |item: usize| runbook.pause.get(item)?.copy().cloned();
    let mut begun = None;
    let mut taken = Vec::new();
    for (at, event) in events {
        if let Event::Intended(Effect::Step {
            item,
            way: Way::Pause,
        }) = event
        {
            begun = plan(*item).map(|plan| (plan, *at));
        } else if matches!(event, Event::Attached(_)) {
            begun = None;
        } else if let Event::StepDone { done, .. } = event
            && let Some((plan, begun)) = begun.take()
            && matches!(done, Done::Well { .. })
        {
            taken.push((plan, (*at - begun).num_seconds()));
        }
    }
    taken
}
