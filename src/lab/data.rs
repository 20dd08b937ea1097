//! What the control plane needs of a data plane, whatever engine keeps the rows.
//!
//! The control plane decides *when* data moves; an engine only obeys. The one in memory never reads a clock: every
//! instant is an argument. A real server lives in real time, and what other clients write to it counts too.

use std::fmt;
use std::net::SocketAddr;

use serde::Deserialize;

use super::moment::Moment;
use super::orders::Order;
use super::table::Table;

/// Why an engine did not do what it was told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DataError {
    #[error("table 'shop.orders' doesn't exist")]
    NoTable,
    #[error("only a real server can be hurt like that: start the lab with --engine mariadb")]
    NoServer,
    #[error("the state of that instant is no longer kept")]
    Forgotten,
    /// The engine itself failed: its server, its disk.
    #[error("{0}")]
    Engine(String),
}

/// How a MySQL client reaches the rows.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) address: SocketAddr,
    pub(crate) user: String,
    pub(crate) password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Login({}@{})", self.user, self.address)
    }
}

/// A way to lose data by one careless statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HurtKind {
    DeleteAll,
    DropTable,
    BadUpdate,
    /// A migration that ran on the wrong database: values changed, then a column gone.
    BadMigration,
    /// Somebody who got in by an injection: an account of their own, rights to it, amounts changed.
    Intrusion,
    /// A bulk import that is never committed; then, beside it, a careless statement that is.
    OpenImport,
}

impl HurtKind {
    /// The statements as a log would show them, one after the other.
    pub(crate) fn statement(self) -> &'static str {
        match self {
            Self::DeleteAll | Self::OpenImport => "DELETE FROM orders",
            Self::DropTable => "DROP TABLE orders",
            Self::BadUpdate => "UPDATE orders SET amount_cents = 0",
            Self::BadMigration => {
                "UPDATE orders SET amount_cents = amount_cents DIV 100; ALTER TABLE orders DROP COLUMN customer"
            }
            Self::Intrusion => {
                "CREATE USER support@'%' IDENTIFIED BY 'let-me-in'; \
                 GRANT SELECT, INSERT, UPDATE, DELETE ON *.* TO support@'%'; UPDATE orders SET amount_cents = 1"
            }
        }
    }
}

/// The storage of one cluster. Instants are given in order; only [`DataPlane::rewind`] goes back.
pub(crate) trait DataPlane: Send {
    /// Commits one order at its own instant.
    fn take(&mut self, order: Order) -> Result<(), DataError>;

    /// Commits one careless statement at `at`, or as soon as it can. Returns the instant of its commit.
    fn hurt(&mut self, kind: HurtKind, at: Moment) -> Result<Moment, DataError>;

    /// Makes the content of the instant `to` the present content, at `at` (the record's `BacktrackedFrom`).
    /// `to` may lie before or after what is shown now.
    fn rewind(&mut self, to: Moment, at: Moment) -> Result<(), DataError>;

    /// The table as it is now.
    fn shown(&self) -> Table;

    /// The table as a rewind to `at` would show it.
    fn shown_at(&self, at: Moment) -> Result<Table, DataError>;

    /// The instant that is shown, while nothing was written since the last rewind; else nothing: it shows now.
    fn standing_at(&self) -> Option<Moment>;

    /// Writes kept, for the count of change records.
    fn writes_since(&self, at: Moment) -> u64;

    /// Instants before `at` will never be asked for again.
    fn forget_before(&mut self, at: Moment);

    /// Storage of its own that holds what this one showed at `at`, and no past before it. Writes to either are not seen in
    /// the other.
    fn copied(&mut self, at: Moment) -> Result<Box<dyn DataPlane>, DataError>;

    /// The consistent instant that a rewind to `to` really goes to; `to` itself where every instant is kept.
    fn nearest(&self, to: Moment) -> Moment {
        to
    }

    /// The earliest instant that is kept, where that is not for the control plane alone to say.
    fn earliest(&self) -> Option<Moment> {
        None
    }

    /// Lets another service hold so many connections, which come back when they are ended until somebody stops it.
    fn pool(&mut self, _connections: u32) -> Result<(), DataError> {
        Err(DataError::NoServer)
    }

    /// How a MySQL client reaches it; none where there is no server.
    fn login(&self) -> Option<&Login> {
        None
    }

    /// What is wrong with the storage; none when it is well.
    fn fault(&self) -> Option<String> {
        None
    }
}
