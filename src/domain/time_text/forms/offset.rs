//! The zone as it stands at the end of a time: `Z`, an offset, an abbreviation.
//!
//! It says what is written. What an abbreviation means is nobody's to decide.

use chrono::FixedOffset;
use chrono_tz::Tz;

use crate::domain::time_text::scan::Scan;

/// The written zone of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ZonePart<'a> {
    /// Nothing was written.
    Absent,
    /// `Z`, `UTC`, `GMT`, `-00:00`: the instant is known, the local offset is not claimed.
    Utc,
    Offset(FixedOffset),
    /// An offset that no place has.
    OutOfRange(&'a str),
    Abbreviation(&'a str),
    /// A name in brackets, after what stood before them (never itself `Bracket`).
    Bracket(Tz, Box<ZonePart<'a>>),
}

impl<'a> ZonePart<'a> {
    /// Reads a whole text as a zone; `None` when it is none. An empty text is `Absent`.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Absent);
        }
        if ["Z", "z", "UTC", "utc", "GMT", "+0000 UTC"].contains(&text) {
            return Some(Self::Utc);
        }
        // `UTC+02:00` and `GMT+0200` are offsets; `UTC+2` is refused, for POSIX reads its sign the other way.
        if let Some(signed) = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")) {
            return if signed.len() >= 5 {
                Self::offset(signed)
            } else {
                None
            };
        }
        if text.starts_with(['+', '-']) {
            return Self::offset(text);
        }
        let is_abbreviation = text.len() <= 5 && text.bytes().all(|b| b.is_ascii_uppercase());
        is_abbreviation.then_some(Self::Abbreviation(text))
    }

    /// `+02`, `+0200`, `+02:00`.
    fn offset(text: &'a str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let sign = if scan.take_any(&['+', '-'])? == '-' { -1 } else { 1 };
        let hours = scan.digits(2)?;
        let minutes = if scan.is_empty() {
            0
        } else {
            scan.take(':');
            scan.digits(2)?
        };
        if !scan.is_empty() {
            return None;
        }
        let total = sign * i32::try_from(hours * 60 + minutes).ok()?;
        if minutes > 59 || !(-12 * 60..=14 * 60).contains(&total) {
            return Some(Self::OutOfRange(text));
        }
        // RFC 3339 gives `-00:00` the meaning of `Z`.
        if sign < 0 && total == 0 {
            return Some(Self::Utc);
        }
        FixedOffset::east_opt(total * 60).map(Self::Offset)
    }

    /// The zone as it is written behind a corrected time.
    pub(super) fn suffix(&self) -> String {
        match self {
            Self::Absent | Self::OutOfRange(_) | Self::Abbreviation(_) => String::new(),
            Self::Utc => "Z".to_owned(),
            Self::Offset(offset) => offset.to_string(),
            Self::Bracket(zone, _) => format!("[{}]", zone.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_in_every_accepted_spelling() {
        let two = ZonePart::Offset(FixedOffset::east_opt(7200).unwrap());
        for text in ["+02", "+0200", "+02:00", "UTC+02:00", "GMT+0200"] {
            assert_eq!(ZonePart::read(text), Some(two.clone()), "{text}");
        }
        for text in ["Z", "z", "UTC", "GMT", "-00:00", "-0000", "-00"] {
            assert_eq!(ZonePart::read(text), Some(ZonePart::Utc), "{text}");
        }
    }

    #[test]
    fn what_is_no_offset() {
        for text in [
            "+2",
            "+2:00",
            "+020",
            "+02:0",
            "+02:00:00",
            "UTC+2",
            "GMT+02",
            "UTC2",
            "Zulu",
            "CeT",
            "+",
            "ABCDEF",
        ] {
            assert_eq!(ZonePart::read(text), None, "{text}");
        }
        for text in ["+14:01", "-12:01", "+20:00", "-23:59", "+05:60"] {
            assert_eq!(ZonePart::read(text), Some(ZonePart::OutOfRange(text)), "{text}");
        }
        assert_eq!(ZonePart::read("PST"), Some(ZonePart::Abbreviation("PST")));
        assert_eq!(ZonePart::read("A"), Some(ZonePart::Abbreviation("A")));
    }
}
