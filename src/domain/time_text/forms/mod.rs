//! The forms in which a time is pasted: one file for each family.
//!
//! A form answers `None` for a text that is none of its own, and an error for one that is its own but
//! names no instant. No form guesses, and none reads a clock.

mod audit;
mod clock;
mod epoch;
mod found;
mod iso;
mod links;
mod logs;
mod moment;
mod month;
mod numeric;
mod offset;
mod order;
mod relative;
mod token;
mod words;

pub(super) use audit::audit_line;
pub(super) use found::Found;
pub(super) use month::without_zone_comment;
pub(super) use order::ALL;
