//! Numbers as Terraform has them: binary floating point, as a rule of 512 bits, rounded to the nearest and even.
//!
//! A number has a precision of its own, as Go's have: 512 bits what is written, 64 what was counted, 53 what a power gives.
//! An operation takes the larger one of its two. Infinities are left out, and so is what is larger or smaller than any
//! text of some hundred digits: what would come to either is none here, and not known above.

use super::number_text::shortest;
use dashu_float::round::mode::HalfEven;
use dashu_float::{Context, FBig};
use dashu_int::IBig;
use dashu_int::ops::BitTest as _;
use std::cmp::Ordering;
use std::fmt;

/// The arithmetic of all of them.
pub(super) type Float = FBig<HalfEven, 2>;

/// Bits of what is written.
pub(super) const WRITTEN: usize = 512;
/// Bits of what is counted.
const COUNTED: usize = 64;
/// Bits of a power.
const DOUBLE: usize = 53;
/// Bits before or behind the point.
pub(super) const WIDEST: usize = 1 << 12;

/// A number.
#[derive(Clone, Debug)]
pub(super) struct Number(Float);

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Self::exact(IBig::from(number)))
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Self {
        Self(Self::exact(IBig::from(number)))
    }
}

impl Number {
    /// A whole number in the precision that it takes.
    pub(super) fn exact(number: IBig) -> Float {
        let precision = number.bit_len().max(COUNTED);
        Float::from_parts(number, 0).with_precision(precision).value()
    }

    /// A number that is near 0 and far from endless; none otherwise.
    pub(super) fn bounded(float: Float) -> Option<Self> {
        let repr = float.repr();
        if repr.is_infinite() {
            return None;
        }
        let wide = repr.exponent().unsigned_abs() + repr.digits() > WIDEST;
        (!wide).then_some(Self(float))
    }

    pub(super) fn rounded(&self) -> f64 {
        self.0.to_f64().value()
    }

    /// Whether it has nothing behind the point.
    pub(super) fn is_whole(&self) -> bool {
        self.0.repr().is_int()
    }

    /// The whole number that it is, if it is one and 64 bits hold it.
    pub(super) fn whole(&self) -> Option<i64> {
        if !self.is_whole() {
            return None;
        }
        i64::try_from(self.0.to_int().value()).ok()
    }

    /// The whole number that a provider takes it for, which reads it as 53 bits: a rest in its last bits, as `1 / 60 * 3600`
    /// has one, is lost on the way there.
    pub(super) fn seconds(&self) -> Option<i64> {
        const LOST: isize = 8;
        let whole = self.0.round();
        let precision = isize::try_from(self.0.precision()).ok()?;
        let rest = Self(sum(&self.0, &-&whole, self.0.precision())).size();
        let lost = rest.is_none_or(|rest| self.size().is_some_and(|own| rest < own - precision + LOST));
        if lost { Self(whole).whole() } else { None }
    }

    /// Bits before the point; fewer than 0 of a fraction that begins with zeros, none of 0.
    fn size(&self) -> Option<isize> {
        let repr = self.0.repr();
        let digits = isize::try_from(repr.digits()).ok()?;
        (!repr.significand().is_zero()).then(|| digits + repr.exponent())
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let precision = self.0.precision().max(other.0.precision());
        Self::bounded(sum(&self.0, &other.0, precision))
    }

    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.negative())
    }

    /// A product keeps all the bits that it has, up to those of what is written.
    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        let context = Context::<HalfEven>::new(WRITTEN);
        let product = context.mul(self.0.repr(), other.0.repr()).ok()?.value();
        let own = self.0.precision().max(other.0.precision());
        let precision = product.digits().max(own);
        Self::bounded(product.with_precision(precision).value())
    }

    /// None where it divides by 0.
    pub(super) fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Self::bounded(&self.0 / &other.0)
    }

    /// What is left of a division, with the sign of what was divided; of one by 0 that is the whole of it.
    pub(super) fn rest(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return Some(self.clone());
        }
        let times = self.over(other)?.0.trunc();
        let context = self.0.context();
        let taken = times.with_precision(context.precision()).value();
        let taken = context.mul(other.0.repr(), taken.repr()).ok()?.value();
        Self::bounded(sum(&self.0, &-taken, context.precision()))
    }

    /// Bytes of work that its text takes: of a fraction, division upon division.
    pub(super) fn weight(&self) -> usize {
        const BIT: usize = 8;
        let repr = self.0.repr();
        let bits = repr.digits() + repr.exponent().unsigned_abs();
        if bits <= COUNTED { 0 } else { BIT * bits }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.repr().significand().is_zero()
    }

    pub(super) fn negative(&self) -> Self {
        Self(-&self.0)
    }

    pub(super) fn floor(&self) -> Self {
        self.kept(&self.0.floor())
    }

    pub(super) fn ceil(&self) -> Self {
        self.kept(&self.0.ceil())
    }

    /// A whole number in the precision of this one, and no 0 with a sign.
    fn kept(&self, whole: &Float) -> Self {
        let whole = Float::from_parts(whole.to_int().value(), 0);
        Self(whole.with_precision(self.0.precision()).value())
    }

    /// Terraform itself takes powers of numbers of 53 bits.
    pub(super) fn to_the(&self, exponent: &Self) -> Option<Self> {
        let power = self.rounded().powf(exponent.rounded());
        let power = FBig::<HalfEven, 2>::try_from(power).ok()?;
        Self::bounded(power.with_precision(DOUBLE).value())
    }

    /// Which is larger.
    pub(super) fn against(&self, other: &Self) -> Ordering {
        if self.is_zero() && other.is_zero() {
            return Ordering::Equal;
        }
        self.0.cmp(&other.0)
    }
}

/// A sum, rounded once: it is found whole first, because the library keeps a bit too many of some.
fn sum(one: &Float, other: &Float, precision: usize) -> Float {
    let whole = |float: &Float| Float::from_repr(float.repr().clone(), Context::new(0));
    (whole(one) + whole(other)).with_precision(precision).value()
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&shortest(&self.0))
    }
}
