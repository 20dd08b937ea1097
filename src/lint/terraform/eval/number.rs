//! Functions of numbers.

use super::Evaluated;
use super::function::{argument, number_of, text_of, whole_of};
use super::scope::Fault;
use crate::lint::terraform::value::{Kind, Value};

/// A function of numbers, if the name is one.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Evaluated> {
    Some(match name {
        "abs" => one(name, arguments, f64::abs),
        "ceil" => one(name, arguments, f64::ceil),
        "floor" => one(name, arguments, f64::floor),
        "signum" => one(
            name,
            arguments,
            |number| if number == 0.0 { 0.0 } else { number.signum() },
        ),
        "max" => fold(name, arguments, f64::max),
        "min" => fold(name, arguments, f64::min),
        "sum" => sum(name, arguments),
        "pow" => two(name, arguments, f64::powf),
        "parseint" => parse(name, arguments),
        "tonumber" => to(name, arguments, |value| value.to_number().map(Value::number)),
        "tobool" => to(name, arguments, |value| value.to_bool().map(Value::bool)),
        "tostring" => to(name, arguments, |value| value.to_text().map(Value::text)),
        _ => return None,
    })
}

fn finite(number: f64) -> Value {
    if number.is_finite() {
        Value::number(number)
    } else {
        Value::unknown("it is a number that is too large")
    }
}

fn one(name: &str, arguments: &[Value], of: fn(f64) -> f64) -> Evaluated {
    Ok(finite(of(number_of(name, arguments, 0)?)))
}

fn two(name: &str, arguments: &[Value], of: fn(f64, f64) -> f64) -> Evaluated {
    let (a, b) = (number_of(name, arguments, 0)?, number_of(name, arguments, 1)?);
    Ok(finite(of(a, b)))
}

fn fold(name: &str, arguments: &[Value], of: fn(f64, f64) -> f64) -> Evaluated {
    let mut result = number_of(name, arguments, 0)?;
    for at in 1..arguments.len() {
        result = of(result, number_of(name, arguments, at)?);
    }
    Ok(finite(result))
}

fn sum(name: &str, arguments: &[Value]) -> Evaluated {
    let Some(items) = argument(name, arguments, 0)?.items() else {
        return Err(Fault::new("sum() expected a list"));
    };
    if items.is_empty() {
        return Err(Fault::new("sum() of an empty list"));
    }
    let mut result = 0.0;
    for at in 0..items.len() {
        result += number_of(name, items, at)?;
    }
    Ok(finite(result))
}

fn parse(name: &str, arguments: &[Value]) -> Evaluated {
    let text = text_of(name, arguments, 0)?;
    let base = u32::try_from(whole_of(name, arguments, 1)?).unwrap_or_default();
    if !(2..=36).contains(&base) {
        return Err(Fault::new(format!(
            "parseint() expected a base from 2 to 36, got {base}"
        )));
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "what is larger than 2^53 is refused as a window all the same"
    )]
    i64::from_str_radix(&text, base)
        .map(|number| Value::number(number as f64))
        .map_err(|_| {
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
