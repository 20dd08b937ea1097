//! The truth that the machine cannot see: what AWS accepted, what it lists, and what of the application runs.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::effect::{Effect, Intent, Way};
use crate::domain::fixture;

/// What became of a backtrack that AWS accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Active,
    Done,
    Failed,
}

/// One backtrack that AWS accepted: of this run, or a stranger's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backtrack {
    /// The hop whose request it is; none: a stranger's.
    pub hop: Option<u32>,
    /// The instant asked for.
    pub to: DateTime<Utc>,
    /// The record repeats the instant asked for; otherwise it tells another.
    pub echoes: bool,
    pub created: DateTime<Utc>,
    pub fate: Fate,
    /// AWS shows the record.
    pub listed: bool,
}

/// What was begun durably and has no result yet: here a process may die with the effect done or not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pending {
    Effect(Effect),
    /// `forward` has the run and its order is not written yet.
    Order,
}

/// What keeps a walk finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Hops of one run, resends among them.
    pub attempts: u32,
    /// A stranger's backtrack may come, once.
    pub stranger: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    pub bounds: Bounds,
    /// Which items of the application are really stopped.
    pub stopped: [bool; 2],
    /// In the order in which they were accepted.
    pub backtracks: Vec<Backtrack>,
    pub pending: Option<Pending>,
    /// The hop that was confirmed, until its process dies.
    pub confirmed: Option<u32>,
    /// AWS accepted so many requests since the last confirmation.
    pub accepted: u8,
    /// So many hops were begun on the last confirmation.
    pub begun: u8,
    /// So many hops that confirmation covers, in the words that the operator typed.
    pub covers: u32,
    /// When the run looked once more after the confirmation, or after the last definite refusal.
    pub looked: Option<DateTime<Utc>>,
    /// How many backtracks were listed when the receipt was drawn up.
    pub drawn: usize,
    /// The process that has the run sent again.
    pub resent: bool,
    /// Hops of requests that may have been accepted and were not answered for by an acceptance or an override.
    pub owed: Vec<u32>,
    /// A person gave a reason for going on.
    pub excused: bool,
}

impl World {
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            stopped: [false; 2],
            backtracks: Vec::new(),
            pending: None,
            confirmed: None,
            accepted: 0,
            begun: 0,
            covers: 1,
            looked: None,
            drawn: 0,
            resent: false,
            owed: Vec::new(),
            excused: false,
        }
    }

    pub fn is_open(&self) -> bool {
        self.stopped == [false; 2]
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped == [true; 2]
    }

    /// A backtrack is really under way.
    pub fn moves(&self) -> bool {
        self.backtracks
            .iter()
            .any(|backtrack| backtrack.fate == Fate::Active)
    }

    pub fn status(&self) -> &'static str {
        if self.moves() { "backtracking" } else { "available" }
    }

    pub fn id(index: usize) -> String {
        format!("bt-{index}")
    }

    pub fn record(&self, index: usize) -> BacktrackRecord {
        let backtrack = &self.backtracks[index];
        let to = if backtrack.echoes {
            backtrack.to
        } else {
            backtrack.to - TimeDelta::seconds(3)
        };
        let status = match backtrack.fate {
            Fate::Active => BacktrackStatus::Applying,
            Fate::Done => BacktrackStatus::Completed,
            Fate::Failed => BacktrackStatus::Failed,
        };
        fixture::record(&Self::id(index), to, backtrack.created, status)
    }

    /// What AWS lists.
    pub fn records(&self) -> Vec<BacktrackRecord> {
        let listed = self
            .backtracks
            .iter()
            .enumerate()
            .filter(|(_, backtrack)| backtrack.listed);
        listed.map(|(index, _)| self.record(index)).collect()
    }

    pub fn listed(&self) -> usize {
        self.backtracks
            .iter()
            .filter(|backtrack| backtrack.listed)
            .count()
    }

    /// AWS takes a request only while none is under way.
    pub fn accept(&self, intent: &Intent, now: DateTime<Utc>, echoes: bool, listed: bool) -> Option<Self> {
        if self.moves() {
            return None;
        }
        let mut after = self.clone();
        after.accepted += 1;
        let hop = Some(intent.hop);
        after.backtracks.push(Backtrack {
            hop,
            to: intent.to,
            echoes,
            created: now,
            fate: Fate::Active,
            listed,
        });
        Some(after)
    }

    /// A step of the runbook that did its work.
    pub fn stepped(&self, item: usize, way: Way) -> Self {
        let mut after = self.clone();
        after.stopped[item] = way == Way::Pause;
        after
    }

    /// Every world that a read may find: time went on, and AWS lists more than before.
    pub fn reads(&self) -> Vec<Self> {
        let mut found = vec![self.clone()];
        for index in 0..self.backtracks.len() {
            found = found.iter().flat_map(|world| world.advanced(index)).collect();
        }
        found
    }

    /// Somebody else asked for a backtrack: it is under way, or over already. One stranger is enough.
    pub fn with_stranger(&self, now: DateTime<Utc>) -> Vec<Self> {
        let known = self.backtracks.iter().any(|backtrack| backtrack.hop.is_none());
        if known || self.moves() || !self.bounds.stranger {
            return Vec::new();
        }
        let with = |fate: Fate| {
            let mut after = self.clone();
            let to = fixture::after(-3600);
            after.backtracks.push(Backtrack {
                hop: None,
                to,
                echoes: true,
                created: now,
                fate,
                listed: true,
            });
            after
        };
        vec![with(Fate::Active), with(Fate::Done)]
    }

    /// Every way in which one backtrack may go on.
    pub fn advanced(&self, index: usize) -> Vec<Self> {
        let backtrack = &self.backtracks[index];
        let ours = backtrack.hop.is_some();
        let ways: &[(Fate, bool)] = match (backtrack.fate, backtrack.listed) {
            (Fate::Active, true) if ours => &[(Fate::Active, true), (Fate::Done, true), (Fate::Failed, true)],
            (Fate::Active, true) => &[(Fate::Active, true), (Fate::Done, true)],
            (Fate::Active, false) => &[
                (Fate::Active, false),
                (Fate::Done, false),
                (Fate::Active, true),
                (Fate::Done, true),
                (Fate::Failed, true),
            ],
            (Fate::Done, false) => &[(Fate::Done, false), (Fate::Done, true)],
            (Fate::Done, true) => &[(Fate::Done, true)],
            (Fate::Failed, _) => &[(Fate::Failed, true)],
        };
        let with = |&(fate, listed): &(Fate, bool)| {
            let mut after = self.clone();
            after.backtracks[index].fate = fate;
            after.backtracks[index].listed = listed;
            after
        };
        ways.iter().map(with).collect()
    }
}
