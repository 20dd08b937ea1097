//! Numbers, exact as long as 64 bits hold their fraction.
//!
//! Terraform reckons with 512 bits: 25 / 24 * 86400 is 90000 there, and a hair beside it in 64 bits of floating point. As a
//! fraction it is 90000 again. What is larger than that, or no fraction, is kept near: within a billionth of a whole number
//! it counts as that number.

use std::cmp::Ordering;
use std::fmt;

/// Over and under the line.
type Fraction = (i128, i128);

/// A number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// Reduced, over a denominator above 0.
    Exact(i64, i64),
    /// Rounded.
    Near(f64),
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Exact(number, 1)
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Self {
        Self::ratio(i128::try_from(number).unwrap_or(i128::MAX), 1)
    }
}

impl From<f64> for Number {
    /// By its shortest decimal.
    fn from(number: f64) -> Self {
        Self::parse(&format!("{number}")).unwrap_or(Self::Near(number))
    }
}

impl Number {
    /// A fraction; near where 64 bits do not hold it.
    fn ratio(num: i128, den: i128) -> Self {
        let common = gcd(num.unsigned_abs(), den.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1).max(1);
        let sign = if den < 0 { -1 } else { 1 };
        let (num, den) = (sign * (num / common), sign * (den / common));
        match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => Self::Exact(num, den),
            #[expect(
                clippy::cast_precision_loss,
                reason = "what is this large is told to be rounded"
            )]
            _ => Self::Near(num as f64 / den as f64),
        }
    }

    /// Reads a number as Terraform reads it out of text: decimal, no spaces, nothing like `inf`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = text
            .bytes()
            .all(|each| matches!(each, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        if !plain || !text.bytes().any(|each| each.is_ascii_digit()) {
            return None;
        }
        let rounded = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
        Some(decimal(text).unwrap_or(Self::Near(rounded)))
    }

    #[expect(clippy::cast_precision_loss, reason = "it is asked for rounded")]
    pub(super) fn rounded(self) -> f64 {
        match self {
            Self::Exact(num, den) => num as f64 / den as f64,
            Self::Near(number) => number,
        }
    }

    /// The whole number that it is, if it is one.
    pub(super) fn whole(self) -> Option<i64> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        const HAIR: f64 = 1e-9;
        match self {
            Self::Exact(num, 1) => Some(num),
            Self::Exact(..) => None,
            Self::Near(number) => {
                let near = number.round();
                let whole = (number - near).abs() <= HAIR * number.abs() && near.abs() <= EXACT;
                #[expect(clippy::cast_possible_truncation, reason = "it is whole and within 2^53")]
                whole.then_some(near as i64)
            }
        }
    }

    /// Whether nothing was rounded on the way to it.
    pub(super) fn is_exact(self) -> bool {
        matches!(self, Self::Exact(..))
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        self.with(
            other,
            |(a, b), (c, d)| {
                Some((
                    a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?,
                    b.checked_mul(d)?,
                ))
            },
            |a, b| a + b,
        )
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negative())
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        self.with(
            other,
            |(a, b), (c, d)| Some((a.checked_mul(c)?, b.checked_mul(d)?)),
            |a, b| a * b,
        )
    }

    /// None where it divides by 0.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        self.with(
            other,
            |(a, b), (c, d)| Some((a.checked_mul(d)?, b.checked_mul(c)?)).filter(|(_, den)| *den != 0),
            |a, b| a / b,
        )
    }

    /// What is left of a division, with the sign of what was divided.
    pub(super) fn rest(self, other: Self) -> Option<Self> {
        self.with(
            other,
            |(a, b), (c, d)| {
                Some((
                    a.checked_mul(d)?.checked_rem(c.checked_mul(b)?)?,
                    b.checked_mul(d)?,
                ))
            },
            |a, b| a % b,
        )
    }

    pub(super) fn negative(self) -> Self {
        match self {
            Self::Exact(num, den) => Self::ratio(-i128::from(num), i128::from(den)),
            Self::Near(number) => Self::Near(-number),
        }
    }

    pub(super) fn floor(self) -> Self {
        match self {
            Self::Exact(num, den) => Self::Exact(num.div_euclid(den), 1),
            Self::Near(number) => Self::Near(number.floor()),
        }
    }

    pub(super) fn ceil(self) -> Self {
        self.negative().floor().negative()
    }

    /// Terraform itself takes powers of rounded numbers.
    pub(super) fn to_the(self, exponent: Self) -> Option<Self> {
        let power = self.rounded().powf(exponent.rounded());
        power.is_finite().then(|| Self::from(power))
    }

    /// By fractions where both are, and their result is, within bounds; else rounded. None where nothing comes of it.
    fn with(
        self,
        other: Self,
        exact: fn(Fraction, Fraction) -> Option<Fraction>,
        near: fn(f64, f64) -> f64,
    ) -> Option<Self> {
        if let (Self::Exact(a, b), Self::Exact(c, d)) = (self, other)
            && let Some((num, den)) = exact((a.into(), b.into()), (c.into(), d.into()))
        {
            return Some(Self::ratio(num, den));
        }
        let result = near(self.rounded(), other.rounded());
        result.is_finite().then_some(Self::Near(result))
    }

    /// Which is larger.
    pub(super) fn against(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Exact(a, b), Self::Exact(c, d)) => {
                (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)))
            }
            _ => self.rounded().total_cmp(&other.rounded()),
        }
    }
}

/// A decimal as a fraction, where 64 bits hold it.
fn decimal(text: &str) -> Option<Number> {
    let (digits, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let num: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let power = 10_i128.checked_pow(scale.unsigned_abs())?;
    let exact = if scale < 0 {
        Number::ratio(num, power)
    } else {
        Number::ratio(num.checked_mul(power)?, 1)
    };
    Some(exact).filter(|number| number.is_exact())
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(num, 1) => write!(out, "{num}"),
            Self::Exact(..) | Self::Near(_) => write!(out, "{}", self.rounded()),
        }
    }
}
