//! A scenario: everything about a lab that can be chosen, read from TOML.
//!
//! Strict: an unknown key is an error, and each error says where. It decides nothing; it is only data.

mod cluster;
mod copies;
mod error;
mod file;
mod logs;
mod names;
mod rewind;
mod service;

pub use error::ScenarioError;
pub use file::Scenario;

pub(crate) use cluster::ClusterPlan;
pub(crate) use names::ClusterName;
pub(crate) use rewind::{AfterNewWrites, Echo, Fractions, Nearest, RewindPlan};
pub(crate) use service::{Credentials, FirstStatus, LetterCase, ListOrder, SkewReach, Stamps};
