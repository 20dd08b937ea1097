//! The clients of one run, shared by what reads and by the one call, and built anew after a login.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_credential_types::provider::SharedCredentialsProvider;

use super::config;
use super::credentials::{Expiry, Watched};
use super::loopback::{self, LoopbackOnly};
use super::overhear::{Endpoint, Listener, Overhear};
use super::settings::{ConnectError, Settings};
use super::whole::Whole;

/// A way to the service. Cheap to clone; clones share their clients. Exposes no call by itself.
#[derive(Clone)]
pub struct Connection {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    listener: Listener,
    clients: Mutex<Clients>,
}

/// Both clients, and what was seen of their use.
#[derive(Clone)]
pub(super) struct Clients {
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) region: String,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) expiry: Arc<Expiry>,
}

/// Builds the clients; sends nothing to RDS. `listener` hears of every reply's time.
///
/// # Errors
/// The lab's URL is not on the loopback, or no Region is known.
pub async fn connect(settings: &Settings, listener: Listener) -> Result<Connection, ConnectError> {
    let clients = build(settings, &listener).await?;
    Ok(Connection::of(settings.clone(), listener, clients))
}

impl Connection {
    pub(super) fn of(settings: Settings, listener: Listener, clients: Clients) -> Self {
        Self {
            shared: Arc::new(Shared {
                settings,
                listener,
                clients: Mutex::new(clients),
            }),
        }
    }

    /// Region in force.
    pub fn region(&self) -> String {
        self.clients().region
    }

    /// The clients as they are now.
    pub(super) fn clients(&self) -> Clients {
        self.shared
            .clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Builds the clients anew. Where that fails the old ones stay, and the next read says what is wrong with them.
    pub(super) async fn renew(&self) {
        match build(&self.shared.settings, &self.shared.listener).await {
            Ok(clients) => *self.shared.clients.lock().unwrap_or_else(PoisonError::into_inner) = clients,
            Err(error) => tracing::warn!(%error, "clients could not be built anew"),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("settings", &self.shared.settings)
            .finish_non_exhaustive()
    }
}

async fn build(settings: &Settings, listener: &Listener) -> Result<Clients, ConnectError> {
    if let Some(url) = &settings.lab {
        let endpoint = loopback::lab_endpoint(url)?;
        return Ok(Clients::of(&config::lab(endpoint, settings), listener, true));
    }
    let loader = aws_config::defaults(config::behavior());
    Ok(Clients::of(
        &config::live(loader, settings).await?,
        listener,
        false,
    ))
}

impl Clients {
    /// Clients of a configuration. `on_loopback`: no request of theirs may leave this machine.
    pub(super) fn of(config: &SdkConfig, listener: &Listener, on_loopback: bool) -> Self {
        let expiry = Arc::new(Expiry::default());
        let config = watched(config, &expiry);
        let endpoint = Arc::new(Endpoint::default());
        let mut rds = aws_sdk_rds::config::Builder::from(&config)
            .interceptor(Overhear::new(Arc::clone(listener), Arc::clone(&endpoint)))
            .interceptor(Whole);
        // The endpoint that is shown is RDS's: STS has another.
        let mut sts = aws_sdk_sts::config::Builder::from(&config)
            .interceptor(Overhear::new(Arc::clone(listener), Arc::default()))
            .interceptor(Whole);
        if on_loopback {
            rds = rds.interceptor(LoopbackOnly);
            sts = sts.interceptor(LoopbackOnly);
        }
        Self {
            rds: aws_sdk_rds::Client::from_conf(rds.build()),
            sts: aws_sdk_sts::Client::from_conf(sts.build()),
            region: config.region().map(ToString::to_string).unwrap_or_default(),
            endpoint,
            expiry,
        }
    }
}

/// The same configuration with its credentials provider watched.
fn watched(config: &SdkConfig, expiry: &Arc<Expiry>) -> SdkConfig {
    let Some(inner) = config.credentials_provider() else {
        return config.clone();
    };
    let provider = Watched::new(inner, Arc::clone(expiry), config::CREDENTIALS_TIMEOUT);
    config
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(provider))
        .build()
}
