//! The `memory` engine: a tape of commits in the order in which they happened.
//!
//! A rewind is itself an entry of the tape: it puts back the content of an earlier instant, and later writes follow
//! it. So every content that the database ever showed is named by an instant at which it showed it, and a branch
//! is a stretch of tape between two rewinds. The tape is cut into chunks that begin with the table's state: any
//! instant is found by one search and the replay of less than one chunk, whatever the length of the tape.

use std::collections::VecDeque;

use super::data::{DataError, DataPlane, HurtKind};
use super::moment::Moment;
use super::orders::Order;
use super::scenario::AfterNewWrites;
use super::table::{Presence, Table};

const CHUNK_ORDERS: usize = 2_048;

/// An order in 12 bytes: its number follows from its place, its instant from its chunk.
#[derive(Clone, Copy, Debug)]
struct PackedOrder {
    after_ms: u32,
    amount_cents: u32,
    customer: u32,
}

/// A stretch of tape: a state, and the orders that were committed on it.
#[derive(Debug)]
struct Chunk {
    from: Moment,
    opening: Table,
    orders: Vec<PackedOrder>,
}

/// A rewind, or a way forward, as the tape has it.
#[derive(Clone, Copy, Debug)]
struct Hop {
    /// The instant at which the data moved: the last one that belongs to the history left behind.
    at: Moment,
    to: Moment,
    landed: Table,
    wrote: bool,
}

/// The tape of one cluster.
#[derive(Debug)]
pub(crate) struct Timeline {
    rule: AfterNewWrites,
    chunks: VecDeque<Chunk>,
    hops: Vec<Hop>,
    tip: Table,
}

impl Timeline {
    /// A tape that starts at `from` with an empty table.
    pub(crate) fn new(from: Moment, rule: AfterNewWrites) -> Self {
        Self::showing(from, rule, Table::empty())
    }

    /// A tape that starts at `from` with this table.
    fn showing(from: Moment, rule: AfterNewWrites, tip: Table) -> Self {
        let mut timeline = Self {
            rule,
            chunks: VecDeque::new(),
            hops: Vec::new(),
            tip,
        };
        timeline.open_chunk(from);
        timeline
    }

    fn open_chunk(&mut self, from: Moment) {
        let from = self.chunks.back().map_or(from, |last| last.from.max(from));
        self.chunks.push_back(Chunk {
            from,
            opening: self.tip,
            orders: Vec::new(),
        });
    }

    fn note_write(&mut self) {
        if let Some(hop) = self.hops.last_mut() {
            hop.wrote = true;
        }
    }

    /// What the tape showed at `at`, commits of that very millisecond included.
    fn played_to(&self, at: Moment) -> Result<Table, DataError> {
        let after = self.chunks.partition_point(|chunk| chunk.from <= at);
        let chunk = after
            .checked_sub(1)
            .and_then(|last| self.chunks.get(last))
            .ok_or(DataError::Forgotten)?;
        let mut table = chunk.opening;
        for packed in &chunk.orders {
            let order = packed.unpack(chunk.from);
            if order.at > at {
                break;
            }
            table.insert(order);
        }
        Ok(table)
    }

    /// The content that `to` means.
    fn resolve(&self, to: Moment) -> Result<Table, DataError> {
        match self.rule {
            AfterNewWrites::OldHistory => self.played_to(to),
            AfterNewWrites::KeptBranch => self.along_branch(to),
        }
    }

    /// As `resolve`, where a branch with writes of its own hides the stretch that its rewind undid.
    /// Before that stretch, and on a branch without writes, an instant means what it meant before the hop.
    fn along_branch(&self, to: Moment) -> Result<Table, DataError> {
        for hop in self.hops.iter().rev() {
            if to > hop.at {
                break;
            }
            if hop.wrote && to >= hop.to {
                return Ok(hop.landed);
            }
        }
        self.played_to(to)
    }
}

impl PackedOrder {
    fn unpack(self, from: Moment) -> Order {
        Order {
            at: from.plus_ms(i64::from(self.after_ms)),
            amount_cents: self.amount_cents,
            customer: self.customer,
        }
    }
}

impl DataPlane for Timeline {
    fn take(&mut self, order: Order) -> Result<(), DataError> {
        if self.tip.presence() == Presence::Dropped {
            return Err(DataError::NoTable);
        }
        let fits = self.chunks.back().and_then(|chunk| {
            let after_ms = u32::try_from(order.at.since(chunk.from)).ok()?;
            (chunk.orders.len() < CHUNK_ORDERS).then_some(after_ms)
        });
        let after_ms = fits.unwrap_or_else(|| {
            self.open_chunk(order.at);
            0
        });
        if let Some(chunk) = self.chunks.back_mut() {
            let Order {
                amount_cents,
                customer,
                ..
            } = order;
            chunk.orders.push(PackedOrder {
                after_ms,
                amount_cents,
                customer,
            });
        }
        self.tip.insert(order);
        self.note_write();
        Ok(())
    }

    fn hurt(&mut self, kind: HurtKind, at: Moment) -> Result<Moment, DataError> {
        if self.tip.presence() == Presence::Dropped {
            return Err(DataError::NoTable);
        }
        match kind {
            HurtKind::DeleteAll => self.tip.delete_all(),
            HurtKind::DropTable => self.tip.drop_table(),
            // A column that is gone is more than these few numbers can show; amounts that are wrong are not.
            HurtKind::BadUpdate | HurtKind::BadMigration => self.tip.spoil_amounts(),
            HurtKind::Intrusion | HurtKind::OpenImport => return Err(DataError::NoServer),
        }
        self.open_chunk(at);
        self.note_write();
        Ok(at)
    }

    fn rewind(&mut self, to: Moment, at: Moment) -> Result<(), DataError> {
        let landed = self.resolve(to)?;
        self.hops.push(Hop {
            at,
            to,
            landed,
            wrote: false,
        });
        self.tip = landed;
        // `at` itself still names the content left behind, so that it can be gone forward to.
        self.open_chunk(at.plus_ms(1));
        Ok(())
    }

    fn shown(&self) -> Table {
        self.tip
    }

    fn shown_at(&self, at: Moment) -> Result<Table, DataError> {
        self.resolve(at)
    }

    fn standing_at(&self) -> Option<Moment> {
        self.hops.last().filter(|hop| !hop.wrote).map(|hop| hop.to)
    }

    fn writes_since(&self, at: Moment) -> u64 {
        let reached = self
            .chunks
            .partition_point(|chunk| chunk.from <= at)
            .saturating_sub(1);
        self.chunks
            .iter()
            .skip(reached)
            .map(|chunk| u64::try_from(chunk.orders.len()).unwrap_or(0))
            .sum()
    }

    fn forget_before(&mut self, at: Moment) {
        while self.chunks.get(1).is_some_and(|second| second.from <= at) {
            self.chunks.pop_front();
        }
    }

    fn copied(&mut self, at: Moment) -> Result<Box<dyn DataPlane>, DataError> {
        Ok(Box::new(Self::showing(at, self.rule, self.resolve(at)?)))
    }
}

#[cfg(test)]
mod tests;
