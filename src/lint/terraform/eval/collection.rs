//! Functions of lists, sets and maps.

use super::Evaluated;
use super::function::{argument, text_of, whole_of};
use super::map::{keys, lookup, merge, values, zip};
use super::operate::equal;
use super::range::range;
use super::scope::Fault;
use super::set::{alike, among, distinct, every, flat, set};
use super::text::{MOST, too_many};
use crate::lint::terraform::code::World;
use crate::lint::terraform::value::{Kind, Value};
use std::rc::Rc;

/// A function of collections, if the name is one.
pub(super) fn call(world: &World, name: &str, arguments: &[Value]) -> Option<Evaluated> {
    Some(match name {
        "length" => length(name, arguments),
        "coalesce" => coalesce(arguments),
        "coalescelist" => coalesce_list(arguments),
        "concat" => concat(arguments),
        "merge" => merge(arguments),
        "lookup" => lookup(name, arguments),
        "element" => element(name, arguments),
        "contains" => contains(world, name, arguments),
        "keys" => keys(name, arguments),
        "values" => values(name, arguments),
        "zipmap" => zip(name, arguments),
        "compact" => compact(name, arguments),
        "distinct" => items(name, arguments).map(|items| Value::list(distinct(world, &items))),
        "reverse" => items(name, arguments).map(|items| Value::list(items.iter().rev().cloned().collect())),
        "sort" => sort(name, arguments),
        "flatten" => items(name, arguments).map(|items| flat(world, &items)),
        "slice" => slice(name, arguments),
        "range" => range(world, name, arguments),
        "one" => one(name, arguments),
        "toset" => items(name, arguments).map(|items| set(world, items.to_vec())),
        "tolist" => items(name, arguments).map(|items| Value::list(alike(&items))),
        "tomap" | "sensitive" | "nonsensitive" => argument(name, arguments, 0).cloned(),
        "setunion" => {
            concat(arguments).map(|all| set(world, all.items().map_or_else(Vec::new, |all| all.to_vec())))
        }
        "setintersection" => among(world, name, arguments, true),
        "setsubtract" => among(world, name, arguments, false),
        "alltrue" => every(name, arguments, true),
        "anytrue" => every(name, arguments, false),
        _ => return None,
    })
}

/// The elements of the first argument.
pub(super) fn items(name: &str, arguments: &[Value]) -> Result<Rc<[Value]>, Fault> {
    let value = argument(name, arguments, 0)?;
    match &value.kind {
        Kind::Unknown(unknown) => Ok(Rc::from([Value::made_of(unknown.why.as_str(), [value])])),
        _ => value
            .items()
            .cloned()
            .ok_or_else(|| Fault::new(format!("{name}() expected a list, got {}", value.sort()))),
    }
}

fn length(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    let length = match &value.kind {
        Kind::Unknown(_) => return Ok(value.clone()),
        Kind::List(items) | Kind::Set(items) => items.len(),
        Kind::Map(map) => map.len(),
        Kind::Text(text) => text.chars().count(),
        _ => {
            return Err(Fault::new(format!(
                "length() expected a collection, got {}",
                value.sort()
            )));
        }
    };
    Ok(Value::number(length))
}

/// The first that is neither null nor an empty text.
fn coalesce(arguments: &[Value]) -> Evaluated {
    let given = arguments
        .iter()
        .find(|value| !value.is_null() && value.as_text() != Some(""));
    match given {
        // It may yet be null, and then another is taken.
        Some(value) if value.why().is_some_and(|unknown| unknown.of.is_none()) => {
            let why = value.why().map_or("", |unknown| &unknown.why);
            Ok(Value::made_of(why, arguments))
        }
        Some(value) => Ok(value.clone()),
        None => Err(Fault::new("coalesce() was given nothing but null")),
    }
}

fn coalesce_list(arguments: &[Value]) -> Evaluated {
    arguments
        .iter()
        .find(|value| value.items().is_some_and(|items| !items.is_empty()))
        .cloned()
        .ok_or_else(|| Fault::new("coalescelist() was given empty lists alone"))
}

fn concat(arguments: &[Value]) -> Evaluated {
    let mut all = Vec::new();
    for value in arguments {
        match &value.kind {
            Kind::Unknown(_) => return Ok(value.clone()),
            Kind::List(items) | Kind::Set(items) => {
                all.extend(items.iter().map(|item| item.clone().marked(value.marks)));
            }
            _ => {
                return Err(Fault::new(format!(
                    "concat() expected lists, got {}",
                    value.sort()
                )));
            }
        }
        if all.len() > MOST {
            return Ok(too_many());
        }
    }
    Ok(Value::list(all))
}

/// By index, beginning anew after the last.
fn element(name: &str, arguments: &[Value]) -> Evaluated {
    let items = items(name, arguments)?;
    let index = argument(name, arguments, 1)?;
    if let Some(unknown) = index.why() {
        return Ok(Value::made_of(unknown.why.as_str(), arguments));
    }
    let index = whole_of(name, arguments, 1)?;
    let Some(at) = usize::try_from(index)
        .ok()
        .and_then(|index| index.checked_rem(items.len()))
    else {
        return Err(Fault::new(format!(
            "element() {index} of {} elements",
            items.len()
        )));
    };
    Ok(items[at].clone())
}

fn contains(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    let items = items(name, arguments)?;
    let wanted = argument(name, arguments, 1)?;
    let mut doubt = wanted.why();
    for item in items.iter() {
        match equal(world, item, wanted) {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => doubt = doubt.or(item.why()),
        }
    }
    Ok(doubt.map_or_else(
        || Value::bool(false),
        |unknown| Value::unknown(unknown.why.clone()),
    ))
}

fn compact(name: &str, arguments: &[Value]) -> Evaluated {
    let items = items(name, arguments)?;
    if let Some(unknown) = items.iter().find_map(Value::why) {
        return Ok(Value::made_of(unknown.why.as_str(), items.iter()));
    }
    let kept = items
        .iter()
        .filter(|item| !item.is_null() && item.as_text() != Some(""));
    Ok(Value::list(kept.cloned().collect()))
}

fn sort(name: &str, arguments: &[Value]) -> Evaluated {
    let items = items(name, arguments)?;
    let mut texts = Vec::with_capacity(items.len());
    for at in 0..items.len() {
        texts.push(text_of(name, &items, at)?);
    }
    texts.sort();
    Ok(Value::list(texts.into_iter().map(Value::shared).collect()))
}

fn slice(name: &str, arguments: &[Value]) -> Evaluated {
    let items = items(name, arguments)?;
    let (start, end) = (whole_of(name, arguments, 1)?, whole_of(name, arguments, 2)?);
    let within = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    within
        .and_then(|(start, end)| items.get(start..end))
        .map(|part| Value::list(part.to_vec()))
        .ok_or_else(|| {
            Fault::new(format!(
                "slice() from {start} to {end} of {} elements",
                items.len()
            ))
        })
}

/// The only element, or null of an empty list.
fn one(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    if value.why().is_some() {
        return Ok(value.clone());
    }
    match &*items(name, arguments)? {
        [] => Ok(Value::null()),
        [only] => Ok(only.clone()),
        more => Err(Fault::new(format!("one() of {} elements", more.len()))),
    }
}
