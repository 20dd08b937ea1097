//! Judges the clusters that templates declare, before they exist. Reads files and nothing else.

mod resource;
pub mod terraform;

pub use resource::{Lint, Place, Resource, Suppression, Unreadable};
