//! The text of a record's `at`: one spelling per instant. It reads no clock.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, Timelike, Utc};

const SHAPE: &[u8; 24] = b"0000-00-00T00:00:00.000Z";

/// Rounds down to the millisecond and writes RFC 3339 in UTC, such as `2026-11-20T09:54:12.345Z`.
///
/// `None` for what that shape cannot hold: years outside 0..=9999, and leap seconds.
pub(super) fn write(at: DateTime<Utc>) -> Option<(DateTime<Utc>, String)> {
    let at = at.trunc_subsecs(3);
    let fits = (0..=9999).contains(&at.year()) && at.nanosecond() < 1_000_000_000;
    fits.then(|| (at, at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()))
}

/// Reads exactly what [`write()`] writes; `None` for anything else.
pub(super) fn read(text: &str) -> Option<DateTime<Utc>> {
    let text: &[u8; 24] = text.as_bytes().try_into().ok()?;
    let fits = text.iter().zip(SHAPE).all(|(byte, place)| match place {
        b'0' => byte.is_ascii_digit(),
        _ => byte == place,
    });
    let number = |from: usize, to: usize| {
        text[from..to]
            .iter()
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    if !fits {
        return None;
    }
    NaiveDate::from_ymd_opt(number(0, 4).cast_signed(), number(5, 7), number(8, 10))?
        .and_hms_milli_opt(number(11, 13), number(14, 16), number(17, 19), number(20, 23))
        .map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_spellings_of_an_instant_are_refused() {
        for text in [
            "2026-11-20T09:54:12Z",
            "2026-11-20T09:54:12.3456Z",
            "2026-11-20t09:54:12.345Z",
            "2026-11-20T09:54:12.345z",
            "2026-11-20 09:54:12.345Z",
            "2026-11-20T09:54:12.34+Z",
            "2026-02-30T09:54:12.345Z",
            "2026-11-20T09:54:60.345Z",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_shape_cannot_hold_is_not_written() {
        assert_eq!(write(DateTime::<Utc>::MAX_UTC), None);
        assert_eq!(write(DateTime::<Utc>::MIN_UTC), None);
        let leap = "2016-12-31T23:59:60.5Z".parse::<DateTime<Utc>>().unwrap();
        assert_eq!(write(leap), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            seconds in -62_167_219_200_i64..253_402_300_800, nanos in 0_u32..1_000_000_000
        ) {
            let at = DateTime::from_timestamp(seconds, nanos).unwrap();
            let (kept, text) = write(at).unwrap();
            prop_assert!(kept <= at && (at - kept).num_milliseconds() == 0);
            prop_assert_eq!(read(&text), Some(kept));
            prop_assert_eq!(text.parse::<DateTime<Utc>>().unwrap(), kept);
        }
    }
}
