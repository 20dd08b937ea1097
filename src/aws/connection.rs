//! The clients of one run, shared by what reads and by the one call, and built anew after a login.

use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

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
    /// What carries requests to a lab in the place of the usual HTTP client.
    carrier: Option<SharedHttpClient>,
    clients: Mutex<Clients>,
}

/// Both clients, and what was seen of their use.
#[derive(Clone)]
pub(super) struct Clients {
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) secrets: aws_sdk_secretsmanager::Client,
    pub(super) logs: aws_sdk_cloudwatchlogs::Client,
    /// None on a lab, which plays no CloudWatch.
    pub(super) cloudwatch: Option<aws_sdk_cloudwatch::Client>,
    /// It gave no answer once.
    pub(super) cloudwatch_is_silent: Arc<AtomicBool>,
    /// For what is signed here and sent elsewhere.
    pub(super) config: SdkConfig,
    pub(super) region: String,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) expiry: Arc<Expiry>,
}

/// Builds the clients; sends nothing to RDS. `listener` hears of every reply's time.
///
/// # Errors
/// The lab's URL is not on the loopback, or no Region is known.
pub async fn connect(settings: &Settings, listener: Listener) -> Result<Connection, ConnectError> {
    let clients = build(settings, &listener, None).await?;
    Ok(Connection::of(settings.clone(), listener, clients))
}

/// The same for a lab, with `carrier` in the place of the usual HTTP client: a simulation delays, loses and counts what
/// goes over the wire.
///
/// # Errors
/// The lab's URL is not on the loopback, or none is given.
pub async fn connect_by(
    settings: &Settings,
    listener: Listener,
    carrier: SharedHttpClient,
) -> Result<Connection, ConnectError> {
    let clients = build(settings, &listener, Some(&carrier)).await?;
    Ok(Connection::through(
        settings.clone(),
        listener,
        clients,
        Some(carrier),
    ))
}

impl Connection {
    pub(super) fn of(settings: Settings, listener: Listener, clients: Clients) -> Self {
        Self::through(settings, listener, clients, None)
    }

    fn through(
        settings: Settings,
        listener: Listener,
        clients: Clients,
        carrier: Option<SharedHttpClient>,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                settings,
                listener,
                carrier,
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
        let shared = &self.shared;
        match build(&shared.settings, &shared.listener, shared.carrier.as_ref()).await {
            Ok(clients) => *shared.clients.lock().unwrap_or_else(PoisonError::into_inner) = clients,
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

async fn build(
    settings: &Settings,
    listener: &Listener,
    carrier: Option<&SharedHttpClient>,
) -> Result<Clients, ConnectError> {
    if let Some(url) = &settings.lab {
        let endpoint = loopback::lab_endpoint(url)?;
        let mut config = config::lab(endpoint, settings);
        if let Some(carrier) = carrier {
            config = config.into_builder().http_client(carrier.clone()).build();
        }
        return Ok(Clients::of(&config, listener, true));
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
        let mut secrets = aws_sdk_secretsmanager::config::Builder::from(&config);
        let mut logs = aws_sdk_cloudwatchlogs::config::Builder::from(&config);
        if on_loopback {
            secrets = secrets.interceptor(LoopbackOnly);
            logs = logs.interceptor(LoopbackOnly);
            rds = rds.interceptor(LoopbackOnly);
            sts = sts.interceptor(LoopbackOnly);
        }
        Self {
            rds: aws_sdk_rds::Client::from_conf(rds.build()),
            sts: aws_sdk_sts::Client::from_conf(sts.build()),
            secrets: aws_sdk_secretsmanager::Client::from_conf(secrets.build()),
            logs: aws_sdk_cloudwatchlogs::Client::from_conf(logs.build()),
            cloudwatch: (!on_loopback).then(|| aws_sdk_cloudwatch::Client::new(&config)),
            cloudwatch_is_silent: Arc::default(),
            config: config.clone(),
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
