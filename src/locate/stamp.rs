//! Times as logs write them, to microseconds since the epoch.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Microseconds since the epoch, in sixteen digits. The first eight are kept: they change every hundred seconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Epoch {
    high: u64,
    base_us: i64,
}

impl Epoch {
    /// Reads a time.
    #[inline]
    pub fn parse(&mut self, text: &[u8; 16]) -> Option<i64> {
        let both = u128::from_le_bytes(*text);
        let (high, low) = (
            u64::try_from(both & u128::from(u64::MAX)).ok()?,
            u64::try_from(both >> 64).ok()?,
        );
        if high != self.high {
            self.base_us = i64::from(digits(high ^ ZEROS)?) * 100_000_000;
            self.high = high;
        }
        Some(self.base_us + i64::from(digits(low ^ ZEROS)?))
    }
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The number that eight digits make, the first in the lowest byte, each less than ten; in three multiplications.
#[inline]
fn digits(word: u64) -> Option<u32> {
    if ((word.wrapping_add(0x7676_7676_7676_7676)) | word) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = word.wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(6_553_601) >> 16;
    u32::try_from((fours & 0x0000_ffff_0000_ffff).wrapping_mul(42_949_672_960_001) >> 32).ok()
}

/// The whole number in `line[from..to]`: up to eight digits at once where enough bytes stand before them.
#[inline]
pub fn number_at(line: &[u8], from: usize, to: usize) -> Option<u64> {
    let length = to.wrapping_sub(from);
    if let 1..=8 = length
        && let Some(last) = line.get(..to).and_then(|line| line.last_chunk())
    {
        // What stands before the number becomes zeros.
        let other = 64 - 8 * length;
        return digits((u64::from_le_bytes(*last) ^ ZEROS) >> other << other).map(u64::from);
    }
    number(line.get(from..to)?)
}

/// A whole number, digits only.
pub fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 19 {
        return None;
    }
    let mut sum = 0_u64;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        sum = sum * 10 + u64::from(digit);
    }
    Some(sum)
}

/// Server-local times, with the last minute's offset kept: zones change on whole minutes.
#[derive(Debug, Clone)]
pub struct Local {
    zone: Tz,
    minute: [u8; 14],
    base_us: i64,
}

impl Local {
    /// Times of this zone.
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            minute: [0; 14],
            base_us: 0,
        }
    }

    /// `YYYYMMDD HH:MM:SS`. Where the clock was set back both readings fit, and the earlier one is given: a
    /// target before it is before the other, too.
    pub fn parse(&mut self, text: &[u8]) -> Option<i64> {
        let text: &[u8; 17] = text.try_into().ok()?;
        let (minute, second) = text.split_at(14);
        let [b':', tens, ones] = second else { return None };
        let second = i64::try_from(number(&[*tens, *ones])?).ok()?;
        if minute != self.minute {
            let at = |range: std::ops::Range<usize>| number(text.get(range)?);
            let day = NaiveDate::from_ymd_opt(
                i32::try_from(at(0..4)?).ok()?,
                u32::try_from(at(4..6)?).ok()?,
                u32::try_from(at(6..8)?).ok()?,
            )?;
            let separated = text.get(8) == Some(&b' ') && text.get(11) == Some(&b':');
            let (hour, minutes) = (u32::try_from(at(9..11)?).ok()?, u32::try_from(at(12..14)?).ok()?);
            let local = day.and_hms_opt(hour, minutes, 0).filter(|_| separated)?;
            self.base_us = self.instant(local)?;
            self.minute = minute.try_into().ok()?;
        }
        (second < 61).then_some(self.base_us + second * 1_000_000)
    }

    fn instant(&self, local: NaiveDateTime) -> Option<i64> {
        let found = self.zone.from_local_datetime(&local);
        let instant = found.earliest().map(|instant| instant.timestamp_micros());
        // Within a gap the clock had not been set forward yet: the offset before it.
        instant.or_else(|| {
            let before = local.checked_sub_signed(chrono::TimeDelta::hours(3))?;
            let offset = self.zone.from_local_datetime(&before).earliest()?.offset().fix();
            Some(local.and_utc().timestamp_micros() - i64::from(offset.local_minus_utc()) * 1_000_000)
        })
    }
}

/// RFC 3339 with `Z` or an offset, as general and slow logs write it.
pub fn rfc3339_us(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp_micros())
}
