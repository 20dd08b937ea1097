//! A range of whole numbers, as a parameter's `MinValue` and `MaxValue` give it.

use std::collections::BTreeSet;

use super::domain::Literal;
use crate::lint::tree::whole;

/// The first numbers of what AWS says alike of a window: less than 0, 0, below an hour, an hour and more, too much.
const TURNS: [i64; 5] = [i64::MIN, 0, 1, 3_600, 259_201];

/// The same where it has another verdict.
const VERDICTS: [i64; 3] = [0, 1, 259_201];

/// Whole numbers from one to another, without some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    least: i64,
    most: i64,
    without: BTreeSet<i64>,
}

impl Numbers {
    /// All from one to another, both included.
    pub(super) fn between(least: i64, most: i64) -> Self {
        Self {
            least,
            most,
            without: BTreeSet::new(),
        }
    }

    /// True where none is left.
    pub(super) fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// The least that is left.
    pub(super) fn first(&self) -> Option<i64> {
        (self.least..=self.most).find(|number| !self.without.contains(number))
    }

    /// The greatest that is left.
    fn last(&self) -> Option<i64> {
        (self.least..=self.most)
            .rev()
            .find(|number| !self.without.contains(number))
    }

    /// Each of them, where they are at most so many.
    pub(super) fn each(&self, most: usize) -> Option<Vec<Literal>> {
        let numbers = (self.least..=self.most).filter(|number| !self.without.contains(number));
        let each: Vec<Literal> = numbers
            .take(most + 1)
            .map(|number| Literal::computed(number.to_string()))
            .collect();
        (each.len() <= most).then_some(each)
    }

    /// Takes one away that is written as a text; false where it was not among them.
    pub(super) fn remove(&mut self, text: &str) -> bool {
        let number = whole(text, false).filter(|number| (self.least..=self.most).contains(number));
        number.is_some_and(|number| self.without.insert(number))
    }

    /// Its parts that AWS says one thing of each, as windows, each with how it is told.
    pub(super) fn windows(&self) -> Vec<(String, Self)> {
        let ends = TURNS[1..].iter().map(|turn| turn - 1).chain([i64::MAX]);
        let parts = TURNS.into_iter().zip(ends).filter_map(|(least, most)| {
            let part = Self {
                least: self.least.max(least),
                most: self.most.min(most),
                without: self.without.clone(),
            };
            let (first, last) = (part.first()?, part.last()?);
            let told = match (first, last) {
                (first, last) if first == last => format!("`{first}`"),
                (i64::MIN, last) => format!("`{last}` or less"),
                (first, i64::MAX) => format!("`{first}` or more"),
                (first, last) => format!("`{first}` to `{last}`"),
            };
            Some((told, part))
        });
        parts.collect()
    }

    /// The least and the greatest, between two texts: as what is written around a number in a computed text.
    pub(super) fn written(&self, before: &str, after: &str) -> Option<(i64, i64)> {
        let digits = |text: &str| text.chars().all(|each| each.is_ascii_digit());
        if self.least < 0 || !digits(before) || !digits(after) || before.starts_with('0') {
            return None;
        }
        let written = |number: Option<i64>| whole(&format!("{before}{}{after}", number?), false);
        Some((written(self.first())?, written(self.last())?))
    }
}

/// True where two windows have one verdict, and so have all between them.
pub(super) fn alike(one: i64, other: i64) -> bool {
    let part = |number: i64| VERDICTS.partition_point(|turn| *turn <= number);
    part(one) == part(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(numbers: &Numbers) -> Vec<String> {
        numbers.windows().into_iter().map(|(told, _)| told).collect()
    }

    #[test]
    fn a_range_is_parted_where_aws_says_something_else() {
        assert_eq!(
            told(&Numbers::between(1, 259_200)),
            ["`1` to `3599`", "`3600` to `259200`"]
        );
        assert_eq!(told(&Numbers::between(300_000, i64::MAX)), ["`300000` or more"]);
        let all = told(&Numbers::between(i64::MIN, i64::MAX));
        assert_eq!(
            all,
            [
                "`-1` or less",
                "`0`",
                "`1` to `3599`",
                "`3600` to `259200`",
                "`259201` or more"
            ]
        );
        assert!(told(&Numbers::between(2, 1)).is_empty());
    }

    #[test]
    fn numbers_that_were_taken_away_are_not_tried() {
        let mut numbers = Numbers::between(0, 2);
        assert!(numbers.remove("0") && !numbers.remove("0") && !numbers.remove("3") && !numbers.remove("x"));
        assert_eq!(told(&numbers), ["`1` to `2`"]);
        assert!(numbers.remove("1") && numbers.remove("2") && numbers.is_empty());
        assert_eq!(Numbers::between(1, 32).each(32).map(|each| each.len()), Some(32));
        assert_eq!(Numbers::between(1, 33).each(32), None);
    }

    #[test]
    fn digits_around_a_range_keep_its_order() {
        assert_eq!(Numbers::between(1, 72).written("", "000"), Some((1_000, 72_000)));
        assert_eq!(Numbers::between(0, 9).written("4", ""), Some((40, 49)));
        assert_eq!(Numbers::between(0, 9).written("0", ""), None);
        assert_eq!(Numbers::between(-1, 9).written("", "0"), None);
        assert_eq!(Numbers::between(0, 9).written("", "s"), None);
        assert!(alike(1, 259_200) && !alike(0, 1) && !alike(259_200, 259_201) && alike(-9, -1));
    }
}
