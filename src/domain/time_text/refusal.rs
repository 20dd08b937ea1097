//! Why a text is refused as a time: what is missing, and what to type instead.
//!
//! Texts only. Wherever the corrected text can be known it is given in full, ready to be typed.

use std::fmt;

use thiserror::Error;

use super::zone::{TwoInstants, ZoneError};

/// A pasted text in a message: in backticks, control characters escaped, cut to a readable length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted(String);

impl Quoted {
    const LONGEST: usize = 80;

    /// Quotes a text for a message.
    pub fn new(text: &str) -> Self {
        let mut shown: String = text
            .chars()
            .take(Self::LONGEST)
            .flat_map(char::escape_debug)
            .collect();
        if text.chars().nth(Self::LONGEST).is_some() {
            shown.push('…');
        }
        Self(shown)
    }
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// What a text without a zone looks like it was copied from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoneless {
    /// ISO with `T`, or a date with a month's name.
    Plain,
    /// ISO with a space: MySQL's DATETIME and `NOW()`, CloudWatch's `@timestamp`.
    Database,
    /// The hover text of a chat or dashboard, in its viewer's zone.
    Viewer,
}

impl Zoneless {
    fn whose(self) -> &'static str {
        match self {
            Self::Plain | Self::Database => "",
            Self::Viewer => " (it is its viewer's)",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Plain | Self::Viewer => "",
            Self::Database => "; `SELECT UTC_TIMESTAMP(6), @@time_zone` shows which the server uses",
        }
    }
}

/// A text that does not name one instant. A usage error: nothing was asked of AWS.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(
    missing_docs,
    reason = "each variant's text is its documentation; `text` is always the text as typed"
)]
pub enum TimeTextError {
    #[error("expected a time, got nothing: type an instant with its zone, as in 2024-05-17T14:28:00Z")]
    Empty,
    #[error("expected one line, got several: type one instant, as in 2024-05-17T14:28:00Z")]
    SeveralLines,
    #[error("{text} holds {character} at position {position}{instead}")]
    ForeignCharacter {
        text: Quoted,
        character: String,
        position: usize,
        instead: String,
    },
    #[error("{text} is in no form that this program reads: type {instead}")]
    Unreadable { text: Quoted, instead: String },

