//! What the first reading remembers besides candidates: where transactions end, and who wrote what when.
//!
//! Both are bounded. When a bound is passed everything of that kind is dropped, and the logs are read again
//! for the few connections, or the one target, that matter by then. The answer is the same either way.

use super::intern::Names;
use super::sql::Edge;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A connection of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Session {
    /// The server's number among the names.
    pub server: u32,
    /// The connection.
    pub connection: u64,
}

/// One change to a connection's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When, in microseconds.
    pub time_us: i64,
    /// The connection.
    pub session: Session,
    /// The query; connects come before all, disconnects after all of the same time.
    pub query_id: u64,
    /// The savepoint's name, hashed.
    pub name: u32,
    /// The statement's place within its text.
    pub part: u8,
    /// What changed.
    pub edge: Edge,
}

/// One table written by one successful statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Write {
    /// The connection.
    pub session: Session,
    /// The second since the epoch, rounded down.
    pub second: u32,
    /// The table's number among the names.
    pub table: u32,
    /// The account's number among the names.
    pub user: u32,
    /// Whether it is the statement's first table: statements are counted by these.
    pub first: bool,
}

/// A growing list in pieces, so that growing neither copies nor doubles it.
#[derive(Debug)]
pub struct Pile<T> {
    pieces: Vec<Vec<T>>,
    dropped: bool,
}

const PIECE: usize = 1 << 12;

impl<T> Default for Pile<T> {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            dropped: false,
        }
    }
}

impl<T> Pile<T> {
    /// Adds one, unless all threads together have passed `room`.
    pub fn push(&mut self, item: T, total: &AtomicUsize, room: usize) {
        if self.dropped {
            return;
        }
        if self.pieces.last().is_none_or(|piece| piece.len() == PIECE) {
            // Threads count by the piece: a shared counter for each item would cost more than the item.
            let before = self.pieces.len() * PIECE;
            if total.fetch_add(PIECE, Ordering::Relaxed) >= room || before >= room {
                total.store(usize::MAX / 2, Ordering::Relaxed);
                self.pieces = Vec::new();
                self.dropped = true;
                return;
            }
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(item);
        }
    }

    /// Whether some are missing.
    pub fn dropped(&self) -> bool {
        self.dropped
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.pieces.iter().flatten()
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.pieces.iter_mut().flatten()
    }

    /// Takes in another's.
    pub fn merge(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
        self.dropped |= other.dropped;
    }
}

/// Everything remembered by one thread.
#[derive(Debug, Default)]
pub struct Facts {
    /// Servers.
    pub servers: Names,
    /// Accounts.
    pub users: Names,
    /// Tables, `schema.table`.
    pub tables: Names,
    /// Ends of transactions.
    pub marks: Pile<Mark>,
    /// Writes.
    pub writes: Pile<Write>,
    /// The log records which tables each query touches.
    pub touches: bool,
    /// Some log shows every statement, as slow logs do not: lost work can be counted.
    pub counts: bool,
}

impl Facts {
    /// Takes in another thread's, under this one's numbers; its servers' numbers here are returned.
    pub fn merge(&mut self, mut other: Facts) -> Vec<u32> {
        let servers = self.servers.merge(&other.servers);
        let users = self.users.merge(&other.users);
        let tables = self.tables.merge(&other.tables);
        let at = |numbers: &[u32], number: u32| numbers.get(number as usize).copied().unwrap_or_default();
        for mark in other.marks.iter_mut() {
            mark.session.server = at(&servers, mark.session.server);
        }
        for write in other.writes.iter_mut() {
            write.session.server = at(&servers, write.session.server);
            write.user = at(&users, write.user);
            write.table = at(&tables, write.table);
        }
        self.marks.merge(other.marks);
        self.writes.merge(other.writes);
        self.touches |= other.touches;
        self.counts |= other.counts;
        servers
    }
}
