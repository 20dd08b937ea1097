//! What every test shares: a lab, the program in an environment of its own, and patience. Asserts nothing about a run.

mod cloudwatch;
mod crowd;
mod http;
mod incident;
mod journal;
mod lab;
mod mariadb;
mod moto;
mod patience;
mod program;
mod runbook;
mod venv;

pub use cloudwatch::CloudWatch;
pub use crowd::each;
pub use incident::{Incident, stamp, whole_second};
pub use journal::Journal;
pub use lab::{Backtrack, Call, Lab, QUICK, World};
pub use mariadb::{Client, Mariadb, tls};
pub use moto::Moto;
pub use patience::eventually;
pub use program::{Finished, Program, Running};
pub use runbook::{drill_runbook, drill_with_copy, shipped};
pub use venv::{need, path};
