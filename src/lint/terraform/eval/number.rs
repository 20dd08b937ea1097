//! Functions of numbers.

use super::Evaluated;
use super::function::{argument, number_of, whole_of};
use super::operate::TOO_LARGE;
use super::scope::Fault;
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::{Kind, Value};
use std::cmp::Ordering;

/// A function of numbers, if the name is one.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Evaluated> {
    Some(match name {
        "abs" => one(name, arguments, |number| match sign(number) {
            Ordering::Less => number.negative(),
            Ordering::Equal | Ordering::Greater => number.clone(),
        }),
        "ceil" => one(name, arguments, Number::ceil),
        "floor" => one(name, arguments, Number::floor),
        "signum" => whole_of(name, arguments, 0).map(|number| Value::number(number.signum())),
        "max" => fold(name, arguments, Ordering::Greater),
        "min" => fold(name, arguments, Ordering::Less),
        "sum" => sum(name, arguments),
        "pow" => power(name, arguments),
        "parseint" => parse(name, arguments),
        "tonumber" => to(name, arguments, |value| match value.as_text() {
            Some(text) => Number::read(text).map(|number| finite(number.within())),
            None => value.to_number().map(Value::number),
        }),
        "tobool" => to(name, arguments, |value| value.to_bool().map(Value::bool)),
        "tostring" => to(name, arguments, |value| value.to_text().map(Value::shared)),
        _ => return None,
    })
}

fn sign(number: &Number) -> Ordering {
    number.against(&Number::from(0_i64))
}

fn finite(number: Option<Number>) -> Value {
    number.map_or_else(|| Value::unknown(TOO_LARGE), Value::number)
}

fn one(name: &str, arguments: &[Value], of: fn(&Number) -> Number) -> Evaluated {
    Ok(Value::number(of(&number_of(name, arguments, 0)?)))
}

fn power(name: &str, arguments: &[Value]) -> Evaluated {
    let (base, exponent) = (number_of(name, arguments, 0)?, number_of(name, arguments, 1)?);
    Ok(finite(base.to_the(&exponent)))
}

/// The one that stands to every other as is wanted.
fn fold(name: &str, arguments: &[Value], wanted: Ordering) -> Evaluated {
    let mut result = number_of(name, arguments, 0)?;
    for at in 1..arguments.len() {
        let next = number_of(name, arguments, at)?;
        if next.against(&result) == wanted {
            result = next;
        }
    }
    Ok(Value::number(result))
}

fn sum(name: &str, arguments: &[Value]) -> Evaluated {
    let Some(items) = argument(name, arguments, 0)?.items() else {
        return Err(Fault::new("sum() expected a list"));
    };
    if items.is_empty() {
        return Err(Fault::new("sum() of an empty list"));
    }
    let mut result = Some(Number::from(0_i64));
    for at in 0..items.len() {
        let next = number_of(name, items, at)?;
        result = result.and_then(|sum| sum.plus(&next));
    }
    Ok(finite(result))
}

fn parse(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    let Some(text) = value.as_text() else {
        return Err(Fault::new(format!(
            "parseint() expected a text, got {}",
            value.sort()
        )));
    };
    let base = u32::try_from(whole_of(name, arguments, 1)?).unwrap_or_default();
    if !(2..=62).contains(&base) {
        return Err(Fault::new(format!(
            "parseint() expected a base from 2 to 62, got {base}"
        )));
    }
    if base > 36 {
        return Ok(Value::unknown("parseint() to a base above 36 is not evaluated"));
    }
    let number = Number::digits(text, base).map(|number| finite(number.within()));
    number.ok_or_else(|| {
        Fault::new(format!(
            "parseint() expected digits of base {base}, got \"{text}\""
        ))
    })
}

/// A conversion: null stays null.
fn to(name: &str, arguments: &[Value], convert: fn(&Value) -> Option<Value>) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    if matches!(value.kind, Kind::Null) {
        return Ok(Value::null());
    }
    convert(value).ok_or_else(|| Fault::new(format!("{name}() cannot convert {}", value.sort())))
}
