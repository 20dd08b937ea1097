//! Reads runbooks: strict TOML in, a [`Runbook`](crate::domain::runbook::Runbook) or all of its faults out.
//!
//! This module may not open a file, run a command or print: it is given the text and gives back values.
//! The values of `env` never reach a message, and are masked in the lines that are shown with one.
//!
#![doc = include_str!("../../docs/runbooks.md")]

mod broken;
mod command;
mod copy;
mod database;
mod duration;
mod expansion;
mod fault;
mod found;
mod parse;
mod policy;
mod render;
mod secrets;
mod shipped;
mod sql;
mod step;
mod suspicion;
mod table;
mod value;

pub use fault::{Fault, RunbookFaults};
pub use parse::{digest, parse};
pub use shipped::{DRILL, DRILL_SQL, PRACTICE, REWIND};

#[cfg(test)]
mod tests;
