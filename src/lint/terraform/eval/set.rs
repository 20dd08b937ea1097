//! Elements once each, of one type, or flat.

use super::Evaluated;
use super::collection::items;
use super::operate::equal;
use super::scope::blamed;
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::value::{Kind, Marks, Value};
use std::cmp::Ordering;

/// What lists within lists hold.
pub(super) fn flat(world: &World, items: &[Value]) -> Value {
    fn into(world: &World, items: &[Value], marks: Marks, all: &mut Vec<Value>) -> Option<bool> {
        let mut ordered = true;
        for item in items {
            world.effort.spend()?;
            if item.is_unordered() {
                return Some(false);
            }
            match item.items() {
                Some(inner) => ordered &= into(world, inner, marks.with(item.marks), all)?,
                None => all.push(item.clone().marked(marks)),
            }
        }
        Some(ordered)
    }
    if let Some(unknown) = items.iter().find_map(Value::why) {
        return Value::made_of(unknown.why.as_str(), items);
    }
    let mut all = Vec::new();
    match into(world, items, Marks::default(), &mut all) {
        Some(true) => Value::list(all),
        Some(false) => Value::in_some_order(items),
        None => Effort::enough(),
    }
}

/// Elements once each. Texts and numbers are told apart by their text, anything else by comparison.
pub(super) fn distinct(world: &World, items: &[Value]) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    let mut others: Vec<Value> = Vec::new();
    let mut kept = Vec::new();
    for item in items {
        let new = if let Some(text) = item.to_text() {
            seen.insert((item.sort(), text))
        } else {
            let new = !others.iter().any(|other| equal(world, other, item) == Some(true));
            if new {
                others.push(item.clone());
            }
            new
        };
        if new {
            kept.push(item.clone());
        }
    }
    kept
}

/// Elements of one type: where one is a text, numbers and bools are texts too.
pub(super) fn alike(items: &[Value]) -> Vec<Value> {
    let texts = items.iter().any(|item| item.as_text().is_some());
    let text = |item: &Value| {
        item.to_text().map_or_else(
            || item.clone(),
            |text| Value::shared(text).marked(item.marks).named(item.origin.clone()),
        )
    };
    items
        .iter()
        .map(|item| if texts { text(item) } else { item.clone() })
        .collect()
}

/// A set, in the order of its numbers or texts; not known where an element is not.
pub(super) fn set(world: &World, mut items: Vec<Value>) -> Value {
    if let Some(unknown) = blamed(&items).and_then(Value::why) {
        return Value::made_of(unknown.why.as_str(), &items);
    }
    items = alike(&items);
    let numbers = items.iter().all(|item| matches!(item.kind, Kind::Number(_)));
    if numbers {
        items.sort_by(|one, other| match (one.to_number(), other.to_number()) {
            (Some(one), Some(other)) => one.against(&other),
            _ => Ordering::Equal,
        });
    } else {
        items.sort_by_cached_key(Value::to_text);
    }
    Value::set(distinct(world, &items))
}

/// The elements of the first that are, or are not, in the second.
pub(super) fn among(world: &World, name: &str, arguments: &[Value], wanted: bool) -> Evaluated {
    let these = items(name, arguments)?;
    let those = items(name, arguments.get(1..).unwrap_or_default())?;
    let texts: std::collections::HashSet<_> = those.iter().filter_map(Value::to_text).collect();
    let among = |item: &Value| match item.to_text() {
        Some(text) => texts.contains(&text),
        None => those.iter().any(|other| equal(world, item, other) == Some(true)),
    };
    let kept = these.iter().filter(|item| among(item) == wanted);
    Ok(set(world, kept.cloned().collect()))
}

pub(super) fn every(name: &str, arguments: &[Value], all: bool) -> Evaluated {
    let items = items(name, arguments)?;
    let mut holds = items.iter().map(|item| item.to_bool().unwrap_or(false));
    Ok(Value::bool(if all {
        holds.all(|each| each)
    } else {
        holds.any(|each| each)
    }))
}
