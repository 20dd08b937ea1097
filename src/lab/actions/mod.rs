//! What each action of the API does to the world, and what it answers.
//!
//! Actions see fields and give elements. They know nothing of HTTP, and no fault.

mod backtrack;
mod caller;
mod clusters;
mod dispatch;
mod empty;
mod events;
mod history;
mod instances;
mod logs;
mod names;
mod parameters;
mod removal;
mod restore;
mod snapshots;
mod tags;

pub(crate) use backtrack::start_foreign;
pub(crate) use dispatch::{Answer, answer};

#[cfg(test)]
mod tests;
