//! What the statements of one text do: end transactions, write, or destroy.

use super::cursor::Table;
use crate::locate::class::{Class, Kind};

/// One thing that a text does, in the order of its statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// The transaction changes.
    Edge(Edge, Option<&'a [u8]>),
    /// Rows or columns go, change wholesale, or lose their name.
    Damage(Damage<'a>),
    /// Rows are written, and nothing is destroyed wholesale; `by_key` is a DELETE or UPDATE of a single row.
    Write {
        /// The tables written.
        tables: Tables<'a>,
        /// The statement's kind.
        kind: Kind,
        /// Whether it would destroy, were it not for its key or a condition that never holds.
        by_key: bool,
    },
    /// A statement is prepared under a name; what it does happens at its EXECUTE.
    Prepare {
        /// The name.
        name: &'a [u8],
        /// Its text as a quoted literal, or `None` when it stands in a variable.
        text: Option<&'a [u8]>,
    },
}

/// A destructive statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage<'a> {
    /// What it is.
    pub kind: Kind,
    /// How far it reaches.
    pub class: Class,
    /// Why it has this class, for a reader.
    pub reason: &'static str,
    /// The tables that it damages.
    pub tables: Tables<'a>,
    /// Whether it commits by itself, whatever transaction is open.
    pub ddl: bool,
    /// For EXECUTE, the name of the prepared statement.
    pub prepared: Option<&'a [u8]>,
}

/// A change to the transaction of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// The connection begins.
    Connect,
    /// BEGIN, START TRANSACTION, XA START; what was open is committed.
    Begin,
    /// COMMIT
    Commit,
    /// COMMIT AND CHAIN
    CommitChain,
    /// ROLLBACK
    Rollback,
    /// ROLLBACK AND CHAIN
    RollbackChain,
    /// A deadlock: the server rolled the whole transaction back.
    Deadlock,
    /// SAVEPOINT
    Savepoint,
    /// ROLLBACK TO SAVEPOINT
    RollbackTo,
    /// RELEASE SAVEPOINT
    Release,
    /// autocommit = 1; what was open is committed.
    AutocommitOn,
    /// autocommit = 0
    AutocommitOff,
    /// A statement that commits what is open before it runs.
    Implicit,
    /// XA PREPARE: another connection may decide.
    XaPrepare,
    /// The connection ends; what was open is rolled back.
    Disconnect,
}

/// A few tables, most often one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables<'a> {
    first: Option<Table<'a>>,
    more: Vec<Table<'a>>,
}

impl<'a> Tables<'a> {
    /// One table, or none.
    pub fn one(table: Option<Table<'a>>) -> Self {
        Self {
            first: table,
            more: Vec::new(),
        }
    }

    /// Adds a table that is not there yet.
    pub fn add(&mut self, table: Table<'a>) {
        if self.first.is_none() {
            self.first = Some(table);
        } else if !self.iter().any(|known| known == table) {
            self.more.push(table);
        }
    }

    /// All of them, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = Table<'a>> + '_ {
        self.first.into_iter().chain(self.more.iter().copied())
    }
}
