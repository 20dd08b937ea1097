//! Starting and stopping a lab: a thread of its own, a runtime of its own, a port on loopback.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::clock::Clock;
use super::data::Login;
use super::engine::Engine;
use super::http::{LoopbackListener, Station, service};
use super::mariadb::MariadbError;
use super::scenario::Scenario;

/// How long requests that are being answered may take once the lab stops.
const GRACE: Duration = Duration::from_millis(500);
/// How often a world in real time is moved up to now: orders are committed this late at most.
const TICK: Duration = Duration::from_millis(100);

/// How a lab is to be.
#[derive(Clone, Debug)]
pub struct LabOptions {
    /// Where it listens: a loopback address; port 0 takes a free one. Default 127.0.0.1:0.
    pub listen: SocketAddr,
    /// Two labs of one seed take the same orders and break in the same way. Default 1.
    pub seed: u64,
    /// Everything else. Default: the drill's lab.
    pub scenario: Scenario,
    /// What keeps the rows. Default: [`Engine::Memory`].
    pub engine: Engine,
}

impl Default for LabOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            scenario: Scenario::default(),
            engine: Engine::default(),
        }
    }
}

/// Why a lab did not start.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// The lab has no door to the outside.
    #[error("expected a loopback address to listen on, got {0}")]
    NotLoopback(SocketAddr),
    /// The port is taken, or not allowed.
    #[error("could not listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// No thread or no runtime.
    #[error("could not start the lab's thread")]
    Thread(#[source] io::Error),
    /// The `mariadb` engine could not be had.
    #[error(transparent)]
    Engine(#[from] MariadbError),
}

/// The lab.
#[derive(Debug)]
pub struct Lab;

impl Lab {
    /// Starts a lab on a thread of its own. When this returns it takes connections.
    pub fn start(options: LabOptions) -> Result<LabHandle, LabError> {
        let LabOptions {
            listen,
            seed,
            scenario,
            engine,
        } = options;
        if !listen.ip().is_loopback() {
            return Err(LabError::NotLoopback(listen));
        }
        let no_listener = |source| LabError::Listen {
            address: listen,
            source,
        };
        let listener = TcpListener::bind(listen).map_err(no_listener)?;
        listener.set_nonblocking(true).map_err(no_listener)?;
        let address = listener.local_addr().map_err(no_listener)?;
        let cluster = scenario
            .cluster
            .first()
            .map(|plan| plan.id.as_str().to_owned())
            .unwrap_or_default();

        // Before the runtime: where a lab is started from async code, none may be dropped.
        let (station, login) = open(engine, scenario, seed)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(LabError::Thread)?;
        let (stop, stopped) = watch::channel(false);
        let thread = std::thread::Builder::new()
            .name("lab".to_owned())
            .spawn(move || runtime.block_on(run(listener, station, stopped)))
            .map_err(LabError::Thread)?;
        Ok(LabHandle {
            address,
            cluster,
            login,
            stop,
            thread: Some(thread),
        })
    }
}

/// The world on its engine, and how a MySQL client reaches the first cluster.
fn open(engine: Engine, scenario: Scenario, seed: u64) -> Result<(Arc<Station>, Option<Login>), LabError> {
    let clock = Clock::start();
    let Some(storage) = engine.storage(&clock, &scenario)? else {
        return Ok((Arc::new(Station::of(clock, scenario, seed)), None));
    };
    let login = storage.first().and_then(|data| data.login().cloned());
    let station = Station::on(clock, storage, scenario, seed);
    Ok((Arc::new(station), login))
}

/// Moves a world up to now, again and again: a real server's time passes whether anybody asks or not.
async fn tick(station: &Station) {
    if !station.in_real_time() {
        return std::future::pending().await;
    }
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        station.with(|_| ());
    }
}

pub(super) async fn run(listener: TcpListener, station: Arc<Station>, stopped: watch::Receiver<bool>) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => LoopbackListener(listener),
        Err(error) => {
            tracing::error!(%error, "the lab's listener cannot be used");
            return;
        }
    };
    let ticking = Arc::clone(&station);
    let server = axum::serve(listener, service(station)).with_graceful_shutdown(until(stopped.clone()));
    let overdue = async {
        until(stopped).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => {
            if let Err(error) = ended {
                tracing::error!(%error, "the lab's server ended");
            }
        }
        () = overdue => {}
        () = tick(&ticking) => {}
    }
}

/// Returns when the lab is told to stop, or its handle is gone.
async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone: the same.
    stopped.wait_for(|stopped| *stopped).await.ok();
}

/// A running lab. Dropping it stops the lab, and waits until it has.
#[derive(Debug)]
pub struct LabHandle {
    address: SocketAddr,
    cluster: String,
    login: Option<Login>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl LabHandle {
    /// The URL of the API, without a slash at its end: `http://127.0.0.1:40123`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The id of the shop's own cluster: the scenario's first.
    pub fn cluster(&self) -> &str {
        &self.cluster
    }

    /// The URL of the sample application.
    pub fn shop(&self) -> String {
        format!("{}/shop", self.endpoint())
    }

    /// The command by which a MySQL client looks at the rows; none where no server is.
    pub fn client(&self) -> Option<String> {
        let Login {
            address,
            user,
            password,
        } = self.login.as_ref()?;
        let (host, port) = (address.ip(), address.port());
        Some(format!("mysql -h {host} -P {port} -u {user} -p{password} shop"))
    }

    /// What `lab serve` prints when it is ready: `ready`, `endpoint`, `cluster`, `mysql` (null where no server is), `shop`.
    pub fn ready_line(&self) -> Value {
        let mysql = self.login.as_ref().map(|login| {
            json!({
                "host": login.address.ip().to_string(),
                "port": login.address.port(),
                "user": login.user,
                "password": login.password,
            })
        });
        json!({
            "ready": true,
            "endpoint": self.endpoint(),
            "cluster": self.cluster,
            "mysql": mysql,
            "shop": self.shop(),
        })
    }
}

impl Drop for LabHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A panic of the lab has been printed by its thread already.
            thread.join().ok();
        }
    }
}

#[cfg(test)]
mod tests;
