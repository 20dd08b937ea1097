//! How long a backtrack usually takes, from recorded runs; nothing is guessed.

use super::logbook::Trail;
use crate::domain::effect::Effect;
use crate::domain::event::Event;

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