    #[error("{text} has no zone{whose}: type {utc} if it is UTC, or add --zone Area/City{hint}",
        whose = kind.whose(), hint = kind.hint())]
    NoZone {
        text: Quoted,
        utc: String,
        kind: Zoneless,
    },
    #[error("{text} has the zone abbreviation {abbreviation}, which {meanings}: type {instead}")]
    ZoneAbbreviation {
        text: Quoted,
        abbreviation: String,
        meanings: String,
        instead: String,
    },
    #[error("{text} names a zone that is none: {cause}")]
    Zone { text: Quoted, cause: ZoneError },
    #[error("{text} has brackets that hold no zone: expected one [Area/City] at the end, got {brackets:?}")]
    Brackets { text: Quoted, brackets: String },
    #[error(
        "{text} has the offset {offset}, but no place is further from UTC than -12:00 or +14:00: type a real one, as in 2024-05-17T14:28:00+02:00"
    )]
    OffsetRange { text: Quoted, offset: String },
    #[error(
        "{text} contradicts itself, expected the offset {expected} of {zone} at that time, got {offset}: type {instead}"
    )]
    OffsetConflict {
        text: Quoted,
        zone: String,
        expected: String,
        offset: String,
        instead: String,
    },
    #[error("{text} was skipped by the clocks of {zone}: type {two}", zone = two.zone.name())]
    Skipped { text: Quoted, two: TwoInstants },
    #[error("{text} came twice by the clocks of {zone}: type {two}", zone = two.zone.name())]
    Repeated { text: Quoted, two: TwoInstants },

    #[error("{text} names a day that is not in the calendar: check the date {date}")]
    NoSuchDate { text: Quoted, date: String },
    #[error("{text} names a time that is on no clock: hours run 00 to 23, minutes and seconds 00 to 59")]
    NoSuchTime { text: Quoted },
    #[error("{text} says 24:00, which could be the start or the end of a day: type {instead}")]
    TwentyFour { text: Quoted, instead: String },
    #[error("{text} names a leap second, which no database clock shows: type {instead}")]
    LeapSecond { text: Quoted, instead: String },
    #[error("{text} contradicts itself, expected {expected} for {date}, got {weekday}: check the date")]
    WeekdayMismatch {
        text: Quoted,
        date: String,
        expected: String,
        weekday: String,
    },
    #[error("{text} lies outside the years 1970 to 9999: check the year")]
    YearRange { text: Quoted },
    #[error("{text} has a year of two digits: type it with four, year first, as in 2024-05-17T14:28:00Z")]
    TwoDigitYear { text: Quoted },
    #[error("{text} has no year and no zone: type both, year first, as in 2024-05-17T14:28:00Z")]
    NoYear { text: Quoted },
    #[error("{text} has no time of day: add it with its zone, as in 2024-05-17T14:28:00Z")]
    DateOnly { text: Quoted },
    #[error(
        "{text} is a time of day without a date: type both with the zone, as in 2024-05-17T14:28:00Z, or add --zone Area/City for its last occurrence there"
    )]
    NoDate { text: Quoted },
    #[error(
        "{text} counts in {what}, which this program does not read: type the day of the month, as in 2024-05-17T14:28:00Z"
    )]
    OtherCalendar { text: Quoted, what: &'static str },
    #[error(
        "{text} gives day and month as numbers without the year first, which people read both ways: type {instead}"
    )]
    NumericDayMonth { text: Quoted, instead: String },

    #[error("{text} is a number, expected one of 10, 13, 16 or 19 digits for an epoch: type {instead}")]
    Number { text: Quoted, instead: String },
    #[error("{text} names another instant each time it is read: type {instead}")]
    Word { text: Quoted, instead: String },
    #[error("{text} lies in the future, and a target lies in the past: type {instead}")]
    Forward { text: Quoted, instead: String },
    #[error(
        "{text} says how long, but not from when: type {instead} for so long ago, or '{text_alone} before' for so long before the located statement"
    )]
    NoDirection {
        text: Quoted,
        instead: String,
        text_alone: String,
    },
    #[error("{text} says how long ago twice: type {instead}")]
    TwoDirections { text: Quoted, instead: String },
    #[error(
        "{text} is not a length that this program reads: type whole numbers with d, h, m and s, each once and the longest first, as in -1h30m"
    )]
    Length { text: Quoted },
    #[error(
        "{text} names a mark, expected 1 to 64 letters, digits, `.`, `_` or `-` after `mark:`, the first a letter or digit"
    )]
    MarkName { text: Quoted },

    #[error(
        "{text} holds a range, {from} to {to}, which is an interval to search and not a target: type one of the two"
    )]
    Range { text: Quoted, from: String, to: String },
    #[error(
        "{text} is a link without a time that this program reads: expected a message's p and 16 digits, or one from_ts= or to_ts= of 13 digits"
    )]
    Link { text: Quoted },
    #[error(
        "{text} is a line of the slow log without a time that this program reads: expected `# Time: 2024-05-17T14:28:03.123456Z` or `SET timestamp=1715956083;`"
    )]
    SlowLog { text: Quoted },
    #[error(
        "{text} is an audit line in the server's local time: add --zone Area/City, or type {utc} if the server's zone is UTC"
    )]
    AuditLocalTime { text: Quoted, utc: String },
}

/// A text as a shell takes it: in single quotes when it holds a space or a bracket.
pub(super) fn as_typed(text: &str) -> String {
    if text.contains([' ', '[']) {
        format!("'{text}'")
    } else {
        text.to_owned()
    }
}

impl TimeTextError {
    /// The last refusal: no form matched. Where the text begins with something readable, that is offered.
    pub(super) fn unreadable(text: &str, readable: Option<String>) -> Self {
        let usual =
            || "an instant with its zone, as in 2024-05-17T14:28:00Z, or how long ago, as in -10m".to_owned();
        Self::Unreadable {
            text: Quoted::new(text),
            instead: readable.unwrap_or_else(usual),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_cannot_move_the_cursor_and_is_cut() {
        assert_eq!(Quoted::new("a\u{1b}[2Jb\n").to_string(), "`a\\u{1b}[2Jb\\n`");
        assert_eq!(Quoted::new("it's").to_string(), "`it\\'s`");
        let long = Quoted::new(&"x".repeat(200)).to_string();
        assert_eq!(long.chars().count(), 83);
        assert!(long.ends_with("x…`"));
    }
}
