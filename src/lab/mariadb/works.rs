//! Everything behind one real server: its process, its files, its history. It lives on one thread.

mod keeping;
mod moving;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::clock::Clock;
use super::super::data::{DataError, HurtKind};
use super::super::moment::Moment;
use super::super::orders::Order;
use super::super::scenario::AfterNewWrites;
use super::super::table::{Presence, Table};
use super::accounts::Accounts;
use super::binary::Binary;
use super::bootstrap::bootstrap;
use super::fault::MariadbError;
use super::history::{History, State};
use super::home::Home;
use super::mirror::Mirror;
use super::pack::Pack;
use super::pool::Pool;
use super::receipts::Receipts;
use super::server::{self, Server};
use super::sql::{Refused, Sql};
use super::{port, read};

const START_PATIENCE: Duration = Duration::from_mins(1);
const START_LOOK: Duration = Duration::from_millis(5);
const DYING: Duration = Duration::from_millis(200);
const PORT_TRIES: u32 = 3;
const PORT_PATIENCE: Duration = Duration::from_secs(10);

/// What a lab's servers have in common.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// The lab's clock; it runs at the machine's rate.
    pub(crate) clock: Clock,
    pub(crate) binary: Binary,
    pub(crate) rule: AfterNewWrites,
}

/// A data directory that waits for a server of its own.
pub(super) struct Seed {
    home: Home,
    accounts: Accounts,
    receipts: Receipts,
}

/// See the module.
pub(super) struct Works {
    start: Start,
    accounts: Accounts,
    port: u16,
    sql: Sql,
    server: Server,
    mirror: Mirror,
    pack: Pack,
    history: History,
    receipts: Receipts,
    /// What the server had counted of changes when the storage was moved the last time.
    base: u64,
    /// The whole second that is frozen next.
    due: Moment,
    shop_seen: Option<Instant>,
    fault: Option<String>,
    pool: Option<Pool>,
    /// The last field: removed when the server is gone.
    home: Home,
}

impl Seed {
    /// An empty shop, in a new directory. What dead labs left behind goes first.
    pub(super) fn fresh(start: &Start) -> Result<Self, MariadbError> {
        let parent = std::env::temp_dir();
        Home::sweep(&parent);
        let home = Home::create(&parent)?;
        let accounts = Accounts::new();
        bootstrap(&start.binary, &home, &accounts)?;
        Ok(Self {
            home,
            accounts,
            receipts: Receipts::default(),
        })
    }
}

impl Works {
    /// Starts a server on `seed`, and keeps its first instant.
    pub(super) fn open(start: Start, seed: Seed) -> Result<Self, MariadbError> {
        let Seed {
            home,
            accounts,
            receipts,
        } = seed;
        let in_home = MariadbError::system("could not work in", home.root());
        let pack_path = home.pack();
        let pack = Pack::create(&pack_path).map_err(MariadbError::system("could not make", &pack_path))?;
        let port = port::free()?;
        let sql = Sql::new(port, accounts.clone()).map_err(in_home)?;
        let server = Server::spawn(&start.binary, &home, port)?;
        let mut works = Self {
            history: History::new(start.rule),
            due: start.clock.now().floor_s().plus_s(1),
            start,
            accounts,
            port,
            sql,
            server,
            mirror: Mirror::default(),
            pack,
            receipts,
            base: 0,
            shop_seen: None,
            fault: None,
            pool: None,
            home,
        };
        works.until_it_has_a_port()?;
        works.freeze(None)?;
        Ok(works)
    }

