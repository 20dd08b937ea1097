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

/// For a lab with a real server: drains it, looks for quiet, takes a clone, and verifies by SQL as well.
pub const DRILL_SQL: &str = include_str!("../../runbooks/drill-sql.toml");
