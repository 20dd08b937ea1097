//! The report for people: Markdown that can be pasted into a ticket.
//!
//! One file a section. Nothing is found out here: the facts are all there, and are written down.

mod application;
mod audit;
mod debts;
mod decisions;
mod document;
mod findings;
mod headline;
mod hops;
mod inline;
mod left_behind;
mod located;
mod overrides;
mod page;
mod refusals;
mod search;
mod summary;
mod timeline;
mod undo;
mod value;
mod verifications;
mod who;

pub use document::markdown;
