//! backtrackctl: walks an operator through an Aurora MySQL Backtrack.

pub mod application;
pub mod aws;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod engine;
pub mod journal;
pub mod lab;
pub mod lint;
pub mod locate;
pub mod ports;
pub mod posture;
pub mod report;
pub mod runbook;
pub mod sql;
pub mod ui;
