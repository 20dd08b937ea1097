//! Nested blocks, written out or made by `dynamic`.

use super::block::Block;
use super::effort::Effort;
use super::world::World;
use crate::lint::terraform::eval::{Frame, Scope, entries, eval};
use crate::lint::terraform::value::Value;
use std::collections::BTreeMap;

/// The nested blocks of a kind as maps of the wanted attributes; the reason where their number is not known.
pub(super) fn nested(
    world: &World,
    block: &Block,
    kind: &str,
    wanted: &[&str],
    at: Scope<'_>,
) -> Result<Vec<Value>, String> {
    let mut found: Vec<Value> = block
        .within(kind)
        .map(|inner| attributes(world, inner, wanted, at))
        .collect();
    for dynamic in block.within("dynamic").filter(|dynamic| dynamic.label(0) == kind) {
        let (Some(each), Some(content)) = (dynamic.value("for_each"), dynamic.within("content").next())
        else {
            continue;
        };
        let each = eval(world, each, at).map_err(|fault| fault.to_string())?;
        if let Some(unknown) = each.why() {
            return Err(unknown.why.clone());
        }
        if world.effort.carry(2 * each.weight()).is_none() {
            return Err(Effort::enough()
                .why()
                .map_or_else(String::new, |unknown| unknown.why.clone()));
        }
        let name = dynamic
            .value("iterator")
            .and_then(|name| name.as_variable())
            .map_or(kind, |name| name.as_str());
        for (key, value) in entries(&each).map_err(|fault| fault.to_string())? {
            let fields = BTreeMap::from([("key".to_owned(), key), ("value".to_owned(), value)]);
            let frame = Frame {
                name,
                value: Value::map(fields),
                outer: at.names,
            };
            let within = Scope {
                names: Some(&frame),
                ..at
            };
            found.push(attributes(world, content, wanted, within));
        }
    }
    Ok(found)
}

fn attributes(world: &World, block: &Block, wanted: &[&str], at: Scope<'_>) -> Value {
    Value::map(
        wanted
            .iter()
            .map(|name| ((*name).to_owned(), attribute(world, block, name, at)))
            .collect(),
    )
}

/// The value of an attribute: null where it is not given, not known where Terraform would refuse it.
pub(super) fn attribute(world: &World, block: &Block, name: &str, at: Scope<'_>) -> Value {
    match block.value(name) {
        None => Value::null(),
        Some(expression) => eval(world, expression, at)
            .unwrap_or_else(|fault| Value::unknown(format!("Terraform refuses its expression: {fault}"))),
    }
}
