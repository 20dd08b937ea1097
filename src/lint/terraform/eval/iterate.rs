//! `[for … : …]` and `{for … : … => …}`.

use super::Evaluated;
use super::expression::eval;
use super::operate::equal;
use super::scope::{Fault, Frame, Scope};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::value::{Kind, Marks, Value};
use hcl_edit::expr::ForExpr;
use std::collections::BTreeMap;

/// The keys and values of a collection, in its order.
pub(in crate::lint::terraform) fn entries(value: &Value) -> Result<Vec<(Value, Value)>, Fault> {
    match &value.kind {
        Kind::List(items) => Ok(items
            .iter()
            .enumerate()
            .map(|(index, item)| (Value::number(index), item.clone().marked(value.marks)))
            .collect()),
        Kind::Set(items) => Ok(items
            .iter()
            .map(|item| (item.clone(), item.clone().marked(value.marks)))
            .collect()),
        Kind::Map(map) => Ok(map
            .iter()
            .map(|(key, item)| (Value::text(key), item.clone().marked(value.marks)))
            .collect()),
        _ => Err(Fault::new(format!("expected a collection, got {}", value.sort()))),
    }
}

/// A `for` expression.
pub(super) fn expression(world: &World, iteration: &ForExpr, at: Scope<'_>) -> Evaluated {
    let collection = eval(world, &iteration.intro.collection_expr, at)?;
    if collection.why().is_some() {
        return Ok(unknown_times(world, iteration, at, &collection));
    }
    if world.effort.carry(2 * collection.weight()).is_none() {
        return Ok(Effort::enough());
    }
    let key_name = iteration.intro.key_var.as_ref().map(|name| name.value().as_str());
    let value_name = iteration.intro.value_var.value().as_str();
    let mut list = Vec::new();
    let mut map: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut marks = collection.marks;
    // Why it is not known which elements there are. What they would be is found out all the same: it tells which
    // resources have a say.
    let mut doubt: Option<String> = None;
    for (key, value) in entries(&collection)? {
        if world.effort.spend().is_none() {
            return Ok(Effort::enough());
        }
        let outer = Frame {
            name: key_name.unwrap_or_default(),
            value: key,
            outer: at.names,
        };
        let inner = Frame {
            name: value_name,
            value,
            outer: Some(&outer),
        };
        let within = Scope {
            names: Some(&inner),
            ..at
        };
        match kept(world, iteration, within, &mut marks)? {
            Some(true) => {}
            Some(false) => continue,
            None => doubt = Some("which elements its `if` keeps is not known".to_owned()),
        }
        let value = eval(world, &iteration.value_expr, within)?;
        let Some(key) = &iteration.key_expr else {
            list.push(value);
            continue;
        };
        let key = eval(world, key, within)?;
        if let Some(unknown) = key.why() {
            doubt.get_or_insert_with(|| unknown.why.clone());
            list.push(value);
            continue;
        }
        if world.effort.carry(key.weight()).is_none() {
            return Ok(Effort::enough());
        }
        let Some(text) = key.to_text() else {
            return Err(Fault::new(format!(
                "expected a text for a key, got {}",
                key.sort()
            )));
        };
        if world.effort.carry(64 + text.len()).is_none() {
            return Ok(Effort::enough());
        }
        let of_key = map.entry(text.to_string()).or_default();
        of_key.push(value);
        if of_key.len() > 1 && !iteration.grouping {
            return Err(Fault::new(format!("two elements have the key \"{text}\"")));
        }
    }
    if let Some(why) = doubt {
        return Ok(Value::made_of(why, list.iter().chain(map.values().flatten())).marked(marks));
    }
    let lists: Vec<&[Value]> = std::iter::once(list.as_slice())
        .chain(map.values().map(Vec::as_slice))
        .collect();
    if collection.is_unordered() && !lists.iter().all(|list| same(world, list)) {
        return Ok(Value::in_some_order(lists.into_iter().flatten()).marked(marks));
    }
    Ok(match (&iteration.key_expr, iteration.grouping) {
        (None, _) => Value::list(list),
        (Some(_), true) => Value::map(
            map.into_iter()
                .map(|(key, values)| (key, Value::list(values)))
                .collect(),
        ),
        (Some(_), false) => Value::map(
            map.into_iter()
                .filter_map(|(key, mut values)| values.pop().map(|value| (key, value)))
                .collect(),
        ),
    }
    .marked(marks))
}

/// Whether it does not matter in which order these stand.
fn same(world: &World, items: &[Value]) -> bool {
    items
        .windows(2)
        .all(|pair| equal(world, &pair[0], &pair[1]) == Some(true))
}

/// A `for` over what is not known: made of the collection, and of what one element comes to.
fn unknown_times(world: &World, iteration: &ForExpr, at: Scope<'_>, collection: &Value) -> Value {
    let why = collection.why().map_or("", |unknown| &unknown.why);
    let outer = Frame {
        name: iteration
            .intro
            .key_var
            .as_ref()
            .map_or("", |name| name.value().as_str()),
        value: Value::unknown(why),
        outer: at.names,
    };
    let inner = Frame {
        name: iteration.intro.value_var.value().as_str(),
        value: Value::made_of(why, [collection]),
        outer: Some(&outer),
    };
    let within = Scope {
        names: Some(&inner),
        ..at
    };
    let one = eval(world, &iteration.value_expr, within).unwrap_or_else(|_| Value::null());
    Value::made_of(why, [collection, &one]).marked(collection.marks)
}

/// Whether the `if` keeps an element; none where that is not known.
fn kept(world: &World, iteration: &ForExpr, at: Scope<'_>, marks: &mut Marks) -> Result<Option<bool>, Fault> {
    let Some(condition) = &iteration.cond else {
        return Ok(Some(true));
    };
    let condition = eval(world, &condition.expr, at)?;
    *marks = marks.with(condition.marks);
    if condition.why().is_some() {
        return Ok(None);
    }
    condition
        .to_bool()
        .map(Some)
        .ok_or_else(|| Fault::new(format!("expected a condition, got {}", condition.sort())))
}
