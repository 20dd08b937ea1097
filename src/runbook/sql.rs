//! Reads a check by SQL: the statement, and what its answer must be.

use std::ops::Range;

use toml::de::DeValue;

use super::command::timeout;
use super::found::Found;
use super::table::Table;
use super::value::{Value, is_unprintable};
use crate::domain::runbook::{Amount, Check, Expect, Sql, Wanted, writes};

const EXPECT: &str = "expect = { equals = 7 }, { at_least = 1200 }, { at_most = 0 }, { between = [1, 9] }, \"rows\", \"no rows\" or \"recorded\"";
/// Looks closer together than a second see too little; nobody waits longer than minutes.
const APART_S: std::ops::RangeInclusive<i64> = 1..=600;

/// The check of a table in which `sql` stands.
pub(super) fn sql(query: Value<'_>, table: &mut Table<'_>, found: &mut Found<'_>) -> Check {
    let text = query.string(found).unwrap_or_default();
    if text.contains(is_unprintable) {
        found.fault(
            query.span(),
            "expected a statement for `sql`, got control characters",
        );
    } else if let Some(why) = writes(text) {
        found.hinted(
            query.span(),
            format!("expected a statement that only reads for `sql`: {why}"),
            "a check changes nothing",
        );
    }
    let expect = table.required("expect", EXPECT, found);
    Check::Sql(Sql {
        query: text.to_owned(),
        expect: expect.map_or(Expect::Rows, |value| self::expect(value, found)),
        timeout_s: timeout(table, found).unwrap_or(Check::SQL_TIMEOUT_S),
    })
}

/// The check of a table in which `quiet` stands.
pub(super) fn quiet(apart: Value<'_>, table: &mut Table<'_>, found: &mut Found<'_>) -> Check {
    Check::Quiet {
        apart_s: u32::try_from(apart.duration(&APART_S, found)).unwrap_or_default(),
        timeout_s: timeout(table, found).unwrap_or(Check::QUIET_TIMEOUT_S),
    }
}

fn expect(value: Value<'_>, found: &mut Found<'_>) -> Expect {
    if let Some(mut table) = value.as_table() {
        let expect = comparison(&mut table, value.span(), found);
        table.close(found);
        return expect;
    }
    match value.raw() {
        DeValue::String(text) if text == "rows" => return Expect::Rows,
        DeValue::String(text) if text == "no rows" => return Expect::NoRows,
        DeValue::String(text) if text == "recorded" => return Expect::Recorded,
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => {}
    }
    found.hinted(value.span(), value.mismatch("what passes"), EXPECT);
    Expect::Rows
}

fn comparison(table: &mut Table<'_>, span: Range<usize>, found: &mut Found<'_>) -> Expect {
    let mut there = Vec::new();
    if let Some(value) = table.optional("equals") {
        there.push(Expect::Equals(wanted(value, found)));
    }
    if let Some(value) = table.optional("at_least") {
        there.push(Expect::AtLeast(amount(value, found)));
    }
    if let Some(value) = table.optional("at_most") {
        there.push(Expect::AtMost(amount(value, found)));
    }
    if let Some(value) = table.optional("between") {
        there.push(between(value, found));
    }
    if there.len() != 1 {
        let got = if there.is_empty() { "none" } else { "several" };
        found.hinted(
            span,
            format!("expected one of `equals`, `at_least`, `at_most`, `between`, got {got}"),
            EXPECT,
        );
    }
    there.into_iter().next().unwrap_or(Expect::Rows)
}

/// A whole number is compared as one, a string letter by letter.
fn wanted(value: Value<'_>, found: &mut Found<'_>) -> Wanted {
    match value.raw() {
        DeValue::String(text) => Wanted::Text(text.to_string()),
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => Wanted::Number(amount(value, found)),
    }
}

/// A whole number, or a decimal one in quotes: a float would be rounded.
fn amount(value: Value<'_>, found: &mut Found<'_>) -> Amount {
    let read = match value.raw() {
        DeValue::Integer(number) if number.radix() == 10 => Amount::parse(number.as_str()),
        DeValue::String(text) => Amount::parse(text),
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    };
    read.unwrap_or_else(|| {
        found.hinted(
            value.span(),
            value.mismatch("a number"),
            "a whole number, or a decimal one in quotes: \"12.50\"",
        );
        Amount::zero()
    })
}

fn between(value: Value<'_>, found: &mut Found<'_>) -> Expect {
    let limits = value.list("between = [1, 9]", found);
    let [least, most] = limits.as_slice() else {
        if value.is_list() {
            found.fault(
                value.span(),
                format!("expected two numbers for `between`, got {}", limits.len()),
            );
        }
        return Expect::Rows;
    };
    let (least, most) = (amount(*least, found), amount(*most, found));
    if least > most {
        found.fault(
            value.span(),
            format!("expected the lesser number first for `between`, got {least} and {most}"),
        );
    }
    Expect::Between(least, most)
}
