//! Seeded simulation: whole runs on virtual time, with the real engine, machine, journal and AWS adapter, the real SDK
//! over HTTP loopback, and the real lab in the same process. Only time, person and application are played.
//!
//! One number decides everything that is random: the lab's ways, its faults, delays of the wire, jumps of clocks, the
//! person's answers, the moment of a crash. `BACKTRACKCTL_SEED=n` plays one seed and tells of it, `BACKTRACKCTL_SEEDS=a..b`
//! plays others than the fixed ones.

mod chance;
mod doom;
mod journal;
mod network;
mod oracle;
mod person;
mod process;
mod seeds;
mod setup;
mod shop;
mod story;
mod time;
mod trace;