    /// The directory, for tests that look at the files.
    #[cfg(test)]
    pub(super) fn root(&self) -> std::path::PathBuf {
        self.home.root().to_owned()
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn admin_password(&self) -> &str {
        &self.accounts.admin
    }

    fn now(&self) -> Moment {
        self.start.clock.now()
    }

    /// A port that was free a moment ago may be another program's by now: then another one is tried.
    fn until_it_has_a_port(&mut self) -> Result<(), MariadbError> {
        let mut answered = self.until_it_answers();
        for _ in 0..PORT_TRIES {
            if answered.is_ok() || port::is_free(self.port) {
                break;
            }
            self.port = port::free()?;
            self.sql.go_to(self.port);
            self.server = Server::spawn(&self.start.binary, &self.home, self.port)?;
            answered = self.until_it_answers();
        }
        answered
    }

    fn until_it_answers(&mut self) -> Result<(), MariadbError> {
        let begun = Instant::now();
        while !self.sql.answers() {
            if self.server.ended() || begun.elapsed() > START_PATIENCE {
                self.server.kill();
                return Err(MariadbError::NotStarted {
                    last: server::last_lines(&self.home.log()),
                });
            }
            thread::sleep(START_LOOK);
        }
        Ok(())
    }

    /// Starts the server on the data that is there, on its own port.
    fn launch(&mut self) -> Result<(), MariadbError> {
        let begun = Instant::now();
        while !port::is_free(self.port) {
            if begun.elapsed() > PORT_PATIENCE {
                return Err(MariadbError::Server("finds its port taken by another program"));
            }
            thread::sleep(START_LOOK);
        }
        self.server = Server::spawn(&self.start.binary, &self.home, self.port)?;
        self.until_it_answers()
    }

    /// A server that somebody ended comes back with what it had committed.
    fn revive(&mut self) {
        if !self.server.ended() {
            return;
        }
        self.sql.hang_up();
        let revived = self.launch();
        self.note(revived.map_err(|error| error.to_string()));
    }

    /// Remembers what is wrong with the storage, and says it once.
    fn note(&mut self, result: Result<(), String>) {
        let fault = result.err();
        if fault != self.fault {
            if let Some(why) = &fault {
                tracing::error!(%why, "the lab's storage has a fault");
            } else {
                tracing::info!("the lab's storage is well again");
            }
            self.fault = fault;
        }
    }

    pub(super) fn fault(&self) -> Option<String> {
        self.fault.clone()
    }

    /// Commits one order.
    pub(super) fn take(&mut self, order: Order) -> Result<(), DataError> {
        self.shop_seen = Some(Instant::now());
        let id = self.insert(order)?;
        self.receipts.print(id, order);
        self.history.note_write();
        Ok(())
    }

    /// A connection that ends under an order says nothing of it: the table does, and then the shop tries once more.
    fn insert(&mut self, order: Order) -> Result<u64, Refused> {
        match self.sql.insert(order) {
            Err(Refused::Lost(_)) => {}
            answered @ (Ok(_) | Err(Refused::NoTable | Refused::Other(_))) => return answered,
        }
        match self.sql.number_of(order)? {
            Some(id) => Ok(id),
            None => self.sql.insert(order),
        }
    }

    /// Commits a careless statement, and says when: no instant is frozen between the two.
    pub(super) fn hurt(&mut self, kind: HurtKind) -> Result<Moment, DataError> {
        if kind == HurtKind::OpenImport {
            self.sql.begin_import()?;
        }
        self.sql.hurt(kind)?;
        self.history.note_write();
        Ok(self.now())
    }

    /// Lets another service hold so many connections; the one before it stops.
    pub(super) fn pool(&mut self, connections: u32) -> Result<(), DataError> {
        self.pool = None;
        if connections > 0 {
            let began = Pool::open(self.sql.reporting(), connections);
            self.pool = Some(began.map_err(|error| DataError::Engine(error.to_string()))?);
        }
        Ok(())
    }

    /// Other clients write too.
    fn look_for_writes(&mut self) {
        if self.history.standing_at().is_some() && self.sql.changes().is_ok_and(|now| now != self.base) {
            self.history.note_write();
        }
    }

    pub(super) fn standing_at(&mut self) -> Option<Moment> {
        self.look_for_writes();
        self.history.standing_at()
    }

    pub(super) fn shown(&mut self) -> Table {
        self.revive();
        let table = read::table(&mut self.sql, &self.receipts);
        if table.presence() != Presence::Unreadable || !self.is_dying() {
            return table;
        }
        self.revive();
        read::table(&mut self.sql, &self.receipts)
    }

    /// Whether the server ends: one that was killed a moment ago still seems to be there.
    fn is_dying(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < DYING {
            if self.server.ended() {
                return true;
            }
            thread::sleep(START_LOOK);
        }
        false
    }

    /// The state that `to` means, and the instant at which it was frozen.
    pub(super) fn resolve(&mut self, to: Moment) -> Option<(Moment, Arc<State>)> {
        self.look_for_writes();
        self.history.resolve(to)
    }

    pub(super) fn history(&self) -> &History {
        &self.history
    }

    pub(super) fn forget_before(&mut self, at: Moment) {
        self.history.forget_before(at);
    }
}
