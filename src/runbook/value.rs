//! One value of the file, read as what its key wants. Whatever is wrong is noted, and a stand-in is
//! given back: the walk goes on, and the runbook built from stand-ins is never handed out.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::DeValue;

use super::duration;
use super::found::Found;
use super::table::Table;

/// A value and the key that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    key: &'static str,
    value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Value<'t> {
    pub(super) fn new(key: &'static str, value: &'t Spanned<DeValue<'t>>) -> Self {
        Self { key, value }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.value.span()
    }

    /// The value as it stands in the file.
    pub(super) fn raw(self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    /// Whether it is a list.
    pub(super) fn is_list(self) -> bool {
        matches!(self.value.get_ref(), DeValue::Array(_))
    }

    /// A string of one line that is not blank.
    pub(super) fn line(self, found: &mut Found<'_>) -> &'t str {
        let text = self.text(found);
        let whole = !text.trim().is_empty() && !text.contains(is_unprintable);
        if whole && text.contains(['\n', '\t']) {
            found.fault(
                self.span(),
                format!("expected one line for `{}`, got several or a tab", self.key),
            );
        }
        text
    }

    /// A string that is not blank, of any number of lines.
    pub(super) fn text(self, found: &mut Found<'_>) -> &'t str {
        let Some(text) = self.string(found) else { return "" };
        if text.trim().is_empty() {
            found.fault(
                self.span(),
                format!("expected words for `{}`, got a blank string", self.key),
            );
        } else if text.contains(is_unprintable) {
            found.fault(
                self.span(),
                format!("expected words for `{}`, got control characters", self.key),
            );
        }
        text
    }

    /// A string of any kind; `None` when it is something else, which is noted.
    pub(super) fn string(self, found: &mut Found<'_>) -> Option<&'t str> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                found.hinted(self.span(), self.mismatch("a string"), "write it in quotes");
                None
            }
            DeValue::Array(_) | DeValue::Table(_) => {
                found.fault(self.span(), self.mismatch("a string"));
                None
            }
        }
    }

    /// A duration, in seconds.
    pub(super) fn duration(self, limits: &RangeInclusive<i64>, found: &mut Found<'_>) -> i64 {
        let text = match self.value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) => {
                let hint = format!("a number has no unit: write \"{number}s\" or \"{number}m\"");
                found.hinted(self.span(), self.mismatch("a duration such as \"2m\""), hint);
                return *limits.start();
            }
            DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                found.fault(self.span(), self.mismatch("a duration such as \"2m\""));
                return *limits.start();
            }
        };
        match duration::parse(text) {
            Ok(seconds) if limits.contains(&seconds) => return seconds,
            Ok(seconds) => {
                let (word, limit) = if seconds < *limits.start() {
                    ("at least", *limits.start())
                } else {
                    ("at most", *limits.end())
                };
                let limit = duration::format(limit);
                found.fault(
                    self.span(),
                    format!("expected {word} \"{limit}\" for `{}`, got {text:?}", self.key),
                );
            }
            Err(error) => found.hinted(
                self.span(),
                format!(
                    "expected a duration such as \"2m\" for `{}`, got {text:?}",
                    self.key
                ),
                error.to_string(),
            ),
        }
        *limits.start()
    }

    /// A whole number within limits.
    pub(super) fn number(self, limits: &RangeInclusive<u16>, found: &mut Found<'_>) -> u16 {
        let wanted = format!("a whole number from {} to {}", limits.start(), limits.end());
        if let DeValue::Integer(number) = self.value.get_ref()
            && number.radix() == 10
            && let Ok(number) = number.as_str().parse()
            && limits.contains(&number)
        {
            return number;
        }
        found.fault(self.span(), self.mismatch(&wanted));
        *limits.start()
    }

    /// The values of a list; none when it is something else, which is noted with the hint.
    pub(super) fn list(self, hint: &str, found: &mut Found<'_>) -> Vec<Value<'t>> {
        if let DeValue::Array(values) = self.value.get_ref() {
            return values.iter().map(|value| Value::new(self.key, value)).collect();
        }
        found.hinted(self.span(), self.mismatch("a list"), hint);
        Vec::new()
    }

    /// Whether it is a list without values.
    pub(super) fn is_empty_list(self) -> bool {
        matches!(self.value.get_ref(), DeValue::Array(values) if values.is_empty())
    }

    /// The tables of a list of tables, `[[key]]`.
    pub(super) fn tables(self, header: &str, found: &mut Found<'_>) -> Vec<Table<'t>> {
        let hint = format!("begin each with [[{header}]]");
        let values = self.list(&hint, found);
        values
            .into_iter()
            .filter_map(|value| value.table(&hint, found))
            .collect()
    }

    /// A table; `None` when it is something else, which is noted with the hint.
    pub(super) fn table(self, hint: &str, found: &mut Found<'_>) -> Option<Table<'t>> {
        let table = self.as_table();
        if table.is_none() {
            found.hinted(self.span(), self.mismatch("a table"), hint);
        }
        table
    }

    /// A table; `None` when it is something else.
    pub(super) fn as_table(self) -> Option<Table<'t>> {
        match self.value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(entries, self.span())),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => None,
        }
    }

    /// Which kind of value it is, without its contents.
    pub(super) fn kind(self) -> &'static str {
        kind(self.value.get_ref())
    }

    /// What was expected for the key, and what stands there.
    pub(super) fn mismatch(self, wanted: &str) -> String {
        format!(
            "expected {wanted} for `{}`, got {}",
            self.key,
            described(self.value.get_ref())
        )
    }
}

/// Whether a character would do something to a terminal rather than stand on it.
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the string {:?}", text.as_ref()),
        DeValue::Integer(number) => format!("the integer {number}"),
        DeValue::Float(number) => format!("the float {number}"),
        DeValue::Boolean(truth) => format!("the boolean {truth}"),
        DeValue::Datetime(time) => format!("the date or time {time}"),
        DeValue::Array(_) | DeValue::Table(_) => kind(value).to_owned(),
    }
}
