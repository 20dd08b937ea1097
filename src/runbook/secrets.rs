//! Finds what must not be shown beside a fault, wherever in the file it stands: it is looked for
//! before the walk, so that no fault elsewhere can keep it from being found.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::found::Found;
use crate::domain::runbook::EnvValue;

/// Notes every value under a key `env`, but for references to the operator's variables, and addresses
/// that may hold a password.
pub(super) fn note(table: &DeTable<'_>, found: &mut Found<'_>) {
    for (key, value) in table {
        let key = key.get_ref().to_lowercase();
        // Before an @ of an address a password may stand.
        let password = key == "http" && value.get_ref().as_str().is_some_and(|url| url.contains('@'));
        if key.starts_with("env") || password {
            hide(value, found);
        } else {
            descend(value, found);
        }
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
