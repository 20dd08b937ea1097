//! The application's side of a run: runs the commands of a runbook and makes its HTTP checks.
//!
//! This module may not decide what a result means, ask the operator or write to a journal: it reports
//! what was seen. What a command printed is for the screen alone, and its [`Tail`] cannot be serialized.
//! With a lab, no request leaves the loopback.

mod http;
mod missing;
mod output;
mod port;
mod process;
mod program;
mod report;
mod runner;
mod tail;
mod tether;
mod variables;

pub use port::RunbookHands;
pub use report::{CommandOutcome, CommandReport, HttpOutcome, HttpReport};
pub use runner::Runner;
pub use tail::Tail;
pub use tether::{Earlier, Tether};
pub use variables::{Moment, Variables};

#[cfg(test)]
mod tests;
