//! The `mariadb` engine: a private server whose storage really goes back.
//!
//! Just before a whole second the server is frozen (SIGSTOP), its small data directory is read, and it is thawed; only
//! the 16 KiB blocks that changed are kept, in one pack file. To move, it is killed, the state of an instant is written
//! back, and it starts again: crash recovery drops what was not committed. Connections die; definitions, accounts and
//! counters go back with the rows, as they do with Aurora's storage.
//!
//! All of it is kept in memory too, for comparison: data of a drill is small, below 100 MB.
//!
//! Nothing is signalled, written or removed here outside of a directory that a lab made (see [`home`]). One thread owns
//! everything, and lives as long as the lab: the kernel ends the server when it ends.

mod accounts;
mod binary;
mod bootstrap;
mod fault;
mod freeze;
mod history;
mod home;
mod manifest;
mod mirror;
mod pack;
mod plane;
mod pool;
mod port;
mod read;
mod receipts;
mod server;
mod sql;
mod works;

pub(crate) use binary::Binary;
pub use fault::MariadbError;
pub(crate) use plane::{Plane, Start};

#[cfg(test)]
mod tests;
