//! Nested blocks, written out or made by `dynamic`.

use super::block::Block;
use super::world::World;
use crate::lint::terraform::eval::{Frame, Scope, entries, eval};
use crate::lint::terraform::value::Value;
use std::collections::BTreeMap;

/// Nested blocks of a kind, as maps of the wanted attributes.
#[derive(Debug, Default)]
pub(super) struct Nested {
    pub(super) found: Vec<Value>,
    /// Those whose number is not known, and why: each as far as it can be told.
    pub(super) possible: Vec<(String, Value)>,
}

/// The nested blocks of a kind.
pub(super) fn nested(world: &World, block: &Block, kind: &str, wanted: &[&str], at: Scope<'_>) -> Nested {
    let mut nested = Nested::default();
    nested.found.extend(
        block
            .within(kind)
            .map(|inner| attributes(world, inner, wanted, at)),
    );
    for dynamic in block.within("dynamic").filter(|dynamic| dynamic.label(0) == kind) {
        let (Some(_), Some(content)) = (dynamic.value("for_each"), dynamic.within("content").next()) else {
            continue;
        };
        let name = dynamic
            .value("iterator")
            .and_then(|name| name.as_variable())
            .map_or(kind, |name| name.as_str());
        let made = |key: Value, value: Value| {
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
            attributes(world, content, wanted, within)
        };
        let each = attribute(world, dynamic, "for_each", at);
        let counted = match each.why() {
            Some(unknown) => Err(unknown.why.clone()),
            None => match world.effort.carry(2 * each.weight()) {
                Some(()) => entries(&each).map_err(|fault| fault.to_string()),
                None => Err("it takes more work than is done for one folder".to_owned()),
            },
        };
        match counted {
            Ok(entries) => nested
                .found
                .extend(entries.into_iter().map(|(key, value)| made(key, value))),
            Err(why) => {
                let unknown = Value::made_of(why.as_str(), [&each]);
                nested.possible.push((why, made(unknown.clone(), unknown)));
            }
        }
    }
    nested
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
