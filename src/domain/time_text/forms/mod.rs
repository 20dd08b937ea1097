//! The forms in which a time is pasted: one file for each family.
//!
//! A form answers `None` for a text that is none of its own, and an error for one that is its own but
//! names no instant. No form guesses, and none reads a clock.

mod audit;
mod clock;
mod epoch;
mod iso;
mod links;
mod logs;
mod moment;
mod month;
mod numeric;
mod offset;
mod relative;
mod token;
mod words;

use chrono_tz::Tz;

use super::reading::Reading;
use super::refusal::TimeTextError;

pub(super) use audit::audit_line;
pub(super) use month::without_zone_comment;

/// A text that a form has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) reading: Reading,
    pub(super) notes: Vec<String>,
}

impl Found {
    fn plain(reading: Reading) -> Self {
        Self {
            reading,
            notes: Vec::new(),
        }
    }

    fn noted(reading: Reading, note: impl Into<String>) -> Self {
        Self {
            reading,
            notes: vec![note.into()],
        }
    }
}

type Form = fn(&str, Option<Tz>) -> Result<Option<Found>, TimeTextError>;

/// Every form, in the order in which they are tried.
pub(super) const ALL: &[Form] = &[
    words::read,
    relative::read,
    epoch::read,
    links::read,
    logs::read,
    iso::read,
    clock::read,
    numeric::read,
    month::read,
];
