//! JSON and YAML as one tree whose every part knows where it stands. Bounded in depth and size, whatever was written.

mod json;
mod node;
mod number;
mod yaml;
mod yaml_frame;

pub(super) use json::json;
pub(super) use node::{Entry, Fault, Kind, Node};
pub(super) use number::whole;
pub(super) use yaml::{Documents, yaml};

#[cfg(test)]
mod tests;
