//! Functions of maps.

use super::Evaluated;
use super::collection::items;
use super::function::{argument, text_of};
use super::scope::Fault;
use crate::lint::terraform::value::{Kind, Value};
use std::collections::BTreeMap;

pub(super) fn merge(arguments: &[Value]) -> Evaluated {
    let mut all = BTreeMap::new();
    for value in arguments {
        match &value.kind {
            Kind::Unknown(_) => return Ok(value.clone()),
            Kind::Null => {}
            Kind::Map(map) => {
                all.extend(
                    map.iter()
                        .map(|(key, item)| (key.clone(), item.clone().marked(value.marks))),
                );
            }
            _ => return Err(Fault::new(format!("merge() expected maps, got {}", value.sort()))),
        }
    }
    Ok(Value::map(all))
}

pub(super) fn lookup(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    if value.why().is_some() {
        return Ok(value.clone());
    }
    let key = argument(name, arguments, 1)?;
    if let Some(unknown) = key.why() {
        return Ok(Value::made_of(unknown.why.as_str(), arguments));
    }
    let key = text_of(name, arguments, 1)?;
    match (&value.kind, arguments.get(2)) {
        (Kind::Map(map), default) => match (map.get(&*key), default) {
            (Some(found), _) => Ok(found.clone()),
            (None, Some(default)) => Ok(default.clone()),
            (None, None) => Err(Fault::new(format!("there is no \"{key}\" in it"))),
        },
        _ => Err(Fault::new(format!(
            "lookup() expected a map, got {}",
            value.sort()
        ))),
    }
}

fn map_of<'a>(name: &str, value: &'a Value) -> Result<&'a BTreeMap<String, Value>, Fault> {
    match &value.kind {
        Kind::Map(map) => Ok(map),
        _ => Err(Fault::new(format!(
            "{name}() expected a map, got {}",
            value.sort()
        ))),
    }
}

pub(super) fn keys(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    if value.why().is_some() {
        return Ok(value.clone());
    }
    Ok(Value::list(
        map_of(name, value)?.keys().map(Value::text).collect(),
    ))
}

pub(super) fn values(name: &str, arguments: &[Value]) -> Evaluated {
    let value = argument(name, arguments, 0)?;
    if value.why().is_some() {
        return Ok(value.clone());
    }
    Ok(Value::list(map_of(name, value)?.values().cloned().collect()))
}

pub(super) fn zip(name: &str, arguments: &[Value]) -> Evaluated {
    let keys = items(name, arguments)?;
    let values = items(name, arguments.get(1..).unwrap_or_default())?;
    if keys.len() != values.len() {
        return Err(Fault::new("zipmap() expected as many keys as values"));
    }
    let mut map = BTreeMap::new();
    for (at, value) in values.iter().enumerate() {
        map.insert(text_of(name, &keys, at)?.to_string(), value.clone());
    }
    Ok(Value::map(map))
}
