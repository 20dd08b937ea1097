//! Reads a command: `command`, `timeout` and `env`.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::expansion::{self, When};
use super::found::Found;
use super::suspicion;
use super::table::Table;
use super::value::{Value, is_unprintable};
use crate::domain::runbook::{Command, EnvValue, Variable};

const DAY_S: i64 = 24 * 3600;

/// The command of a table in which `command` stands.
pub(super) fn command(argv: Value<'_>, table: &mut Table<'_>, when: When, found: &mut Found<'_>) -> Command {
    Command {
        argv: self::argv(argv, when, found),
        timeout_s: timeout(table, found).unwrap_or(Command::TIMEOUT_S),
        env: table
            .optional("env")
            .map(|value| env(value, found))
            .unwrap_or_default(),
    }
}

/// The timeout of a table, in seconds, when it names one.
pub(super) fn timeout(table: &mut Table<'_>, found: &mut Found<'_>) -> Option<u32> {
    let seconds = table.optional("timeout")?.duration(&(1..=DAY_S), found);
    u32::try_from(seconds).ok()
}

fn argv(value: Value<'_>, when: When, found: &mut Found<'_>) -> Vec<String> {
    let words = value.list(
        "the program and its arguments: [\"kubectl\", \"get\", \"pods\"]; no shell splits them",
        found,
    );
    if value.is_empty_list() {
        found.fault(
            value.span(),
            "expected a program for `command`, got an empty list",
        );
    }
    let mut argv = Vec::with_capacity(words.len());
    let mut spans = Vec::with_capacity(words.len());
    for (position, word) in words.into_iter().enumerate() {
        let Some(text) = word.string(found) else { continue };
        if position == 0 && text.trim().is_empty() {
            found.fault(
                word.span(),
                "expected a program for `command`, got a blank string",
            );
        }
        if text.contains(is_unprintable) {
            found.fault(
                word.span(),
                "expected an argument for `command`, got control characters",
            );
        }
        expansion::check(text, word.span(), when, found);
        argv.push(text);
        spans.push(word.span());
    }
    for (place, looks) in suspicion::arguments(&argv) {
        found.hinted(
            spans.get(place).cloned().unwrap_or_default(),
            format!("expected no secret in `command`, got what looks like {looks}"),
            "arguments are journaled: env = { NAME = \"$NAME\" } gives it to the command, which reads its environment",
        );
    }
    argv.into_iter().map(str::to_owned).collect()
}

/// The environment of a command.
pub(super) fn env(value: Value<'_>, found: &mut Found<'_>) -> BTreeMap<String, EnvValue> {
    let Some(table) = value.as_table() else {
        let message = format!("expected a table for `env`, got {}", value.kind());
        found.hinted(value.span(), message, "env = { TOKEN = \"$SHOP_TOKEN\" }");
        return BTreeMap::new();
    };
    let mut env = BTreeMap::new();
    for (name, span, value) in table.entries() {
        if !EnvValue::is_name(name) {
            let hint = "letters, digits and _, no digit first";
            found.hinted(
                span,
                format!("expected the name of a variable in `env`, got {name:?}"),
                hint,
            );
        } else if name.starts_with(Variable::PREFIX) {
            let hint = "the program sets BACKTRACKCTL_* itself";
            found.hinted(
                span,
                format!("expected another name in `env`, got `{name}`"),
                hint,
            );
        }
        if let Some(value) = env_value(name, value, found) {
            env.insert(name.to_owned(), value);
        }
    }
    env
}

/// One value of `env`. No message repeats it.
fn env_value(name: &str, value: &Spanned<DeValue<'_>>, found: &mut Found<'_>) -> Option<EnvValue> {
    let whole = Value::new("env", value);
    let DeValue::String(text) = value.get_ref() else {
        let message = format!(
            "expected a string for `{}`, got {}",
            name.escape_debug(),
            whole.kind()
        );
        found.hinted(value.span(), message, "write it in quotes");
        return None;
    };
    match EnvValue::parse(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let hint = "\"$NAME\" takes the operator's variable; a literal that begins with $ begins with $$";
            found.hinted(value.span(), error.to_string(), hint);
            None
        }
    }
}
