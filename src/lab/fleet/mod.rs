//! A fleet: hundreds of clusters in several Regions that are described and never moved.
//!
//! It is read from a file and answers the lists that an inventory asks for. Which Region is meant follows from the scope of
//! a request's signature, as it does with one endpoint for several Regions. Its clusters hold no data: what acts on a
//! cluster finds the scenario's own ones alone.

mod answer;
mod cluster;
mod entry;
mod file;
mod instant;
mod list;

pub(crate) use answer::Fleet;
pub(crate) use file::FleetPlan;

#[cfg(test)]
mod tests;
