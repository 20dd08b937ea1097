//! Functions of text.

use super::Evaluated;
use super::function::{argument, text_of, whole_of};
use super::scope::Fault;
use crate::lint::terraform::strict;
use crate::lint::terraform::value::Value;
use std::rc::Rc;

/// A function of text, if the name is one.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Evaluated> {
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
        "trim" => two(name, arguments, |text, set| {
            text.trim_matches(|each| set.contains(each)).to_owned()
        }),
        "startswith" => holds(name, arguments, |text, part| text.starts_with(part)),
        "endswith" => holds(name, arguments, |text, part| text.ends_with(part)),
        "strcontains" => holds(name, arguments, |text, part| text.contains(part)),
        "replace" => replace(name, arguments),
        "substr" => part(name, arguments),
        "split" => split(name, arguments),
        "join" => join(name, arguments),
        "jsondecode" => decode(name, arguments),
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
fn replace(name: &str, arguments: &[Value]) -> Evaluated {
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
    if from.is_empty() || to.len().saturating_mul(text.len()) > 1 << 20 {
        return Ok(Value::unknown("replace() of so much is not evaluated"));
    }
    Ok(Value::text(text.replace(&*from, &to)))
}

fn part(name: &str, arguments: &[Value]) -> Evaluated {
    let letters: Vec<char> = text_of(name, arguments, 0)?.chars().collect();
    let (offset, length) = (whole_of(name, arguments, 1)?, whole_of(name, arguments, 2)?);
    let total = i64::try_from(letters.len()).unwrap_or(i64::MAX);
    let start = if offset < 0 {
        (total + offset).max(0)
    } else {
        offset.min(total)
    };
    let end = if length < 0 {
        total
    } else {
        start.saturating_add(length).min(total)
    };
    let within = usize::try_from(start).unwrap_or_default()..usize::try_from(end).unwrap_or_default();
    Ok(Value::text(
        letters.get(within).unwrap_or_default().iter().collect::<String>(),
    ))
}

fn split(name: &str, arguments: &[Value]) -> Evaluated {
    let (separator, text) = (text_of(name, arguments, 0)?, text_of(name, arguments, 1)?);
    if text.is_empty() {
        return Ok(Value::list(vec![Value::text("")]));
    }
    if separator.is_empty() {
        let letters = text.chars().map(|each| Value::text(each.to_string()));
        return Ok(Value::list(letters.collect()));
    }
    Ok(Value::list(text.split(&*separator).map(Value::text).collect()))
}

fn join(name: &str, arguments: &[Value]) -> Evaluated {
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
    let long = parts
        .iter()
        .map(|part| part.len() + separator.len())
        .sum::<usize>()
        > 1 << 20;
    if long {
        return Ok(Value::unknown("it is a text of more than 1 MiB"));
    }
    Ok(Value::text(parts.join(&separator)))
}

fn decode(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    let text = text_of(name, arguments, 0)?;
    strict::parse(&text)
        .map(|json| Value::from_json(&json, &serde_json::Value::Null, "it").marked(value.marks))
        .map_err(|error| Fault::new(format!("jsondecode() expected JSON: {error}")))
}
