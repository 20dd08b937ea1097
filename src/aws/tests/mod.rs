//! The adapter against a server that misbehaves, over real HTTP on the loopback.

mod accounts;
mod copies;
mod door;
mod hostile;
mod looking;
mod once;
mod reading;
mod server;
mod world;

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;

use super::config;
use super::connection::{Clients, Connection};
use super::overhear::Listener;
use super::reads::Reads;
use super::settings::Settings;

/// Hears nothing.
fn deaf() -> Listener {
    Arc::new(|_| ())
}

/// A lab's configuration with three attempts, as in a run, and without the pauses between them.
fn impatient(url: &str) -> SdkConfig {
    let config = config::lab(url.to_owned(), &Settings::default());
    let retry = config
        .retry_config()
        .unwrap()
        .clone()
        .with_initial_backoff(Duration::from_millis(1));
    config.into_builder().retry_config(retry).build()
}

/// A connection of that configuration.
fn connection(config: &SdkConfig) -> Connection {
    Connection::of(Settings::default(), deaf(), Clients::of(config, &deaf(), true))
}

/// Reads of that server.
fn reads(server: &server::Server) -> Reads {
    Reads::new(connection(&impatient(&server.url)))
}

#[test]
fn the_attempts_of_these_tests_are_those_of_a_run() {
    let config = impatient("http://127.0.0.1:1");
    assert_eq!(config.retry_config().map(RetryConfig::max_attempts), Some(3));
}
