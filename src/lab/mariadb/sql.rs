//! The lab's own conversations with its server: the service's account, and the sample application's.
//!
//! Every wait has an end: a lock that somebody holds keeps the shop from an order, never the lab from its work.

use std::future::Future;
use std::io;
use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Error, Opts, OptsBuilder, Row};
use tokio::runtime::Runtime;

use super::super::data::{DataError, HurtKind};
use super::super::moment::Moment;
use super::super::orders::Order;
use super::accounts::{ADMIN, Accounts, IMPORT, REPORTING, SERVICE, SHOP};

const PATIENCE: Duration = Duration::from_secs(10);
/// A careless statement on many rows takes its time.
const LONG_PATIENCE: Duration = Duration::from_mins(1);
/// No such table, no such schema.
const NOT_THERE: [u16; 2] = [1_146, 1_049];

/// The session or the query was ended by somebody.
const KILLED: [u16; 4] = [1_053, 1_317, 1_927, 1_969];

/// The connections, and the runtime that they need.
pub(super) struct Sql {
    runtime: Runtime,
    port: u16,
    accounts: Accounts,
    service: Option<Conn>,
    shop: Option<Conn>,
    /// Of the service that never commits.
    import: Option<Conn>,
}

/// Why a statement was not carried out.
#[derive(Debug)]
pub(super) enum Refused {
    NoTable,
    /// The connection ended, or nobody answered in time: what became of the statement is not known.
    Lost(String),
    Other(String),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        match &error {
            Error::Server(server) if NOT_THERE.contains(&server.code) => Self::NoTable,
            Error::Server(server) if KILLED.contains(&server.code) => Self::Lost(error.to_string()),
            Error::Server(_) | Error::Url(_) => Self::Other(error.to_string()),
            Error::Driver(_) | Error::Io(_) | Error::Other(_) => Self::Lost(error.to_string()),
        }
    }
}

impl From<Refused> for DataError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoTable => Self::NoTable,
            Refused::Lost(why) | Refused::Other(why) => Self::Engine(why),
        }
    }
}

