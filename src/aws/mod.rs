//! The AWS adapter: the only place that names the SDK.
//!
//! `Reads` implements what is read, with the SDK's retries; `BacktrackOnce` makes the one call that changes a cluster,
//! without any; `Copies` makes safety copies. All speak the terms of `ports`; codes, messages and request ids of AWS pass through verbatim, and
//! nothing of a credential passes at all. Decides nothing about a run.

mod backtrack;
mod bound;
mod codes;
mod config;
mod connection;
mod copies;
mod credentials;
mod door;
mod failure;
mod fleet;
mod gate;
mod lists;
mod loopback;
mod overhear;
mod pages;
mod reads;
mod reply;
mod settings;
mod stamps;
mod statement_logs;
mod translate;
mod whole;

#[cfg(test)]
mod tests;

pub use backtrack::{BacktrackOnce, ServiceNow};
pub use connection::{Connection, connect, connect_by};
pub use copies::Copies;
pub use door::Door;
pub use fleet::{Fleet, Progress};
pub use overhear::{Heard, Listener};
pub use reads::Reads;
pub use settings::{ConnectError, Settings};
pub use statement_logs::StatementLogs;
