//! What the journal promises, proven on whole journals.

mod chain;
mod crash;
mod disk;
mod document;
mod finding;
pub(in crate::journal) mod payloads;
mod samples;
mod store;
mod takeover;
