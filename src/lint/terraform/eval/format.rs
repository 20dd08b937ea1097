//! `format`.

use super::Evaluated;
use super::function::text_of;
use super::scope::Fault;
use super::text::{LONGEST, too_long};
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::Value;

/// `format`, if the name is that. Verbs with flags or widths give a value that is not known.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Evaluated> {
    (name == "format").then(|| format(name, arguments))
}

fn format(name: &str, arguments: &[Value]) -> Evaluated {
    let pattern = text_of(name, arguments, 0)?;
    let mut written = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    let mut next = 1;
    while let Some(letter) = letters.next() {
        if letter != '%' {
            written.push(letter);
            continue;
        }
        match letters.next() {
            Some('%') => written.push('%'),
            Some('s' | 'v') => {
                written.push_str(&text_of(name, arguments, next)?);
                next += 1;
            }
            Some('d') => {
                let text = text_of(name, arguments, next)?;
                let number = Number::parse(&text).filter(Number::is_whole);
                let Some(number) = number else {
                    return Err(Fault::new(format!(
                        "format() expected a whole number for %d, got \"{text}\""
                    )));
                };
                written.push_str(&number.to_string());
                next += 1;
            }
            Some(verb) => {
                return Ok(Value::unknown(format!(
                    "format() with `%{verb}` is not evaluated"
                )));
            }
            None => return Err(Fault::new("format() ends in `%`")),
        }
        if written.len() > LONGEST {
            return Ok(too_long());
        }
    }
    if next < arguments.len() {
        return Err(Fault::new(format!(
            "format() was given {} values for {} verbs",
            arguments.len() - 1,
            next - 1
        )));
    }
    Ok(Value::text(written))
}
