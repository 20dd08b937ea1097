//! Judges the clusters that templates declare, before they exist. Reads files and nothing else.

mod cloudformation;
mod excerpt;
mod input;
mod json;
mod judgement;
mod languages;
mod lines;
mod modules;
mod notes;
mod peers;
mod regions;
mod remedy;
mod render;
mod resource;
mod sarif;
mod sources;
mod summary;
pub mod terraform;
mod tree;
mod walk;

pub use input::bounded;
pub use json::json_lines;
pub use judgement::{Cause, Judgement, Remark};
pub use notes::notes;
pub use peers::PEERS;
pub use regions::Regions;
pub use remedy::remedy;
pub use render::{Drawing, Told, Weight, render};
pub use resource::{Language, Lint, Place, Resource, Suppression, Unreadable};
pub use sarif::sarif;
pub use sources::{Findings, read};
pub use summary::Counts;
