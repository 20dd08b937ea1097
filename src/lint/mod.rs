//! Judges the clusters that templates declare, before they exist. Reads files and nothing else.

mod cloudformation;
mod lines;
mod peers;
mod resource;
mod tree;

pub use peers::PEERS;
pub use resource::{Lint, Place, Resource, Suppression, Unreadable};
