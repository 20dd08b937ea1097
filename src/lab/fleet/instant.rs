//! An instant of the file: of the calendar, or so long before the lab's start.

use serde::Deserialize;

use super::super::moment::Moment;

/// `"2026-11-20T02:00:00Z"`, or a number of seconds before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Raw")]
pub(crate) enum Instant {
    At(Moment),
    AgoS(u32),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Raw {
    AgoS(u32),
    At(String),
}

impl TryFrom<Raw> for Instant {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        match raw {
            Raw::AgoS(seconds) => Ok(Self::AgoS(seconds)),
            Raw::At(text) => Moment::parse(&text).map(Self::At).ok_or_else(|| {
                format!("expected 2026-11-20T02:00:00Z or seconds before the start, got {text:?}")
            }),
        }
    }
}

impl Instant {
    /// When it is, in a lab that began then.
    pub(crate) fn of(self, started: Moment) -> Moment {
        match self {
            Self::At(at) => at,
            Self::AgoS(seconds) => started.plus_s(-i64::from(seconds)),
        }
    }
}
