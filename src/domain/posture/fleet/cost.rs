//! Money, in millionths of a dollar: sums stay exact.

use std::iter::Sum;

/// An amount in US dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(i64);

const MILLION: i64 = 1_000_000;
/// Hours of a month, as AWS reckons.
const MONTH_H: i64 = 730;
/// The widest window.
const WIDEST_S: i64 = 259_200;

impl Money {
    /// The US rate of 2018, unchanged as far as published: 0.012 for a million change records an hour.
    pub const US_RATE: Self = Self(12_000);

    /// Of millionths of a dollar.
    pub fn of_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// In whole cents, rounded half up.
    pub fn cents(self) -> i64 {
        (self.0 + 5_000).div_euclid(10_000)
    }

    /// As a number for programs: dollars with cents.
    pub fn dollars(self) -> f64 {
        let cents = self.cents();
        let (whole, part) = (cents / 100, cents % 100);
        let whole = i32::try_from(whole).map_or(f64::from(i32::MAX), f64::from);
        let part = i32::try_from(part).map_or(0.0, f64::from);
        whole + part / 100.0
    }

    /// `1,234.56`.
    pub fn text(self) -> String {
        let cents = self.cents();
        let whole = (cents / 100).unsigned_abs().to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{grouped}.{:02}", (cents % 100).unsigned_abs())
    }

    /// What so many change records cost in a month of 730 h, at a rate for a million records an hour.
    pub fn month_of(records: i64, rate: Self) -> Self {
        Self::scaled(rate.0.saturating_mul(MONTH_H), records, MILLION)
    }

    /// The same for the widest window, as if records grew with the window. None where nothing is stored over any time.
    pub fn widened(self, actual_s: i64) -> Option<Self> {
        (actual_s > 0).then(|| Self::scaled(self.0, WIDEST_S.max(actual_s), actual_s))
    }

    /// What so many seconds cost at a rate a minute.
    pub fn of_outage(rate: Self, seconds: i64) -> Self {
        Self::scaled(rate.0, seconds, 60)
    }

    fn scaled(amount: i64, by: i64, over: i64) -> Self {
        let product = i128::from(amount) * i128::from(by) / i128::from(over);
        Self(i64::try_from(product).unwrap_or(i64::MAX))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}
