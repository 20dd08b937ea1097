//! Single figures of a run, for whoever adds up many.

use chrono::{DateTime, Utc};

use super::facts::{outages, total};
use super::moment::moments;
use crate::domain::event::Event;

/// How long the application was stopped, in seconds; none where it was not, or still is.
pub fn outage_s(events: &[(DateTime<Utc>, Event)]) -> Option<i64> {
    total(&outages(&moments(events)))
}
