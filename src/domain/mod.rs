//! The domain: pure. Facts in, decisions out; no clock is read, nothing is sent, nothing is stored.

pub mod aws_cli;
pub mod backtrack;
pub mod by_hand;
pub mod canary;
pub mod checks;
pub mod cluster;
pub mod database;
pub mod debts;
pub mod effect;
pub mod event;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixture;
pub mod identity;
pub mod inspection;
pub mod known;
pub mod mode;
pub mod notice;
pub mod outcome;
pub mod pace;
pub mod phase;
pub mod plan;
pub mod posture;
pub mod question;
pub mod receipt;
pub mod run;
pub mod run_id;
pub mod runbook;
pub mod safety_copy;
pub mod shell;
pub mod target;
pub mod time_text;
pub mod verification;
pub mod window_metrics;
