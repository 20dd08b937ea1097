//! The storage of one cluster on a server of its own, as the control plane knows it.
//!
//! A thread owns the server: the kernel ties the two together. Here are only questions to it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::super::data::{DataError, DataPlane, HurtKind, Login};
use super::super::moment::Moment;
use super::super::orders::Order;
use super::super::table::{Presence, Table};
use super::accounts::ADMIN;
use super::fault::MariadbError;
use super::history::State;
use super::works::{Seed, Works};

pub(crate) use super::works::Start;

type Job = Box<dyn FnOnce(&mut Works) + Send>;
/// Instants whose table is remembered: each costs the start of a server.
const REMEMBERED: usize = 16;

/// See the module. Dropping it ends the server and removes its directory.
pub(crate) struct Plane {
    pub(super) start: Start,
    login: Login,
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    /// What the table showed in states that were asked for.
    looked_at: Mutex<Vec<(Arc<State>, Table)>>,
}

impl Plane {
    /// A new server with an empty shop. Returns when it takes connections.
    pub(crate) fn open(start: Start) -> Result<Self, MariadbError> {
        let seed = Seed::fresh(&start)?;
        Self::on(start, seed)
    }

    fn on(start: Start, seed: Seed) -> Result<Self, MariadbError> {
        let (jobs, received) = mpsc::channel::<Job>();
        let (ready, opened) = mpsc::sync_channel(1);
        let begin = start.clone();
        let thread = thread::Builder::new()
            .name("lab-mariadb".to_owned())
            .spawn(move || match Works::open(begin, seed) {
                Ok(works) => {
                    let login = Login {
                        address: SocketAddr::from((Ipv4Addr::LOCALHOST, works.port())),
                        user: ADMIN.to_owned(),
                        password: works.admin_password().to_owned(),
                    };
                    ready.send(Ok(login)).ok();
                    work(works, &received);
                }
                Err(error) => {
                    ready.send(Err(error)).ok();
                }
            })
            .map_err(|_| MariadbError::Server("has no thread"))?;
        let login = opened
            .recv()
            .map_err(|_| MariadbError::Server("has no thread"))??;
        Ok(Self {
            start,
            login,
            jobs: Some(jobs),
            thread: Some(thread),
            looked_at: Mutex::default(),
        })
    }

    /// Lets the thread do `job`, and waits for its answer.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Works) -> T + Send + 'static,
    ) -> Result<T, DataError> {
        let gone = || DataError::Engine("the lab's server has no thread any more".to_owned());
        let (answer, answered) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |works| {
            answer.send(job(works)).ok();
        });
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(job).map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())
    }

    fn copy_of(&self, state: &Arc<State>) -> Result<Self, DataError> {
        let state = Arc::clone(state);
        let seed = self.ask(move |works| works.copy(&state))??;
        Self::on(self.start.clone(), seed).map_err(|error| DataError::Engine(error.to_string()))
    }
}

/// Does what is asked for, and freezes whole seconds in between.
fn work(mut works: Works, jobs: &Receiver<Job>) {
    loop {
        let wait = works.until_tick();
        if wait.is_zero() {
            works.tick();
            continue;
        }
        match jobs.recv_timeout(wait) {
            Ok(job) => job(&mut works),
            Err(RecvTimeoutError::Timeout) => works.tick(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl Drop for Plane {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic has been printed by the thread already.
            thread.join().ok();
        }
    }
}

impl DataPlane for Plane {
    fn take(&mut self, order: Order) -> Result<(), DataError> {
        self.ask(move |works| works.take(order))?
    }

    fn hurt(&mut self, kind: HurtKind, _at: Moment) -> Result<Moment, DataError> {
        self.ask(move |works| works.hurt(kind))?
    }

    fn rewind(&mut self, to: Moment, at: Moment) -> Result<(), DataError> {
        self.ask(move |works| works.rewind(to, at))?
    }

    fn shown(&self) -> Table {
        self.ask(Works::shown).unwrap_or_else(|_| Table::unreadable())
    }

    /// Another server is started on a copy of that instant's files, and asked.
    fn shown_at(&self, at: Moment) -> Result<Table, DataError> {
        let found = self.ask(move |works| works.resolve(at))?;
        let (_, state) = found.ok_or(DataError::Forgotten)?;
        let known = |looked_at: &[(Arc<State>, Table)]| {
            looked_at
                .iter()
                .find(|(known, _)| Arc::ptr_eq(known, &state))
                .map(|(_, table)| *table)
        };
        let looked_at = || self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = known(&looked_at()) {
            return Ok(table);
        }
        let table = self.copy_of(&state)?.shown();
        if table.presence() != Presence::Unreadable {
            let mut remembered = looked_at();
            if remembered.len() == REMEMBERED {
                remembered.remove(0);
            }
            remembered.push((state, table));
        }
        Ok(table)
    }

    fn standing_at(&self) -> Option<Moment> {
        self.ask(Works::standing_at).ok().flatten()
    }

    fn writes_since(&self, at: Moment) -> u64 {
        let count = self.ask(move |works| works.history().count_since(at));
        count.map_or(0, |count| u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn forget_before(&mut self, at: Moment) {
        // A thread that has ended keeps nothing anyway.
        self.ask(move |works| works.forget_before(at)).ok();
    }

    fn nearest(&self, to: Moment) -> Moment {
        let found = self.ask(move |works| works.resolve(to));
        found.ok().flatten().map_or(to, |(at, _)| at)
    }

    fn earliest(&self) -> Option<Moment> {
        self.ask(|works| works.history().earliest()).ok().flatten()
    }

    fn pool(&mut self, connections: u32) -> Result<(), DataError> {
        self.ask(move |works| works.pool(connections))?
    }

    fn login(&self) -> Option<&Login> {
        Some(&self.login)
    }

    fn fault(&self) -> Option<String> {
        self.ask(|works| works.fault())
            .unwrap_or_else(|gone| Some(gone.to_string()))
    }

    fn copied(&mut self, at: Moment) -> Result<Box<dyn DataPlane>, DataError> {
        let now = self.start.clock.now();
        let found = self.ask(move |works| {
            if at >= now {
                works.freeze_now()?;
                return Ok(works.history().latest());
            }
            Ok::<_, DataError>(works.resolve(at))
        })??;
        let (_, state) = found.ok_or(DataError::Forgotten)?;
        Ok(Box::new(self.copy_of(&state)?))
    }
}
