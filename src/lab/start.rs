//! Starting and stopping a lab: a thread of its own, a runtime of its own, a port on loopback.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::http::{LoopbackListener, Station, service};
use super::scenario::Scenario;

/// How long requests that are being answered may take once the lab stops.
const GRACE: Duration = Duration::from_millis(500);

/// How a lab is to be.
#[derive(Clone, Debug)]
pub struct LabOptions {
    /// Where it listens: a loopback address; port 0 takes a free one. Default 127.0.0.1:0.
    pub listen: SocketAddr,
    /// Two labs of one seed take the same orders and break in the same way. Default 1.
    pub seed: u64,
    /// Everything else. Default: the drill's lab.
    pub scenario: Scenario,
}

impl Default for LabOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            scenario: Scenario::default(),
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

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(LabError::Thread)?;
        let station = Arc::new(Station::open(scenario, seed));
        let (stop, stopped) = watch::channel(false);
        let thread = std::thread::Builder::new()
            .name("lab".to_owned())
            .spawn(move || runtime.block_on(run(listener, station, stopped)))
            .map_err(LabError::Thread)?;
        Ok(LabHandle {
            address,
            cluster,
            stop,
            thread: Some(thread),
        })
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

    /// What `lab serve` prints when it is ready: `ready`, `endpoint`, `cluster`, `mysql` (null on this engine), `shop`.
    pub fn ready_line(&self) -> Value {
        json!({
            "ready": true,
            "endpoint": self.endpoint(),
            "cluster": self.cluster,
            "mysql": null,
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
