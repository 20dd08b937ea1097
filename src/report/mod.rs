//! The incident report: what a team pastes into its ticket, and what an auditor trusts.
//!
//! Text out of events. Every fact is found by folding the journal's events through the machine once more, so the
//! report can say nothing that the run itself did not know. Nothing is read, asked, sent or printed here, and no
//! clock is looked at: the same events give the same report, to the letter.

mod facts;
mod figures;
mod instant;
mod json;
mod markdown;
mod moment;
mod trail;

pub use figures::Figures;
pub use json::{SCHEMA, json};
pub use markdown::markdown;
pub use trail::Trail;

#[cfg(test)]
mod tests;
