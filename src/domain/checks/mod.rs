//! Preflight and validation: facts in, findings out. All rules are evaluated, all are shown.

mod application;
mod case;
mod cluster;
mod database;
mod discarded;
mod instead;
mod judgement;
mod metrics;
mod replication;
mod safety_copy;
mod secret;
mod target;
mod timing;

use case::span;
pub use case::{Case, Stage, judge};
pub use judgement::Judgement;

#[cfg(test)]
mod tests;
