//! The runbooks that come with the program.

/// The default: the operator pauses by hand and attests.
pub const REWIND: &str = include_str!("../../runbooks/rewind.toml");

/// For a lab: pauses its shop and verifies its orders by command.
pub const DRILL: &str = include_str!("../../runbooks/drill.toml");

/// What the built-in drill rehearses: the same, with a safety clone before the rewind.
pub const PRACTICE: &str = concat!(
    include_str!("../../runbooks/drill.toml"),
    "\n[copy]\nkind = \"clone\"\n"
);
