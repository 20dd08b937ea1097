//! What a run leaves to be done outside the database: which time is gone, what of it is known in figures, and the
//! questions that no machine answers. Followed event by event, so that a screen and the report say the same.

mod aftermath;
mod debt;
mod ids;
mod interval;

pub use aftermath::Aftermath;
pub use debt::{Debt, Topic};
pub use interval::Interval;
