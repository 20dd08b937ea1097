//! The best candidates, up to a number; the rest is only counted.

use super::candidate::Candidate;
use super::class::Class;
use super::facts::Session;
use super::query::Room;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A candidate with what is needed to settle it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The candidate.
    pub candidate: Candidate,
    /// Its connection.
    pub session: Session,
    /// The statement's place within its text.
    pub part: u8,
    /// It commits by itself.
    pub ddl: bool,
    /// The name of the prepared statement that it executes.
    pub prepared: Option<Vec<u8>>,
    /// The log says whether it succeeded.
    pub judged: bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Held {}

impl PartialOrd for Held {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Held {
    fn cmp(&self, other: &Self) -> Ordering {
        self.candidate.rank().cmp(&other.candidate.rank())
    }
}

/// The first in rank of one group.
#[derive(Debug, Default)]
struct Best {
    heap: BinaryHeap<Held>,
    room: usize,
    omitted: u64,
}

impl Best {
    fn add(&mut self, held: Held) {
        if self.heap.len() < self.room {
            self.heap.push(held);
            return;
        }
        self.omitted += 1;
        if let Some(mut last) = self.heap.peek_mut()
            && held < *last
        {
            *last = held;
        }
    }
}

/// The candidates kept, in three groups, so that no group crowds out a worse one.
#[derive(Debug)]
pub struct Keep {
    serious: Best,
    routines: Best,
    bounded: Best,
}

impl Keep {
    /// An empty one.
    pub fn new(room: Room) -> Self {
        let best = |room| Best {
            room,
            ..Best::default()
        };
        Self {
            serious: best(room.serious),
            routines: best(room.routines),
            bounded: best(room.bounded),
        }
    }

    fn group(&mut self, class: Class, routine: bool) -> &mut Best {
        if routine {
            return &mut self.routines;
        }
        match class {
            Class::Unbounded | Class::Wide | Class::Unknown => &mut self.serious,
            Class::Bounded => &mut self.bounded,
        }
    }

    /// Whether a candidate of this class and time would be turned away; counts it if so.
    pub fn refuses(&mut self, class: Class, routine: bool, noise: bool, time_us: i64) -> bool {
        let group = self.group(class, routine);
        let full = group.heap.len() >= group.room;
        let later = group.heap.peek().is_none_or(|last| {
            let last = &last.candidate;
            (last.noise, last.class, last.time_us) < (noise, class, time_us)
        });
        group.omitted += u64::from(full && later);
        full && later
    }

    /// Adds one.
    pub fn add(&mut self, held: Held) {
        self.group(held.candidate.class, held.candidate.is_routine())
            .add(held);
    }

    /// Takes in another thread's.
    pub fn merge(&mut self, other: Self) {
        let groups = [
            (&mut self.serious, other.serious),
            (&mut self.routines, other.routines),
            (&mut self.bounded, other.bounded),
        ];
        for (mine, theirs) in groups {
            mine.omitted += theirs.omitted;
            theirs.heap.into_iter().for_each(|held| mine.add(held));
        }
    }

    /// All that are kept, and how many are not.
    pub fn into_parts(self) -> (Vec<Held>, u64) {
        let omitted = self.serious.omitted + self.routines.omitted + self.bounded.omitted;
        let groups = [self.serious, self.routines, self.bounded];
        (groups.into_iter().flat_map(|group| group.heap).collect(), omitted)
    }
}
