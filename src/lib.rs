//! backtrackctl: walks an operator through an Aurora MySQL Backtrack.

pub mod application;
pub mod domain;
pub mod engine;
pub mod journal;
pub mod ports;
pub mod runbook;
