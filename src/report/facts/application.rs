//! The inventory of the application: each item, when and how it was stopped, when and how it was opened again.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::step::{check_means, seen, step_means};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::Event;
use crate::domain::run::{ItemState, Run};
use crate::report::moment::Moment;

/// One item of the runbook's inventory.
#[derive(Serialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// `open`, `pausing`, `stopped`, `paused`, `resuming`, `opened` or `stuck`; `nothing_to_open` for what ended
    /// for good.
    pub state: &'static str,
    /// What that means now.
    pub now: String,
    /// Each time that it was stopped, oldest first; empty where it never was.
    pub turns: Vec<Turn>,
}

/// One stop of one item, and its opening.
#[derive(Default, Serialize)]
pub struct Turn {
    /// When its pause was first intended: from then on it may have been stopped.
    pub pause_intended: Option<DateTime<Utc>>,
    /// When it was known to be stopped.
    pub paused: Option<DateTime<Utc>>,
    /// What was done and seen, in order.
    pub paused_how: Vec<String>,
    /// When its opening was first intended.
    pub resume_intended: Option<DateTime<Utc>>,
    /// When it was known to be open again.
    pub resumed: Option<DateTime<Utc>>,
    /// What was done and seen, in order.
    pub resumed_how: Vec<String>,
}

/// Every item, in the runbook's order.
pub fn items(run: &Run, moments: &[Moment<'_>]) -> Vec<Item> {
    let mut items: Vec<Item> = run
        .plan()
        .runbook
        .pause
        .iter()
        .zip(run.items())
        .map(|(described, state)| {
            let (state, now) = if described.reopens() {
                now(state)
            } else {
                ("nothing_to_open", "nothing to open again".to_owned())
            };
            Item {
                name: described.name.clone(),
                state,
                now,
                turns: Vec::new(),
            }
        })
        .collect();
    for moment in moments {
        let Some((index, way, what)) = touch(moment) else {
            continue;
        };
        if let Some(item) = items.get_mut(index) {
            item.touched(moment, index, way, what);
        }
    }
    for (item, described) in items.iter_mut().zip(&run.plan().runbook.pause) {
        if !described.reopens() {
            item.turns.iter_mut().for_each(Turn::forget_opening);
        }
    }
    items
}

/// The item that an event touches, which way, and what was seen; none for the intent itself.
fn touch(moment: &Moment<'_>) -> Option<(usize, Way, Option<String>)> {
    if let Event::Intended(Effect::Step { item, way }) = moment.event {
        return Some((*item, *way, None));
    }
    if let Event::StepDone { item, way, done } = moment.event {
        let means = step_means(&moment.before, *item, *way);
        return Some((*item, *way, Some(format!("{means}: {}", seen(done)))));
    }
    if let Event::Checked { item, way, done } = moment.event {
        let means = check_means(&moment.before, *item, *way);
        return Some((*item, *way, Some(format!("seen by {means}: {}", seen(done)))));
    }
    None
}

impl Turn {
    /// The steps of a way back that is none are no steps to tell of.
    fn forget_opening(&mut self) {
        self.resume_intended = None;
        self.resumed = None;
        self.resumed_how.clear();
    }
}

impl Item {
    fn touched(&mut self, moment: &Moment<'_>, index: usize, way: Way, what: Option<String>) {
        let over = self.turns.last().is_none_or(|turn| turn.resumed.is_some());
        if over {
            self.turns.push(Turn::default());
        }
        let Some(turn) = self.turns.last_mut() else { return };
        let state = moment.after.items().get(index);
        let (intended, reached, how) = match way {
            Way::Pause => (&mut turn.pause_intended, &mut turn.paused, &mut turn.paused_how),
            Way::Resume => (
                &mut turn.resume_intended,
                &mut turn.resumed,
                &mut turn.resumed_how,
            ),
        };
        *intended = intended.or(Some(moment.at));
        how.extend(what);
        let arrived = match way {
            Way::Pause => state == Some(&ItemState::Paused),
            Way::Resume => state == Some(&ItemState::Open),
        };
        if arrived {
            *reached = Some(moment.at);
        }
    }
}

fn now(state: &ItemState) -> (&'static str, String) {
    match state {
        ItemState::Open => ("open", "open".to_owned()),
        ItemState::Pausing => ("pausing", "NOT KNOWN: its pause was begun".to_owned()),
        ItemState::Stopped => ("stopped", "STOPPED, and not looked at".to_owned()),
        ItemState::Paused => ("paused", "PAUSED".to_owned()),
        ItemState::Resuming => ("resuming", "NOT KNOWN: its opening was begun".to_owned()),
        ItemState::Opened => ("opened", "NOT KNOWN: opened, and not looked at".to_owned()),
        ItemState::Stuck { how } => ("stuck", format!("COULD NOT BE OPENED: {how}")),
    }
}
