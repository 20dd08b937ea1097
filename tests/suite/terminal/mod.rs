//! A person at a terminal walks through the program, well and badly.

mod drill;
mod facts;
mod looks;
mod nobody;
mod person;
mod refusals;
mod search;
mod signals;
mod walk;

pub use person::Person;

/// The title of each question.
pub const PAUSE: &str = "Pause the application?";
pub const REWIND: &str = "Rewind orders--drill?";
pub const FORWARD: &str = "Move orders--drill forward?";
pub const ACCEPT: &str = "Accept it?";
pub const BY_HAND: &str = "For you to ";
