//! Finds what must not be shown beside a fault, wherever in the file it stands: it is looked for
//! before the walk, so that no fault elsewhere can keep it from being found.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::found::Found;
use super::suspicion;
use crate::domain::runbook::EnvValue;

/// Notes every value under a key `env`, but for references to the operator's variables, addresses that may hold a
/// password, and arguments that look like one.
pub(super) fn note(table: &DeTable<'_>, found: &mut Found<'_>) {
    for (key, value) in table {
        let key = key.get_ref().to_lowercase();
        // Before an @ of an address a password may stand.
        let secret = |url: &str| url.contains('@') || suspicion::text(url).is_some();
        let password = key == "http" && value.get_ref().as_str().is_some_and(secret);
        // A password that stands in the file itself is refused, and shown as little as one that may stand there.
        let in_the_file = key == "password" && value.get_ref().as_table().is_none();
        if key.starts_with("env") || password || in_the_file {
            hide(value, found);
        } else {
            if let ("command", DeValue::Array(words)) = (key.as_str(), value.get_ref()) {
                hide_arguments(words, found);
            }
            descend(value, found);
        }
    }
}

fn hide_arguments(words: &DeArray<'_>, found: &mut Found<'_>) {
    let texts: Vec<&str> = words
        .iter()
        .map(|word| word.get_ref().as_str().unwrap_or_default())
        .collect();
    for (place, _) in suspicion::arguments(&texts) {
        found.secret(words.get(place).map_or(0..0, Spanned::span));
    }
}

/// Notes a value and all that it holds, but for references.
pub(super) fn hide(value: &Spanned<DeValue<'_>>, found: &mut Found<'_>) {
    match value.get_ref() {
        DeValue::String(text) if matches!(EnvValue::parse(text), Ok(EnvValue::Reference(_))) => {}
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => found.secret(value.span()),
        DeValue::Array(values) => values.iter().for_each(|value| hide(value, found)),
        DeValue::Table(entries) => entries.values().for_each(|value| hide(value, found)),
    }
}

fn descend(value: &Spanned<DeValue<'_>>, found: &mut Found<'_>) {
    match value.get_ref() {
        DeValue::Table(entries) => note(entries, found),
        DeValue::Array(values) => values.iter().for_each(|value| descend(value, found)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}
