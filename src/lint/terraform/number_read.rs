//! Numbers out of text.

use super::number::{Number, WIDEST, WRITTEN};
use dashu_float::round::mode::HalfEven;
use dashu_float::{Context, Repr};
use dashu_int::IBig;
use std::fmt;

/// Bytes of a number's text.
const LONGEST: usize = 1 << 14;

/// A number as it is written.
pub(super) enum Written {
    Within(Number),
    /// Beyond all bounds.
    Beyond,
}

impl Written {
    fn of(number: Option<Number>) -> Self {
        number.map_or(Self::Beyond, Self::Within)
    }

    /// The number, if it is within bounds.
    pub(super) fn within(self) -> Option<Number> {
        match self {
            Self::Within(number) => Some(number),
            Self::Beyond => None,
        }
    }
}

impl Number {
    /// Reads a number as Terraform reads it out of text: decimal, no spaces, nothing like `inf`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::read(text)?.within()
    }

    /// The same; of one that is beyond all bounds nothing but that it is a number.
    pub(super) fn read(text: &str) -> Option<Written> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|each| each.is_ascii_digit());
        if !plain(whole) || !plain(fraction) || whole.len() + fraction.len() == 0 {
            return None;
        }
        if text.len() > LONGEST {
            return Some(Written::Beyond);
        }
        let number = IBig::from_str_radix(&format!("{whole}{fraction}"), 10).ok()?;
        let scale = exponent.saturating_sub(i64::try_from(fraction.len()).ok()?);
        // Ten takes more than three bits.
        let power = usize::try_from(scale.unsigned_abs())
            .ok()
            .filter(|power| *power <= (WIDEST + 4 * LONGEST) / 3);
        let Some(power) = power else {
            return Some(Written::of(number.is_zero().then(|| Self::from(0_i64))));
        };
        let power = IBig::from(10).pow(power);
        let context = Context::<HalfEven>::new(WRITTEN);
        let float = if scale < 0 {
            let (over, under) = (Repr::new(number, 0), Repr::new(power, 0));
            context.div(&over, &under).ok()?.value()
        } else {
            context.convert_int(number * power).value()
        };
        let signed = if text.starts_with('-') { -float } else { float };
        Some(Written::of(Self::bounded(signed)))
    }

    /// A number that is written anew, by its shortest text.
    pub(super) fn written(number: impl fmt::Display) -> Option<Self> {
        Self::parse(&number.to_string())
    }

    /// A whole number to a base of at most 36, with a sign or without; none where the text is none.
    pub(super) fn digits(text: &str, base: u32) -> Option<Written> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        if unsigned.is_empty() || !unsigned.chars().all(|each| each.is_digit(base)) {
            return None;
        }
        if text.len() > LONGEST {
            return Some(Written::Beyond);
        }
        let number = IBig::from_str_radix(text, base).ok()?;
        Some(Written::of(Self::bounded(Self::exact(number))))
    }
}
