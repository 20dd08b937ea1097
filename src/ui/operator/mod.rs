//! Who answers: a person at the terminal, or what `--yes` stands for.
//!
//! Rules of every question: no default; an empty line is never a yes; an answer that is missing is `Nobody`; what was
//! typed ahead or pasted in several lines is not an answer.

mod attest;
mod brief;
mod choice;
mod confirm;
mod hop;
mod instant;
mod interview;
mod menu;
mod pause;
mod plain;
mod preconfirmed;
mod shell;
mod talk;
mod terminal;
mod unattended;

#[cfg(test)]
mod testing;

pub use brief::Zones;
pub use preconfirmed::PreconfirmedOperator;
pub(super) use talk::{Heard, Talk};
pub use terminal::TerminalOperator;
pub use unattended::UnattendedOperator;
