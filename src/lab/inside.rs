//! A lab on the caller's own runtime, for a simulation: it lives in the caller's time, and its levers are plain calls.
//!
//! Any client still talks to it over loopback. On a runtime whose clock is stopped the lab's time stands still too, and
//! moves only as that clock does.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::clock::Clock;
use super::data::HurtKind;
use super::http::{Station, truth};
use super::moment::Moment;
use super::start::{LabError, LabOptions, run};

/// A lab on the runtime that it was started on. Dropping it stops it.
pub struct InsideLab {
    address: SocketAddr,
    station: Arc<Station>,
    server: JoinHandle<()>,
    _stop: watch::Sender<bool>,
}

impl InsideLab {
    /// Starts a lab whose time begins at `began`. Needs a running runtime.
    ///
    /// # Errors
    /// No port could be had on the loopback.
    pub fn start(options: LabOptions, began: DateTime<Utc>) -> Result<Self, LabError> {
        let no_listener = |source| LabError::Listen {
            address: options.listen,
            source,
        };
        if !options.listen.ip().is_loopback() {
            return Err(LabError::NotLoopback(options.listen));
        }
        let listener = TcpListener::bind(options.listen).map_err(no_listener)?;
        listener.set_nonblocking(true).map_err(no_listener)?;
        let address = listener.local_addr().map_err(no_listener)?;
        let clock = Clock::starting_at(Moment::from_ms(began.timestamp_millis()));
        let station = Arc::new(Station::of(clock, options.scenario, options.seed));
        let (stop, stopped) = watch::channel(false);
        Ok(Self {
            address,
            server: tokio::spawn(run(listener, Arc::clone(&station), stopped)),
            station,
            _stop: stop,
        })
    }

    /// The URL of the API, without a slash at its end.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Moves the lab's time forward.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.station.set_clock(ms, None);
    }

    /// Makes the HTTP header `Date` differ from the lab's time.
    pub fn skew(&self, seconds: i64) {
        self.station.set_clock(0, Some(seconds));
    }

    /// Puts `rules` in the place of the last faults, as `POST /_lab/faults` takes them.
    ///
    /// # Errors
    /// They are no such list; the reader's own words.
    pub fn faults(&self, rules: &Value) -> Result<(), serde_json::Error> {
        let rules = serde_json::from_value(rules.clone())?;
        self.station.with(|world| world.faults.replace(rules));
        Ok(())
    }

    /// Opens or closes the shop.
    pub fn pause_shop(&self, paused: bool) {
        self.station.with(|world| world.set_paused(paused));
    }

    /// Deletes every order, as a careless statement would; when it was committed, none where the database takes none.
    pub fn delete_all(&self) -> Option<DateTime<Utc>> {
        let done = self.station.with(|world| world.hurt(None, HurtKind::DeleteAll));
        let at = done?.ok()?;
        DateTime::from_timestamp_millis(at.ms())
    }

    /// What `GET /_lab/world` tells.
    pub fn world(&self) -> Value {
        self.station.with(|world| truth::world(world))
    }

    /// What `GET /_lab/calls` tells.
    pub fn calls(&self) -> Value {
        self.station.with(|world| json!(world.calls.all()))
    }

    /// Digest of the orders that the first cluster showed at an instant of its present history; none where that is
    /// forgotten.
    pub fn orders_at(&self, at: DateTime<Utc>) -> Option<String> {
        let at = Moment::from_ms(at.timestamp_millis());
        self.station.with(|world| {
            let shown = world.clusters.first()?.data().shown_at(at).ok()?;
            Some(shown.digest())
        })
    }

    /// Whether the shop finds its database open and every order that it has a receipt for.
    pub fn shop_is_content(&self) -> bool {
        self.station.with(|world| {
            let now = world.now();
            world.clusters.first().is_some_and(|cluster| {
                cluster.database_open(now) && cluster.data().shown().compare_with_receipts().agrees
            })
        })
    }
}

impl Drop for InsideLab {
    fn drop(&mut self) {
        self.server.abort();
    }
}
