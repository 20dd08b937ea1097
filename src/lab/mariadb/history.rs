//! Which state the storage showed at which instant, and what an instant means after a rewind.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::moment::Moment;
use super::super::scenario::AfterNewWrites;
use super::manifest::Manifest;
use super::receipts::Mark;

/// The storage at one instant.
#[derive(Debug)]
pub(super) struct State {
    pub(super) manifest: Manifest,
    pub(super) receipts: Mark,
}

/// From `at` on the storage showed `state`.
#[derive(Clone, Debug)]
struct Entry {
    at: Moment,
    state: Arc<State>,
}

#[derive(Debug)]
struct Hop {
    /// The last instant of the history left behind.
    at: Moment,
    to: Moment,
    landed: Entry,
    wrote: bool,
}

/// The instants of one cluster that can be gone to.
#[derive(Debug)]
pub(super) struct History {
    rule: AfterNewWrites,
    entries: VecDeque<Entry>,
    hops: Vec<Hop>,
}

impl History {
    pub(super) fn new(rule: AfterNewWrites) -> Self {
        Self {
            rule,
            entries: VecDeque::new(),
            hops: Vec::new(),
        }
    }

    /// Adds a state; never before the last one. Returns the instant that it has.
    pub(super) fn add(&mut self, at: Moment, state: Arc<State>) -> Moment {
        let at = self.entries.back().map_or(at, |last| last.at.plus_ms(1).max(at));
        self.entries.push_back(Entry { at, state });
        at
    }

    /// The state that `to` means and the instant at which it was frozen; none where that is forgotten.
    pub(super) fn resolve(&self, to: Moment) -> Option<(Moment, Arc<State>)> {
        let entry = match self.rule {
            AfterNewWrites::OldHistory => self.shown_at(to),
            AfterNewWrites::KeptBranch => self.along_branch(to),
        };
        entry.map(|entry| (entry.at, Arc::clone(&entry.state)))
    }

    /// The last state that was kept.
    pub(super) fn latest(&self) -> Option<(Moment, Arc<State>)> {
        let last = self.entries.back();
        last.map(|entry| (entry.at, Arc::clone(&entry.state)))
    }

    fn shown_at(&self, at: Moment) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.at <= at);
        after.checked_sub(1).and_then(|last| self.entries.get(last))
    }

    /// A branch with writes of its own hides the stretch that its rewind undid.
    fn along_branch(&self, to: Moment) -> Option<&Entry> {
        for hop in self.hops.iter().rev() {
            if to > hop.at {
                break;
            }
            if hop.wrote && to >= hop.to {
                return Some(&hop.landed);
            }
        }
        self.shown_at(to)
    }

    /// The storage was moved to what `to` meant; `at` still means what was left.
    pub(super) fn moved(&mut self, to: Moment, at: Moment, state: &Arc<State>) {
        let last = self.entries.back().map_or(at, |last| last.at.max(at));
        let landed = Entry {
            at: last.plus_ms(1),
            state: Arc::clone(state),
        };
        self.entries.push_back(landed.clone());
        self.hops.push(Hop {
            at: last,
            to,
            landed,
            wrote: false,
        });
    }

    /// Somebody wrote since the last move.
    pub(super) fn note_write(&mut self) {
        if let Some(hop) = self.hops.last_mut() {
            hop.wrote = true;
        }
    }

    /// Where the last move put the storage, while nobody wrote since.
    pub(super) fn standing_at(&self) -> Option<Moment> {
        self.hops.last().filter(|hop| !hop.wrote).map(|hop| hop.to)
    }

    /// The earliest instant that can be gone to.
    pub(super) fn earliest(&self) -> Option<Moment> {
        self.entries.front().map(|entry| entry.at)
    }

    /// Lets go of what no instant from `at` on means. True when anything went.
    pub(super) fn forget_before(&mut self, at: Moment) -> bool {
        let before = self.entries.len();
        while self.entries.get(1).is_some_and(|second| second.at <= at) {
            self.entries.pop_front();
        }
        self.entries.len() < before
    }

    /// Lets go of the oldest quarter.
    pub(super) fn forget_a_quarter(&mut self) {
        let some = (self.entries.len() / 4)
            .max(1)
            .min(self.entries.len().saturating_sub(1));
        self.entries.drain(..some);
    }

    /// Instants kept after `at`.
    pub(super) fn count_since(&self, at: Moment) -> usize {
        self.entries.len() - self.entries.partition_point(|entry| entry.at <= at)
    }

    /// Every state that can still be gone to.
    pub(super) fn states(&self) -> impl Iterator<Item = &State> {
        let landed = self.hops.iter().map(|hop| &hop.landed);
        self.entries
            .iter()
            .chain(landed)
            .map(|entry| entry.state.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::{AfterNewWrites, Arc, History, Manifest, Moment, State};

    fn at(s: i64) -> Moment {
        Moment::from_ms(1_700_000_000_000).plus_s(s)
    }

    fn state(number: u32) -> Arc<State> {
        Arc::new(State {
            manifest: Manifest::default(),
            receipts: Some(number),
        })
    }

    fn history(rule: AfterNewWrites) -> History {
        let mut history = History::new(rule);
        for number in 0..=10 {
            history.add(at(i64::from(number) * 10), state(number));
        }
        history
    }

    fn meant(history: &History, s: i64) -> Option<u32> {
        history.resolve(at(s)).and_then(|(_, state)| state.receipts)
    }

    #[test]
    fn an_instant_means_the_last_state_before_it() {
        let history = history(AfterNewWrites::OldHistory);
        assert_eq!(meant(&history, 40), Some(4));
        assert_eq!(meant(&history, 49), Some(4));
        assert_eq!(history.resolve(at(49)).unwrap().0, at(40));
        assert!(history.resolve(at(-1)).is_none());
        assert_eq!(history.earliest(), Some(at(0)));
    }

    #[test]
    fn after_new_writes_the_rule_says_what_forward_means() {
        for (rule, wanted) in [(AfterNewWrites::OldHistory, 8), (AfterNewWrites::KeptBranch, 5)] {
            let mut history = history(rule);
            let (_, landed) = history.resolve(at(50)).unwrap();
            history.moved(at(50), at(110), &landed);
            assert_eq!(history.standing_at(), Some(at(50)), "{rule:?}");
            assert_eq!(meant(&history, 80), Some(8), "nothing is written yet: {rule:?}");
            history.note_write();
            history.add(at(120), state(12));
            assert_eq!(history.standing_at(), None, "{rule:?}");
            assert_eq!(meant(&history, 80), Some(wanted), "{rule:?}");
            assert_eq!(
                meant(&history, 110).is_some_and(|it| it == 10),
                wanted == 8,
                "{rule:?}"
            );
            assert_eq!((meant(&history, 30), meant(&history, 125)), (Some(3), Some(12)));
        }
    }

    #[test]
    fn what_is_forgotten_cannot_be_gone_to() {
        let mut history = history(AfterNewWrites::OldHistory);
        assert!(history.forget_before(at(35)));
        assert!(!history.forget_before(at(35)));
        assert_eq!(meant(&history, 35), Some(3));
        assert_eq!(meant(&history, 29), None);
        history.forget_a_quarter();
        assert_eq!(history.earliest(), Some(at(50)));
        assert_eq!(history.count_since(at(80)), 2);
    }
}
