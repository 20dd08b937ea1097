//! Functions of text.

use super::Evaluated;
use super::function::{argument, text_of, whole_of};
use super::scope::Fault;
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::strict;
use crate::lint::terraform::value::Value;
use std::rc::Rc;

/// Text beyond this is not built.
pub(super) const LONGEST: usize = 1 << 20;
/// Lists beyond this are not built.
pub(super) const MOST: usize = 1 << 16;

pub(super) fn too_long() -> Value {
    Value::unknown("it is a text of more than 1 MiB")
}

pub(super) fn too_many() -> Value {
    Value::unknown("it is a list of more than 65,536 elements")
}

/// A function of text, if the name is one.
pub(super) fn call(world: &World, name: &str, arguments: &[Value]) -> Option<Evaluated> {
    Some(match name {
        "lower" => one(name, arguments, str::to_lowercase),
        "upper" => one(name, arguments, str::to_uppercase),
        "title" => one(name, arguments, title),
        "trimspace" => one(name, arguments, |text| text.trim().to_owned()),
        "chomp" => one(name, arguments, |text| {
            text.trim_end_matches(['\n', '\r']).to_owned()
        }),
        "trimprefix" => two(name, arguments, |text, part| {
            text.strip_prefix(part).unwrap_or(text).to_owned()
        }),
        "trimsuffix" => two(name, arguments, |text, part| {
            text.strip_suffix(part).unwrap_or(text).to_owned()
        }),
        "trim" => trim(name, arguments),
        "startswith" => holds(name, arguments, |text, part| text.starts_with(part)),
        "endswith" => holds(name, arguments, |text, part| text.ends_with(part)),
        "strcontains" => holds(name, arguments, |text, part| text.contains(part)),
        "replace" => replace(world, name, arguments),
        "substr" => part(name, arguments),
        "split" => split(world, name, arguments),
        "join" => join(world, name, arguments),
        "jsondecode" => decode(world, name, arguments),
        _ => return None,
    })
}

fn one(name: &str, arguments: &[Value], of: impl Fn(&str) -> String) -> Evaluated {
    Ok(Value::text(of(&text_of(name, arguments, 0)?)))
}

fn two(name: &str, arguments: &[Value], of: impl Fn(&str, &str) -> String) -> Evaluated {
    let (text, other) = (text_of(name, arguments, 0)?, text_of(name, arguments, 1)?);
    Ok(Value::text(of(&text, &other)))
}

/// Letters taken from both ends.
fn trim(name: &str, arguments: &[Value]) -> Evaluated {
    // Each letter is looked for in all of these.
    const MOST_LETTERS: usize = 256;
    let (text, letters) = (text_of(name, arguments, 0)?, text_of(name, arguments, 1)?);
    if letters.len() > MOST_LETTERS {
        return Ok(Value::unknown("trim() of so many letters is not evaluated"));
    }
    Ok(Value::text(text.trim_matches(|each| letters.contains(each))))
}

fn holds(name: &str, arguments: &[Value], of: impl Fn(&str, &str) -> bool) -> Evaluated {
    let (text, other) = (text_of(name, arguments, 0)?, text_of(name, arguments, 1)?);
    Ok(Value::bool(of(&text, &other)))
}

fn title(text: &str) -> String {
    let mut begins = true;
    let mut titled = String::with_capacity(text.len());
    for each in text.chars() {
        if begins {
            titled.extend(each.to_uppercase());
        } else {
            titled.push(each);
        }
        begins = each.is_whitespace();
    }
    titled
}

/// Text for text; a pattern between slashes is a regular expression, which is not evaluated.
fn replace(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    let (text, from, to) = (
        text_of(name, arguments, 0)?,
        text_of(name, arguments, 1)?,
        text_of(name, arguments, 2)?,
    );
    if from.len() > 1 && from.starts_with('/') && from.ends_with('/') {
        return Ok(Value::unknown(
            "replace() with a regular expression is not evaluated",
        ));
    }
    if from.is_empty() {
        return Ok(Value::unknown("replace() of nothing is not evaluated"));
    }
    let size = text.len() + text.matches(&*from).count() * to.len();
    if size > LONGEST {
        return Ok(too_long());
    }
    if world.effort.carry(size).is_none() {
        return Ok(Effort::enough());
    }
    Ok(Value::text(text.replace(&*from, &to)))
}

fn part(name: &str, arguments: &[Value]) -> Evaluated {
    let text = text_of(name, arguments, 0)?;
    let (offset, length) = (whole_of(name, arguments, 1)?, whole_of(name, arguments, 2)?);
    let total = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let start = if offset < 0 {
        total.saturating_add(offset).max(0)
    } else {
        offset.min(total)
    };
    let end = if length < 0 {
        total
    } else {
        start.saturating_add(length).min(total)
    };
    let byte = |letter: i64| {
        let letter = usize::try_from(letter).unwrap_or_default();
        text.char_indices().nth(letter).map_or(text.len(), |(at, _)| at)
    };
    Ok(Value::text(text.get(byte(start)..byte(end)).unwrap_or_default()))
}

fn split(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    // What a short text takes as an element of a list.
    const PIECE: usize = 64;
    let (separator, text) = (text_of(name, arguments, 0)?, text_of(name, arguments, 1)?);
    let count = if separator.is_empty() {
        text.chars().count()
    } else {
        text.matches(&*separator).count() + 1
    };
    if count > MOST {
        return Ok(too_many());
    }
    if world.effort.carry(text.len() + PIECE * count).is_none() {
        return Ok(Effort::enough());
    }
    if text.is_empty() {
        return Ok(Value::list(vec![Value::text("")]));
    }
    if separator.is_empty() {
        let letters = text.chars().map(|each| Value::text(each.to_string()));
        return Ok(Value::list(letters.collect()));
    }
    Ok(Value::list(text.split(&*separator).map(Value::text).collect()))
}

fn join(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    let separator = text_of(name, arguments, 0)?;
    let mut parts: Vec<Rc<str>> = Vec::new();
    for value in arguments.iter().skip(1) {
        let Some(items) = value.items() else {
            return Err(Fault::new(format!(
                "join() expected a list, got {}",
                value.sort()
            )));
        };
        for at in 0..items.len() {
            parts.push(text_of(name, items, at)?);
        }
    }
    let size: usize = parts.iter().map(|part| part.len() + separator.len()).sum();
    if size > LONGEST {
        return Ok(too_long());
    }
    if world.effort.carry(size).is_none() {
        return Ok(Effort::enough());
    }
    Ok(Value::text(parts.join(&separator)))
}

fn decode(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    // `[]` takes three bytes with its comma, and a hundred as a value.
    const GROWS: usize = 32;
    let value = argument(name, arguments, 0)?;
    let text = text_of(name, arguments, 0)?;
    if world.effort.carry(GROWS * text.len()).is_none() {
        return Ok(Effort::enough());
    }
    strict::parse(&text)
        .map(|json| Value::from_json(&json, &serde_json::Value::Null, "it").marked(value.marks))
        .map_err(|error| Fault::new(format!("jsondecode() expected JSON: {error}")))
}
