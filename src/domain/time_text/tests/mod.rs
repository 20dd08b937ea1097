//! The whole grammar as tables: every form accepted, every form refused, and what holds for any text.

mod accepted;
mod bare_clock;
mod journal;
mod properties;
mod refused;
mod resolved;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{TimeText, TimeTextError, parse_zone};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn zone(name: &str) -> Tz {
    parse_zone(name).unwrap()
}

fn parse(text: &str) -> Result<TimeText, TimeTextError> {
    TimeText::parse(text, None)
}
