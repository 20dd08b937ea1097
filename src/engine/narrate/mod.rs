//! One stream of notices, told from the events. What is told changes nothing.

mod events;
mod looks;
mod phases;
mod search;
mod steps;

pub(super) use looks::Weights;
