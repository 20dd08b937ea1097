//! The name of one run. Pure: the caller gives the time and the random part.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const SHAPE: &str = "YYYYMMDD-HHMMSS-xxxxxx";

/// The name of one run, such as `20261120-095412-4f2a9c`: the UTC second in which it began, and six
/// hexadecimal digits.
///
/// It sorts by time, can be typed, and is safe as a file name: every value has passed [`RunId::from_str`]'s
/// rules.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId(String);

/// Why a text is not the name of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunIdError {
    /// Wrong length, separator, digit or letter case.
    #[error("expected a run like {SHAPE} (UTC, then six of 0-9 a-f), got {0:?}")]
    Shape(String),
    /// The digits are in place and name no instant.
    #[error("expected a date and time that exist in the run's name, got {0:?}")]
    Instant(String),
}

impl RunId {
    /// Names the run that begins at `at`. Only the lower 24 bits of `random` are used.
    ///
    /// The year is written with four digits: of a year outside 0..=9999 only the last four count.
    pub fn new(at: DateTime<Utc>, random: u32) -> Self {
        Self(format!(
            "{:04}{:02}{:02}-{:02}{:02}{:02}-{:06x}",
            at.year().rem_euclid(10_000),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            random & 0x00ff_ffff
        ))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RunId {
    type Err = RunIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text.len() == SHAPE.len()
            && text.bytes().zip(SHAPE.bytes()).all(|(byte, place)| match place {
                b'-' => byte == b'-',
                b'x' => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
                _ => byte.is_ascii_digit(),
            });
        if !fits {
            return Err(RunIdError::Shape(text.to_owned()));
        }
        let number = |from: usize, to: usize| {
            text.as_bytes()[from..to]
                .iter()
                .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
        };
        NaiveDate::from_ymd_opt(number(0, 4).cast_signed(), number(4, 6), number(6, 8))
            .and_then(|date| date.and_hms_opt(number(9, 11), number(11, 13), number(13, 15)))
            .map(|_| Self(text.to_owned()))
            .ok_or_else(|| RunIdError::Instant(text.to_owned()))
    }
}

impl TryFrom<String> for RunId {
    type Error = RunIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RunId> for String {
    fn from(run: RunId) -> Self {
        run.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RunId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_run_is_named_by_its_second_and_six_digits() {
        let at = "2026-11-20T09:54:12.999Z".parse::<DateTime<Utc>>().unwrap();
        assert_eq!(RunId::new(at, 0xff4f_2a9c).as_str(), "20261120-095412-4f2a9c");
        assert_eq!(RunId::new(at, 0).as_str(), "20261120-095412-000000");
    }

    #[test]
    fn texts_that_are_no_names_are_refused() {
        for text in [
            "",
            "20261120-095412-4F2A9C",
            "20261120-095412-4f2a9",
            "20261120-095412-4f2a9cc",
            "20261120_095412-4f2a9c",
            "../../../../etc/passwd",
            "20261120-095412-4f2a/c",
            "2026112é-095412-4f2a9",
            "20261120-095412-4f2a9\n",
            " 0261120-095412-4f2a9c",
        ] {
            assert_eq!(
                text.parse::<RunId>(),
                Err(RunIdError::Shape(text.to_owned())),
                "{text:?}"
            );
        }
        for text in [
            "20261320-095412-4f2a9c",
            "20260230-095412-4f2a9c",
            "20261120-245412-4f2a9c",
            "20261120-095460-4f2a9c",
        ] {
            assert_eq!(
                text.parse::<RunId>(),
                Err(RunIdError::Instant(text.to_owned())),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_name_travels_as_plain_text() {
        let run: RunId = "20261120-095412-4f2a9c".parse().unwrap();
        let text = serde_json::to_string(&run).unwrap();
        assert_eq!(text, "\"20261120-095412-4f2a9c\"");
        assert_eq!(serde_json::from_str::<RunId>(&text).unwrap(), run);
        assert!(serde_json::from_str::<RunId>("\"..\"").is_err());
    }

    proptest! {
        #[test]
        fn every_new_name_parses_and_sorts_by_time(
            first in 0_i64..253_402_300_800, later in 1_i64..1_000_000, random: u32, other: u32
        ) {
            let run = RunId::new(DateTime::from_timestamp(first, 0).unwrap(), random);
            prop_assert_eq!(run.as_str().parse::<RunId>().unwrap(), run.clone());
            if first + later < 253_402_300_800 {
                prop_assert!(run < RunId::new(DateTime::from_timestamp(first + later, 0).unwrap(), other));
            }
        }

        #[test]
        fn any_instant_gives_a_name(seconds in -8_334_601_228_800_i64..8_210_266_876_799, random: u32) {
            let run = RunId::new(DateTime::from_timestamp(seconds, 0).unwrap(), random);
            prop_assert_eq!(run.as_str().len(), SHAPE.len());
        }
    }
}
