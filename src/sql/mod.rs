//! The SQL adapter: the only place that names the MySQL client.
//!
//! `Server` implements what is read, the ending of sessions, and the canary of a drill. One connection at a time; none outlives the call that
//! opened it, because a rewind cuts every one. A password or token goes into the login and nowhere else. Decides nothing
//! about a run.

mod answer;
mod canary;
mod counters;
mod drain;
mod events;
mod ids;
mod login;
mod look;
mod probe;
mod quiet;
mod server;
mod session;
mod sessions;
mod trouble;

pub use answer::{Kept, key};
pub use server::Server;
