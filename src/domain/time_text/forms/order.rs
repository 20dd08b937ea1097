//! The order in which the forms are tried.

use chrono_tz::Tz;

use super::{Found, clock, epoch, iso, links, logs, month, numeric, relative, words};
use crate::domain::time_text::refusal::TimeTextError;

type Form = fn(&str, Option<Tz>) -> Result<Option<Found>, TimeTextError>;

/// Every form, in the order in which they are tried.
pub(in crate::domain::time_text) const ALL: &[Form] = &[
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
