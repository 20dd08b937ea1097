//! A table of the file, and the keys that were asked of it: what was never asked for is unknown.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::found::Found;
use super::secrets;
use super::value::Value;

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Table<'t> {
    entries: &'t DeTable<'t>,
    /// The header, or the braces of an inline table.
    pub(super) span: Range<usize>,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(entries: &'t DeTable<'t>, span: Range<usize>) -> Self {
        Self {
            entries,
            span,
            asked: Vec::new(),
        }
    }

    /// The value of a key that may be missing.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.asked.push(key);
        let (_, value) = self
            .entries
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some(Value::new(key, value))
    }

    /// The value of a key that must be there; its absence is noted.
    pub(super) fn required(
        &mut self,
        key: &'static str,
        hint: &str,
        found: &mut Found<'_>,
    ) -> Option<Value<'t>> {
        let value = self.optional(key);
        if value.is_none() {
            found.hinted(
                self.span.clone(),
                format!("expected the key `{key}`, got none"),
                hint,
            );
        }
        value
    }

    /// Where a key is written.
    pub(super) fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.entries
            .keys()
            .find(|name| name.get_ref().as_ref() == key)
            .map(Spanned::span)
    }

    /// All entries, for a table whose keys are free: the key, where it is written, and its value.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Spanned<DeValue<'t>>)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Notes every key that nobody asked for.
    pub(super) fn close(self, found: &mut Found<'_>) {
        for (key, value) in self.entries {
            let name = key.get_ref().as_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let meant = nearest(name, self.asked.iter().copied());
            if meant.is_none_or(|meant| meant == "env") {
                // It may be a misspelt `env`, or a variable outside of one.
                secrets::hide(value, found);
            }
            let hint = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known here: {}", self.asked.join(", ")),
            };
            found.hinted(key.span(), format!("unknown key `{}`", name.escape_debug()), hint);
        }
    }
}

/// The known word that was probably meant.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase();
    let distances = known.map(|known| (strsim::osa_distance(&word, &known.to_lowercase()), known));
    let (distance, meant) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1.max(word.chars().count() / 3)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_taken_for_a_known_one_when_few_letters_differ() {
        let known = || ["margin", "settling", "patience"].into_iter();
        assert_eq!(nearest("marign", known()), Some("margin"));
        assert_eq!(nearest("Settling", known()), Some("settling"));
        assert_eq!(nearest("greatest", known()), None);
        assert_eq!(nearest("x", known()), None);
    }
}
