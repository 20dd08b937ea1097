//! The application's items: what was paused, what is open again.

use super::state::{Run, State};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::Done;
use crate::domain::runbook::PauseItem;

/// One item of the application.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemState {
    /// Never touched, or seen to be open again.
    Open,
    /// The step that stops it was intended: it may have run.
    Pausing,
    /// The step ran; not looked at yet.
    Stopped,
    /// Stopped, and seen to be.
    Paused,
    /// The step that opens it was intended: it may have run.
    Resuming,
    /// The step ran; not looked at yet.
    Opened,
    /// Could not be opened; tried again by the next process.
    Stuck {
        /// What was seen.
        how: String,
    },
}

impl Run {
    /// The next step that stops the application; none when every item is stopped and was seen to be.
    pub(super) fn next_pause(&self) -> Option<Effect> {
        self.items
            .iter()
            .enumerate()
            .filter(|(item, _)| !self.leaves_out(*item))
            .find_map(|(item, state)| match state {
                ItemState::Paused => None,
                ItemState::Stopped => Some(Effect::Check {
                    item,
                    way: Way::Pause,
                }),
                ItemState::Open
                | ItemState::Pausing
                | ItemState::Resuming
                | ItemState::Opened
                | ItemState::Stuck { .. } => Some(Effect::Step {
                    item,
                    way: Way::Pause,
                }),
            })
    }

    /// What this hop pauses: the runbook's items, of which a safety copy is the last.
    pub fn to_pause(&self) -> &[PauseItem] {
        match self.plan.runbook.pause.as_slice() {
            [rest @ .., last] if self.attempt.without_copy && last.copy().is_some() => rest,
            all => all,
        }
    }

    /// True for a safety copy that the order of the hop under way leaves out.
    fn leaves_out(&self, item: usize) -> bool {
        let items = &self.plan.runbook.pause;
        self.attempt.without_copy && items.get(item).is_some_and(|item| item.copy().is_some())
    }

    /// The next step that opens it again, last paused first; none when nothing more can be tried.
    pub(super) fn next_resume(&self) -> Option<Effect> {
        self.items
            .iter()
            .enumerate()
            .rev()
            .find_map(|(item, state)| match state {
                ItemState::Open | ItemState::Stuck { .. } => None,
                ItemState::Opened => Some(Effect::Check {
                    item,
                    way: Way::Resume,
                }),
                ItemState::Pausing | ItemState::Stopped | ItemState::Paused | ItemState::Resuming => {
                    Some(Effect::Step {
                        item,
                        way: Way::Resume,
                    })
                }
            })
    }

    /// Names of what is not known to be open, of all that there is to open again.
    pub fn still_paused(&self) -> Vec<String> {
        self.plan
            .runbook
            .pause
            .iter()
            .zip(&self.items)
            .filter(|(item, state)| item.reopens() && **state != ItemState::Open)
            .map(|(item, _)| item.name.clone())
            .collect()
    }

    /// Items that could not be opened are tried again by the process that takes the run up.
    pub(super) fn unstick(&mut self) {
        for state in &mut self.items {
            if matches!(state, ItemState::Stuck { .. }) {
                *state = ItemState::Resuming;
            }
        }
    }

    /// An item's step was intended: it counts as begun, whatever becomes of the process. Opening is legal only where the
    /// data was accepted or no request stands, stopping only where the operator agreed to it.
    pub(super) fn step_intended(&mut self, item: usize, way: Way) -> bool {
        let due = match way {
            Way::Pause => matches!(
                self.state,
                State::Preflight {
                    clear: true,
                    agreed: true
                }
            ),
            Way::Resume => matches!(
                self.state,
                State::Leaving { .. } | State::Verified { accepted: true, .. }
            ),
        };
        let begun = match way {
            Way::Pause => ItemState::Pausing,
            Way::Resume => ItemState::Resuming,
        };
        let legal = due && self.mark(item, begun);
        if legal && way == Way::Pause {
            self.copy_begun(item);
        }
        legal
    }

    /// A step ended.
    pub(super) fn step_done(&mut self, item: usize, way: Way, done: &Done) -> bool {
        let begun = match way {
            Way::Pause => ItemState::Pausing,
            Way::Resume => ItemState::Resuming,
        };
        if self.items.get(item) != Some(&begun) {
            return false;
        }
        if way == Way::Pause {
            self.copy_ended(item, done);
        }
        let checked = self
            .plan
            .runbook
            .pause
            .get(item)
            .is_some_and(|described| match way {
                Way::Pause => described.paused.is_some(),
                Way::Resume => described.resumed.is_some(),
            });
        let legal = match (way, done) {
            (Way::Pause, Done::Well { .. }) if checked => self.mark(item, ItemState::Stopped),
            (Way::Pause, Done::Well { .. }) => self.mark(item, ItemState::Paused),
            (Way::Resume, Done::Well { .. }) if checked => self.mark(item, ItemState::Opened),
            (Way::Resume, Done::Well { .. }) => self.mark(item, ItemState::Open),
            (way, done) => self.item_failed(item, way, done),
        };
        self.inventory_changed();
        legal
    }

    /// An item was looked at.
    pub(super) fn item_checked(&mut self, item: usize, way: Way, done: &Done) -> bool {
        let ran = match way {
            Way::Pause => ItemState::Stopped,
            Way::Resume => ItemState::Opened,
        };
        if self.items.get(item) != Some(&ran) {
            return false;
        }
        let legal = match (way, done) {
            (Way::Pause, Done::Well { .. }) => self.mark(item, ItemState::Paused),
            (Way::Resume, Done::Well { .. }) => self.mark(item, ItemState::Open),
            (way, done) => self.item_failed(item, way, done),
        };
        self.inventory_changed();
        legal
    }

    fn item_failed(&mut self, item: usize, way: Way, done: &Done) -> bool {
        let how = match done {
            Done::Well { how } | Done::Badly { how } | Done::Unbegun { how } => how.clone(),
            Done::Nobody => "it needs a person, and there is none".to_owned(),
        };
        match way {
            // Whether it is stopped is not known: it stays in the inventory and is opened again.
            Way::Pause => {
                let described = self.plan.runbook.pause.get(item);
                let name = described.map_or("", |described| described.name.as_str());
                let verb = match described.and_then(PauseItem::copy) {
                    Some(_) => "taken",
                    None => "paused",
                };
                let message = format!("`{name}` could not be {verb}: {how}");
                self.abandon(crate::domain::outcome::Outcome::Refused, message);
                true
            }
            Way::Resume => self.mark(item, ItemState::Stuck { how }),
        }
    }

    /// False where the runbook has no such item.
    fn mark(&mut self, item: usize, to: ItemState) -> bool {
        let Some(state) = self.items.get_mut(item) else {
            return false;
        };
        *state = to;
        true
    }

    /// Moves on when the last item is stopped, or the last one is open.
    pub(super) fn inventory_changed(&mut self) {
        match &self.state {
            State::Preflight { agreed: true, .. } if self.next_pause().is_none() => {
                self.state = State::Paused;
            }
            State::Verified { accepted: true, .. }
                if self.items.iter().all(|item| *item == ItemState::Open) =>
            {
                self.reopened = true;
                self.state = State::Resumed;
            }
            State::Preflight { .. }
            | State::Paused
            | State::Validated { .. }
            | State::Approved { .. }
            | State::Requested { .. }
            | State::Unresolved { .. }
            | State::Applying { .. }
            | State::Settled { .. }
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => {}
        }
    }
}
