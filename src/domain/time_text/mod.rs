//! What operators paste as a time, and the one instant that it means.
//!
//! A text is read once, at entry ([`TimeText::parse`]), and frozen once, by the service's clock
//! ([`TimeText::resolve`]). Only what names one instant is accepted. Everything else is refused with
//! what is missing and what to type instead.
//!
//! Nothing here may read a clock, clamp an instant, or supply a zone that nobody wrote.

mod abbreviation;
mod bearings;
mod debris;
mod echo;
mod forms;
mod reading;
mod refusal;
mod resolve;
mod scan;
mod slip;
mod span;
mod text;
mod unresolved;
mod zone;

#[cfg(test)]
mod tests;

pub use bearings::{Bearings, Resolved};
pub use echo::{DisplayZone, Echo};
pub use reading::{EpochUnit, Marked, Reading};
pub use refusal::{Quoted, TimeTextError, Zoneless};

pub use slip::zone_slip;
pub use span::span;
pub use text::TimeText;
pub use unresolved::ResolveError;
pub use zone::{TwoInstants, ZoneError, parse_zone};
