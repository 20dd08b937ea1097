//! The words that are read, and the words that are refused because they move.
//!
//! `now` and `yesterday` mean another instant each time they are read; a retry would drift with them.

use chrono_tz::Tz;

use super::Found;
use super::relative;
use crate::domain::time_text::reading::Reading;
use crate::domain::time_text::refusal::{Quoted, TimeTextError};

const LONGEST_MARK: usize = 64;
const MOVING: &[&str] = &[
    "now",
    "today",
    "yesterday",
    "tomorrow",
    "midnight",
    "noon",
    "latest",
    "last",
    "next",
    "in",
];

/// `earliest`, `origin`, `mark:NAME`; and the refused words.
pub(super) fn read(text: &str, _zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    if text.eq_ignore_ascii_case("earliest") {
        return Ok(Some(Found::plain(Reading::Earliest)));
    }
    if text.eq_ignore_ascii_case("origin") {
        return Ok(Some(Found::plain(Reading::Origin)));
    }
    if let Some(name) = text.strip_prefix("mark:") {
        return mark(text, name).map(Some);
    }
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let word = word.to_ascii_lowercase();
    if !MOVING.contains(&word.as_str()) {
        return Ok(None);
    }
    let usual =
        || "how long ago, as in -10m, or an instant with its zone, as in 2024-05-17T14:28:00Z".to_owned();
    let offered = relative::offered(rest);
    if word == "in" || (word == "now" && rest.trim_start().starts_with('+')) {
        return Err(TimeTextError::Forward {
            text: Quoted::new(text),
            instead: offered.unwrap_or_else(usual),
        });
    }
    Err(TimeTextError::Word {
        text: Quoted::new(text),
        instead: offered.unwrap_or_else(usual),
    })
}

fn mark(text: &str, name: &str) -> Result<Found, TimeTextError> {
    let mut characters = name.chars();
    let starts_well = characters.next().is_some_and(|c| c.is_ascii_alphanumeric());
    let goes_well = characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if starts_well && goes_well && name.len() <= LONGEST_MARK {
        return Ok(Found::plain(Reading::Mark {
            name: name.to_owned(),
            marked: None,
        }));
    }
    Err(TimeTextError::MarkName {
        text: Quoted::new(text),
    })
}
