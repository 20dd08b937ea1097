//! Everything behind one real server: its process, its files, its history. It lives on one thread.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;
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
use super::freeze::Frozen;
use super::history::{History, State};
use super::home::Home;
use super::mirror::Mirror;
use super::pack::Pack;
use super::pool::Pool;
use super::receipts::Receipts;
use super::server::{self, Server};
use super::sql::{Refused, Sql};
use super::{port, read};

/// How long before a whole second the server is stopped: it stands still when the second begins.
const LEAD_MS: i64 = 12;
/// It stands at least as long, so that the next write has another time stamp than the last one.
const LEAST_HOLD: Duration = Duration::from_millis(12);
const START_PATIENCE: Duration = Duration::from_mins(1);
const START_LOOK: Duration = Duration::from_millis(5);
const DYING: Duration = Duration::from_millis(200);
const PORT_TRIES: u32 = 3;
const PORT_PATIENCE: Duration = Duration::from_secs(10);
/// A shop that took no order for so long is closed.
const SHOP_IDLE: Duration = Duration::from_millis(2_200);
/// Bytes of blocks, beyond which the oldest instants are let go: an hour or two of an idle shop.
const PACK_LIMIT: u64 = 1 << 30;

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

    /// How long until [`Works::tick`] has something to do.
    pub(super) fn until_tick(&self) -> Duration {
        let ms = self.due.plus_ms(-LEAD_MS).since(self.now());
        Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }

    /// Freezes the whole second that is due, if anything was written since the last one.
    pub(super) fn tick(&mut self) {
        self.revive();
        if self.shop_seen.is_some_and(|seen| seen.elapsed() > SHOP_IDLE) {
            self.sql.close_shop();
            self.shop_seen = None;
        }
        let touched = |works: &Self| works.mirror.touched(&works.home.data()).unwrap_or(true);
        let early = touched(self);
        if !early {
            // Only when the second has begun is it certain that nothing was written in it.
            self.sleep_until(self.due);
        }
        if early || touched(self) {
            let frozen = self.freeze(Some(self.due));
            self.note(frozen.map_err(|error| error.to_string()));
        }
        self.due = self.now().plus_ms(LEAD_MS).floor_s().plus_s(1);
    }

    fn sleep_until(&self, at: Moment) {
        while let Ok(left @ 1..) = u64::try_from(at.since(self.now())) {
            thread::sleep(Duration::from_millis(left));
        }
    }

    /// Keeps what the storage holds now, as of `due` where that is not over when the server stands still.
    fn freeze(&mut self, due: Option<Moment>) -> Result<(), MariadbError> {
        let data = self.home.data();
        let frozen = Frozen::stop(&mut self.server)?;
        let begun = Instant::now();
        // Whatever was committed was committed before this instant, and nothing is until the server goes on.
        let stopped = self.now().plus_ms(1);
        let at = due.map_or(stopped, |due| due.max(stopped));
        let look = self.mirror.look(&data);
        self.sleep_until(at);
        thread::sleep(LEAST_HOLD.saturating_sub(begun.elapsed()));
        drop(frozen);
        tracing::debug!(
            held_ms = begun.elapsed().as_millis(),
            late_ms = at.since(due.unwrap_or(at)),
            "frozen"
        );
        let kept = look.and_then(|look| self.mirror.keep(look, &mut self.pack));
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                if error.kind() == io::ErrorKind::StorageFull {
                    // Older instants make room for the next.
                    self.history.forget_a_quarter();
                    self.release_blocks();
                }
                return Err(MariadbError::system(
                    "could not keep an instant in",
                    &self.home.pack(),
                )(error));
            }
        };
        if let Some(manifest) = kept {
            let state = State {
                manifest,
                receipts: self.receipts.mark(),
            };
            self.history.add(at, Arc::new(state));
            self.prune();
        }
        Ok(())
    }

    fn prune(&mut self) {
        if self.pack.bytes() > PACK_LIMIT {
            self.release_blocks();
        }
        if self.pack.bytes() > PACK_LIMIT / 4 * 3 {
            self.history.forget_a_quarter();
            self.release_blocks();
        }
    }

    fn release_blocks(&mut self) {
        let mut seen = HashSet::new();
        let current = self.mirror.slots();
        let kept = self
            .history
            .states()
            .flat_map(|state| state.manifest.files.iter());
        let all = kept.map(|kept| &kept.slots).chain(current);
        let once = all.filter(|slots| seen.insert(slots.as_ptr()));
        self.pack.keep_only(once.map(AsRef::as_ref));
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

    /// Moves the storage to what `to` means; `at` goes on meaning what is left.
    pub(super) fn rewind(&mut self, to: Moment, at: Moment) -> Result<(), DataError> {
        let (_, state) = self.resolve(to).ok_or(DataError::Forgotten)?;
        // What is left can be gone forward to, as far as it can be kept.
        let left = self.freeze(Some(at));
        self.note(left.map_err(|error| error.to_string()));
        self.sql.hang_up();
        self.server.kill();
        let moved = self.replace(&state).and_then(|mirror| {
            self.launch()?;
            Ok(mirror)
        });
        let moved = match moved {
            Ok(mirror) => {
                self.mirror = mirror;
                self.history.moved(to, at, &state);
                self.receipts.go_to(state.receipts);
                self.base = self.sql.changes().unwrap_or(0);
                // A directory that stays is removed with the lab's own.
                fs::remove_dir_all(self.home.aside()).ok();
                Ok(())
            }
            Err(error) => {
                let back = self.put_back();
                self.note(back.map_err(|error| error.to_string()));
                Err(DataError::Engine(error.to_string()))
            }
        };
        self.shop_seen = None;
        moved
    }

    /// Puts the data directory aside and writes `state` in its place.
    fn replace(&self, state: &State) -> Result<Mirror, MariadbError> {
        let (data, aside) = (self.home.data(), self.home.aside());
        let written = (|| {
            remove(&aside)?;
            fs::rename(&data, &aside)?;
            let mut contents = Vec::new();
            state
                .manifest
                .write(&self.pack, &data, |_, content| contents.push(content))?;
            Ok(Mirror::of(&state.manifest, contents))
        })();
        written.map_err(MariadbError::system("could not write", &data))
    }

    /// After a move that failed: the data as it was, and its server.
    fn put_back(&mut self) -> Result<(), MariadbError> {
        self.sql.hang_up();
        self.server.kill();
        let (data, aside) = (self.home.data(), self.home.aside());
        if aside.is_dir() {
            remove(&data)
                .and_then(|()| fs::rename(&aside, &data))
                .map_err(MariadbError::system("could not put back", &data))?;
        }
        self.launch()
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

    /// Keeps what the storage holds at this very instant.
    pub(super) fn freeze_now(&mut self) -> Result<(), DataError> {
        let frozen = self.freeze(None).map_err(|error| error.to_string());
        self.note(frozen.clone());
        frozen.map_err(DataError::Engine)
    }

    /// Puts another pack in the place of this one, for tests of a disk that fills up.
    #[cfg(test)]
    pub(super) fn swap_pack(&mut self, pack: Pack) -> Pack {
        std::mem::replace(&mut self.pack, pack)
    }

    /// A directory of its own with the storage as `state` has it.
    pub(super) fn copy(&self, state: &State) -> Result<Seed, DataError> {
        let copied = (|| {
            let home = Home::create(&std::env::temp_dir())?;
            let data = home.data();
            remove(&data)
                .and_then(|()| state.manifest.write(&self.pack, &data, |_, _| {}))
                .map_err(MariadbError::system("could not write", &data))?;
            Ok(home)
        })();
        let home = copied.map_err(|error: MariadbError| DataError::Engine(error.to_string()))?;
        let mut receipts = self.receipts.clone();
        receipts.go_to(state.receipts);
        Ok(Seed {
            home,
            accounts: self.accounts.clone(),
            receipts,
        })
    }
}

/// Removes a folder, if it is there.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
