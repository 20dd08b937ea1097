//! Terraform: plans and states as JSON, and modules as they are written.
//!
//! What is decided in an apply, or by a file that is not there, is unknown and named; it is never guessed. Nothing is
//! run, nothing is fetched, no variable of the environment is read.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what an expression, a value or a piece of JSON is of another kind than the one that is looked for, is refused or handed on as it is, whatever kinds there are"
)]

mod clone;
mod cluster;
mod code;
mod eval;
mod fact;
mod key;
mod marks;
mod number;
mod number_read;
mod number_text;
mod saved;
mod strict;
mod value;
mod value_json;
mod value_parts;

pub use code::{Folder, folder};
pub use saved::json;

#[cfg(test)]
mod tests;
