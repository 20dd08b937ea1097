//! Reads steps and checks: which of the alternatives stands in a table, and what belongs to it.

use toml::de::DeValue;

use super::command::{command, env, timeout};
use super::expansion::{self, When};
use super::found::Found;
use super::sql;
use super::table::Table;
use super::value::Value;
use crate::domain::runbook::{Check, Step};

/// The status codes that can be compared with.
const STATUS: std::ops::RangeInclusive<u16> = 100..=599;

/// The step that stops an item: it alone may end sessions.
pub(super) fn pausing(table: Table<'_>, found: &mut Found<'_>) -> Step {
    step_of(["command", "manual", "drain"], table, found)
}

/// The step of a table that holds nothing else.
pub(super) fn step(table: Table<'_>, found: &mut Found<'_>) -> Step {
    step_of(["command", "manual"], table, found)
}

fn step_of<const N: usize>(keys: [&'static str; N], mut table: Table<'_>, found: &mut Found<'_>) -> Step {
    let step = match one_of(keys, &mut table, found) {
        Some(("command", argv)) => Step::Command(command(argv, &mut table, When::Always, found)),
        Some(("drain", truth)) => {
            refuse(["timeout", "env"], "drain", &mut table, found);
            if !matches!(truth.raw(), DeValue::Boolean(true)) {
                found.fault(truth.span(), truth.mismatch("true"));
            }
            found.needs_database(table.span.clone());
            Step::Drain
        }
        Some((_, text)) => {
            refuse(["timeout", "env"], "manual", &mut table, found);
            Step::Manual {
                instruction: text.text(found).to_owned(),
            }
        }
        None => {
            ahead(&mut table, found);
            Step::Manual {
                instruction: String::new(),
            }
        }
    };
    table.close(found);
    step
}

/// The check of a table that holds nothing else.
pub(super) fn check(mut table: Table<'_>, when: When, found: &mut Found<'_>) -> Check {
    let check = check_within(&mut table, when, found);
    table.close(found);
    check
}

/// The check of a table that may hold more.
pub(super) fn check_within(table: &mut Table<'_>, when: When, found: &mut Found<'_>) -> Check {
    let keys = ["command", "http", "sql", "quiet", "question"];
    let check = match one_of(keys, table, found) {
        Some(("command", argv)) => {
            let command = command(argv, table, when, found);
            refuse(["status", "contains", "expect"], "command", table, found);
            Check::Command(command)
        }
        Some(("http", url)) => {
            let check = http(url, table, when, found);
            refuse(["env", "expect"], "http", table, found);
            check
        }
        Some(("sql", query)) => {
            let check = sql::sql(query, table, found);
            refuse(["env", "status", "contains"], "sql", table, found);
            check
        }
        Some(("quiet", apart)) => {
            refuse(["env", "status", "contains", "expect"], "quiet", table, found);
            sql::quiet(apart, table, found)
        }
        Some((_, text)) => {
            refuse(
                ["timeout", "env", "status", "contains", "expect"],
                "question",
                table,
                found,
            );
            Check::Question {
                text: text.text(found).to_owned(),
            }
        }
        None => {
            ahead(table, found);
            answer(table, found);
            table.optional("expect");
            Check::Question { text: String::new() }
        }
    };
    if check.by_sql() {
        found.needs_database(table.span.clone());
    }
    check
}

fn http(url: Value<'_>, table: &mut Table<'_>, when: When, found: &mut Found<'_>) -> Check {
    let url = expansion::url(url, when, found);
    table.required("status", "the status that passes: status = 200", found);
    let (status, contains) = answer(table, found);
    Check::Http {
        url,
        status: status.unwrap_or(*STATUS.start()),
        contains,
        timeout_s: timeout(table, found).unwrap_or(Check::HTTP_TIMEOUT_S),
    }
}

/// The one alternative that a table holds, by its key. None and several are noted; of several the
/// first in `keys` is read on, so that its own faults are found too.
fn one_of<'t, const N: usize>(
    keys: [&'static str; N],
    table: &mut Table<'t>,
    found: &mut Found<'_>,
) -> Option<(&'static str, Value<'t>)> {
    let wanted = format!("expected one of `{}`", keys.join("`, `"));
    let mut there = keys
        .into_iter()
        .filter_map(|key| Some((key, table.optional(key)?)))
        .collect::<Vec<_>>()
        .into_iter();
    let first = there.next();
    match first {
        None => found.fault(table.span.clone(), format!("{wanted}, got none")),
        Some((first, _)) => {
            for (other, value) in there {
                let span = table.key_span(other).unwrap_or_else(|| value.span());
                found.fault(span, format!("{wanted}, got `{first}` and `{other}`"));
            }
        }
    }
    first
}

/// Notes the keys that belong to another alternative.
fn refuse<const N: usize>(
    keys: [&'static str; N],
    alternative: &str,
    table: &mut Table<'_>,
    found: &mut Found<'_>,
) {
    for key in keys {
        if let Some(value) = table.optional(key) {
            let span = table.key_span(key).unwrap_or_else(|| value.span());
            found.fault(
                span,
                format!("expected no `{key}` beside `{alternative}`, got one"),
            );
        }
    }
}

/// The answer that passes: its status and what its body contains.
fn answer(table: &mut Table<'_>, found: &mut Found<'_>) -> (Option<u16>, Option<String>) {
    let status = table.optional("status").map(|value| value.number(&STATUS, found));
    let contains = table
        .optional("contains")
        .map(|value| value.text(found).to_owned());
    (status, contains)
}

/// Reads what belongs to a command, where it is not known whether there will be one: its faults are
/// found in the same pass.
fn ahead(table: &mut Table<'_>, found: &mut Found<'_>) {
    timeout(table, found);
    if let Some(value) = table.optional("env") {
        env(value, found);
    }
}
