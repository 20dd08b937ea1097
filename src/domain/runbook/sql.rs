//! A statement that only reads, and what its answer must be.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A check by SQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sql {
    /// One statement; its first word is a reader's.
    pub query: String,
    /// What passes.
    pub expect: Expect,
    /// Within how many seconds the whole answer must have come. Default 10.
    pub timeout_s: u32,
}

/// What passes of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// One value, equal to this.
    Equals(Wanted),
    /// One value, at least this.
    AtLeast(Amount),
    /// One value, at most this.
    AtMost(Amount),
    /// One value, neither less than the first nor more than the second.
    Between(Amount, Amount),
    /// One row or more.
    Rows,
    /// No row.
    NoRows,
    /// What `backtrackctl record` kept.
    Recorded,
}

/// A value to compare with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// A number, however many zeros it is written with.
    Number(Amount),
    /// A text, letter by letter.
    Text(String),
}

/// A decimal number of any length, compared without rounding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount {
    text: String,
    negative: bool,
    /// Digits before the point, without leading zeros.
    whole: String,
    /// Digits after it, without trailing zeros.
    rest: String,
}

impl Amount {
    /// Reads digits with an optional sign and point; none when it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, rest) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(rest) || whole.len() + rest.len() == 0 {
            return None;
        }
        let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
        Some(Self {
            text: text.to_owned(),
            negative: text.starts_with('-') && !(whole.is_empty() && rest.is_empty()),
            whole: whole.to_owned(),
            rest: rest.to_owned(),
        })
    }

    /// Nothing at all.
    pub fn zero() -> Self {
        Self {
            text: "0".to_owned(),
            negative: false,
            whole: String::new(),
            rest: String::new(),
        }
    }

    fn size(&self) -> (usize, &str, &str) {
        (self.whole.len(), &self.whole, &self.rest)
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.text
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("expected a decimal number, got {text:?}"))
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equals(Wanted::Number(amount)) => write!(f, "{amount}"),
            Self::Equals(Wanted::Text(text)) => write!(f, "{text:?}"),
            Self::AtLeast(amount) => write!(f, "at least {amount}"),
            Self::AtMost(amount) => write!(f, "at most {amount}"),
            Self::Between(least, most) => write!(f, "{least} to {most}"),
            Self::Rows => f.write_str("rows"),
            Self::NoRows => f.write_str("no rows"),
            Self::Recorded => f.write_str("what was recorded"),
        }
    }
}

impl Expect {
    /// Whether one value passes; `None` is SQL's NULL, which passes nothing. Of no meaning for what counts rows.
    pub fn holds(&self, value: Option<&str>) -> bool {
        let Some(value) = value else { return false };
        let amount = || Amount::parse(value);
        match self {
            Self::Equals(Wanted::Text(text)) => text == value,
            Self::Equals(Wanted::Number(wanted)) => amount().is_some_and(|amount| amount == *wanted),
            Self::AtLeast(least) => amount().is_some_and(|amount| amount >= *least),
            Self::AtMost(most) => amount().is_some_and(|amount| amount <= *most),
            Self::Between(least, most) => amount().is_some_and(|amount| amount >= *least && amount <= *most),
            Self::Rows | Self::NoRows | Self::Recorded => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    #[test]
    fn amounts_are_compared_as_numbers_and_never_rounded() {
        let rising = [
            "-10",
            "-9.5",
            "-0.1",
            "0",
            "0.09",
            "0.1",
            "1",
            "9.99",
            "10",
            "10.01",
            "9223372036854775808",
            "9223372036854775808.1",
        ];
        for pair in rising.windows(2) {
            assert!(amount(pair[0]) < amount(pair[1]), "{pair:?}");
        }
        assert_eq!(amount("007.50"), amount("+7.5"));
        assert_eq!(amount("-0.0"), amount("0"));
        for text in ["", ".", "-", "1e3", "1,000", "one", "1.2.3", " 1"] {
            assert!(Amount::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_value_holds_or_does_not_and_null_never_does() {
        let between = Expect::Between(amount("1"), amount("2"));
        assert!(between.holds(Some("1")) && between.holds(Some("2.000")));
        assert!(!between.holds(Some("0.9")) && !between.holds(Some("2.1")));
        let least = Expect::AtLeast(amount("1200"));
        assert!(least.holds(Some("1200")) && !least.holds(Some("1199.9")));
        assert!(!least.holds(Some("many")) && !least.holds(None));
        assert!(Expect::AtMost(amount("3")).holds(Some("-3")));
        let text = Expect::Equals(Wanted::Text("7".to_owned()));
        assert!(text.holds(Some("7")) && !text.holds(Some("7.0")));
        let number = Expect::Equals(Wanted::Number(amount("7")));
        assert!(number.holds(Some("7.0")) && !number.holds(Some("8")) && !number.holds(None));
    }

    #[test]
    fn an_amount_survives_being_written_as_it_was() {
        let written = serde_json::to_string(&amount("12.50")).unwrap();
        assert_eq!(written, "\"12.50\"");
        assert_eq!(serde_json::from_str::<Amount>(&written).unwrap(), amount("12.5"));
        assert!(serde_json::from_str::<Amount>("\"x\"").is_err());
    }
}
