//! Texts that name one instant, and the instant that they name.

mod instants;
mod meanings;
mod wrappers;

use chrono::TimeDelta;

use super::{at, zone};
use crate::domain::time_text::{Bearings, TimeText};

/// Reads a text and freezes it with a window around the day of the examples.
fn instant(text: &str, given: Option<&str>) -> String {
    let read = TimeText::parse(text, given.map(zone)).unwrap_or_else(|refused| panic!("{text:?}: {refused}"));
    let window = Bearings {
        earliest: Some(at("2024-05-14T14:51:04Z")),
        ..Bearings::new(at("2024-05-17T14:51:04Z"), TimeDelta::zero())
    };
    let resolved = read
        .resolve(&window)
        .unwrap_or_else(|refused| panic!("{text:?}: {refused}"));
    resolved
        .exact()
        .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(instant(text, None), *expected, "{text:?}");
    }
}