impl Sql {
    pub(super) fn new(port: u16, accounts: Accounts) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            runtime,
            port,
            accounts,
            service: None,
            shop: None,
            import: None,
        })
    }

    fn options(&self, user: &str, password: &str, setup: &str) -> Opts {
        OptsBuilder::default()
            .ip_or_hostname("127.0.0.1")
            .tcp_port(self.port)
            .user(Some(user))
            .pass(Some(password))
            // Otherwise it retries over the unix socket, in silence.
            .prefer_socket(false)
            .max_allowed_packet(Some(16 * 1_024 * 1_024))
            .wait_timeout(Some(3_600))
            .stmt_cache_size(0)
            .setup(vec![setup.to_owned()])
            .into()
    }

    /// From now on the server is to be found there.
    pub(super) fn go_to(&mut self, port: u16) {
        self.hang_up();
        self.port = port;
    }

    /// Whether the server takes connections.
    pub(super) fn answers(&mut self) -> bool {
        self.hang_up();
        self.with_service(async |conn| conn.ping().await).is_ok()
    }

    /// Ends all connections, in whatever state they are.
    pub(super) fn hang_up(&mut self) {
        let _inside = self.runtime.enter();
        self.service = None;
        self.shop = None;
        self.import = None;
    }

    /// Ends the shop's connection in order: a closed shop has none.
    pub(super) fn close_shop(&mut self) {
        if let Some(conn) = self.shop.take() {
            let _inside = self.runtime.enter();
            // The server may have ended it already.
            self.runtime.block_on(within(PATIENCE, conn.disconnect())).ok();
        }
    }

    fn with_service<T>(
        &mut self,
        ask: impl AsyncFnOnce(&mut Conn) -> Result<T, Error>,
    ) -> Result<T, Refused> {
        let setup = "SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1";
        let options = self.options(SERVICE, &self.accounts.service, setup);
        converse(&self.runtime, &mut self.service, options, PATIENCE, ask)
    }

    /// Commits one order as the shop; the number that the table gave it.
    pub(super) fn insert(&mut self, order: Order) -> Result<u64, Refused> {
        // The shop waits for nobody: an order that a lock keeps out is refused.
        let setup = "SET SESSION lock_wait_timeout = 0, SESSION innodb_lock_wait_timeout = 0";
        let options = self.options(SHOP, &self.accounts.shop, setup);
        let Order {
            at,
            amount_cents,
            customer,
        } = order;
        let statement = format!(
            "INSERT INTO shop.orders (placed_at, customer, amount_cents) VALUES ('{}', {customer}, {amount_cents})",
            placed_at(at)
        );
        converse(&self.runtime, &mut self.shop, options, PATIENCE, async |conn| {
            conn.query_drop(statement).await?;
            Ok(conn.last_insert_id().unwrap_or(0))
        })
    }

    /// The number that the table gave an order of this instant; none where it holds none.
    pub(super) fn number_of(&mut self, order: Order) -> Result<Option<u64>, Refused> {
        let query = format!(
            "SELECT id FROM shop.orders WHERE placed_at = '{}' AND customer = {} ORDER BY id DESC LIMIT 1",
            placed_at(order.at),
            order.customer
        );
        self.with_service(async |conn| conn.query_first(query).await)
    }

    /// Commits one careless statement, as a person with the master's password would.
    pub(super) fn hurt(&self, kind: HurtKind) -> Result<(), Refused> {
        let setup = "SET SESSION lock_wait_timeout = 5, SESSION innodb_lock_wait_timeout = 5";
        let options = self.options(ADMIN, &self.accounts.admin, setup);
        let mut conn = None;
        converse(&self.runtime, &mut conn, options, LONG_PATIENCE, async |conn| {
            conn.query_drop("USE shop").await?;
            for statement in kind.statement().split("; ") {
                conn.query_drop(statement).await?;
            }
            Ok(())
        })?;
        if let Some(conn) = conn {
            // What it did is committed: how it leaves is of no account.
            self.runtime.block_on(within(PATIENCE, conn.disconnect())).ok();
        }
        Ok(())
    }

    /// Begins an import of half a million rows as another service would, and leaves it uncommitted.
    pub(super) fn begin_import(&mut self) -> Result<(), Refused> {
        let setup = "SET SESSION lock_wait_timeout = 5, SESSION innodb_lock_wait_timeout = 5";
        let options = self.options(IMPORT, &self.accounts.import, setup);
        let mut conn = None;
        converse(&self.runtime, &mut conn, options, LONG_PATIENCE, async |conn| {
            conn.query_drop("START TRANSACTION").await?;
            conn.query_drop(
                "INSERT INTO shop.imported (line) SELECT CONCAT('line ', seq) FROM shop.seq_1_to_500000",
            )
            .await
        })?;
        self.import = conn;
        Ok(())
    }

    /// Where another service connects, and as whom.
    pub(super) fn reporting(&self) -> Opts {
        self.options(
            REPORTING,
            &self.accounts.reporting,
            "SET SESSION wait_timeout = 3600",
        )
    }

    /// A number that grows with every statement that changes rows, definitions or accounts, whoever sends it.
    pub(super) fn changes(&mut self) -> Result<u64, Refused> {
        let rows: Vec<(String, String)> = self.with_service(async |conn| {
            conn.query(
                "SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler\\_%' OR Variable_name LIKE 'Com\\_%'",
            )
            .await
        })?;
        let counted = rows.into_iter().filter(|(name, _)| is_change(name));
        Ok(counted.filter_map(|(_, value)| value.parse::<u64>().ok()).sum())
    }

    /// Hands every row of the table of orders to `seen`, in whatever shape the table is.
    pub(super) fn orders(&mut self, mut seen: impl FnMut(Row)) -> Result<(), Refused> {
        self.with_service(async |conn| {
            let mut rows = conn.query_iter("SELECT * FROM shop.orders").await?;
            while let Some(row) = rows.next().await? {
                seen(row);
            }
            Ok(())
        })
    }
}

impl Drop for Sql {
    fn drop(&mut self) {
        self.hang_up();
    }
}

/// An instant as the column `placed_at` has it.
pub(super) fn placed_at(at: Moment) -> String {
    at.rfc3339_ms().replace('T', " ").replace('Z', "")
}

fn is_change(name: &str) -> bool {
    let row = ["Handler_write", "Handler_update", "Handler_delete"].contains(&name);
    let definition = ["alter", "create", "drop", "grant", "rename", "revoke", "truncate"];
    row || name
        .strip_prefix("Com_")
        .is_some_and(|what| definition.iter().any(|it| what.starts_with(it)))
}

async fn within<T>(patience: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let timed_out = || Error::Io(io::Error::from(io::ErrorKind::TimedOut).into());
    tokio::time::timeout(patience, work)
        .await
        .unwrap_or_else(|_| Err(timed_out()))
}

/// Asks on `held`, which is opened where there is none. After anything but an answer of the server it is closed.
fn converse<T>(
    runtime: &Runtime,
    held: &mut Option<Conn>,
    options: Opts,
    patience: Duration,
    ask: impl AsyncFnOnce(&mut Conn) -> Result<T, Error>,
) -> Result<T, Refused> {
    let asked = runtime.block_on(within(patience, async {
        if held.is_none() {
            *held = Some(Conn::new(options).await?);
        }
        match held.as_mut() {
            Some(conn) => ask(conn).await,
            None => Err(Error::Io(io::Error::from(io::ErrorKind::NotConnected).into())),
        }
    }));
    let ended = match &asked {
        Ok(_) => false,
        Err(Error::Server(server)) => KILLED.contains(&server.code),
        Err(Error::Driver(_) | Error::Io(_) | Error::Other(_) | Error::Url(_)) => true,
    };
    if ended {
        let _inside = runtime.enter();
        *held = None;
    }
    Ok(asked?)
}
