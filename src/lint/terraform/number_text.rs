//! The text of a number: the shortest decimal that is nearer to it than to any other of its precision.

use super::number::Float;
use dashu_int::{IBig, Sign};

/// The text, without an exponent, as Terraform writes it.
pub(super) fn shortest(number: &Float) -> String {
    let (significand, exponent) = number.repr().clone().into_parts();
    let negative = number.sign() == Sign::Negative;
    let sign = if negative { "-" } else { "" };
    let size = significand * if negative { IBig::NEG_ONE } else { IBig::ONE };
    if size.is_zero() {
        return format!("{sign}0");
    }
    let bits = number.digits();
    let whole = exponent >= 0 && bits.saturating_add_signed(exponent) <= number.precision();
    if whole {
        return format!("{sign}{}", size << exponent.unsigned_abs());
    }
    // One bit more than its precision, so that half of the last one is a whole number.
    let shift = (number.precision() + 1).saturating_sub(bits);
    let middle = Span {
        middle: size << shift,
        exponent: exponent - isize::try_from(shift).unwrap_or(isize::MAX),
    };
    let (digits, places) = middle.shortest();
    format!("{sign}{}", pointed(&digits.to_string(), places))
}

/// A number, and what counts as it: half a bit around it.
struct Span {
    middle: IBig,
    exponent: isize,
}

impl Span {
    /// A decimal within it with the fewest digits, as digits and how many of them are behind the point.
    fn shortest(&self) -> (IBig, isize) {
        // With as many places as it has bits behind the point it is told whole; with fewer than its digits it is nothing.
        let (mut short, mut long) = (-self.exponent.max(0) - self.bits(), (-self.exponent).max(0));
        let mut best = self.rounded(long);
        while short < long {
            let half = short + (long - short).div_euclid(2);
            match self.rounded(half) {
                Some(found) => (best, long) = (Some(found), half),
                None => short = half + 1,
            }
        }
        (best.unwrap_or_default(), long)
    }

    fn bits(&self) -> isize {
        isize::try_from(dashu_int::ops::BitTest::bit_len(&self.middle)).unwrap_or(isize::MAX)
    }

    /// The nearest decimal with as many places, or the other one beside it, where it counts as the number.
    fn rounded(&self, places: isize) -> Option<IBig> {
        let power = |exponent: isize, base: u8| IBig::from(base).pow(exponent.unsigned_abs());
        let (mut over, mut under) = (IBig::ONE, IBig::ONE);
        for (exponent, base) in [(places, 10), (self.exponent, 2)] {
            let side = if exponent < 0 { &mut under } else { &mut over };
            *side *= power(exponent, base);
        }
        let low = &self.middle * &over / &under;
        // Both ends count where the last bit is even.
        let (from, to) = (
            (&self.middle - IBig::ONE) * &over,
            (&self.middle + IBig::ONE) * &over,
        );
        let even = (&self.middle / IBig::from(2)) % IBig::from(2) == IBig::ZERO;
        let within = |decimal: &IBig| {
            let at = decimal * &under;
            (from < at && at < to) || (even && (at == from || at == to))
        };
        let high = &low + IBig::ONE;
        let (below, above) = (
            &self.middle * &over - &low * &under,
            &high * &under - &self.middle * &over,
        );
        let odd = &low % IBig::from(2) != IBig::ZERO;
        let (first, second) = if below < above || (below == above && !odd) {
            (low, high)
        } else {
            (high, low)
        };
        if within(&first) {
            Some(first)
        } else {
            Some(second).filter(within)
        }
    }
}

/// Digits with a point before the last of them, or zeros behind them.
fn pointed(digits: &str, places: isize) -> String {
    let count = places.unsigned_abs();
    if places <= 0 {
        return format!("{digits}{}", "0".repeat(count));
    }
    let digits = format!("{digits:0>width$}", width = count + 1);
    let (whole, fraction) = digits.split_at(digits.len() - count);
    format!("{whole}.{fraction}")
}
