//! Values brought to the type that a variable declares.

use super::Evaluated;
use super::expression::eval;
use super::scope::{Each, Fault, Scope};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::value::{Kind, Value};
use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey};
use std::collections::BTreeMap;

/// Converts to a type; null and what is not known stay as they are.
///
/// A type that is not understood converts nothing: the value is what was written.
pub(in crate::lint::terraform) fn convert(world: &World, value: Value, to: &Expression) -> Evaluated {
    let Some(_deeper) = world.effort.deeper() else {
        return Ok(Effort::enough());
    };
    if value.is_null() || value.why().is_some() {
        return Ok(value);
    }
    match to {
        Expression::Variable(_) if world.effort.carry(value.weight()).is_none() => Ok(Effort::enough()),
        Expression::Variable(name) => primitive(value, name.value().as_str()),
        Expression::FuncCall(call) => compound(world, value, call),
        // JSON holds a type as text.
        Expression::String(text) => match hcl_edit::parser::parse_expr(text.value()) {
            Ok(Expression::String(_)) | Err(_) => Ok(value),
            Ok(to) => convert(world, value, &to),
        },
        _ => Ok(value),
    }
}

fn primitive(value: Value, name: &str) -> Evaluated {
    let converted = match name {
        "string" => value.to_text().map(Value::shared),
        "number" => value.to_number().map(Value::number),
        "bool" => value.to_bool().map(Value::bool),
        _ => return Ok(value),
    };
    converted
        .map(|converted| converted.marked(value.marks).named(value.origin.clone()))
        .ok_or_else(|| Fault::new(format!("expected a {name}, got {}", value.sort())))
}

fn compound(world: &World, value: Value, call: &FuncCall) -> Evaluated {
    let Some(inner) = call.args.iter().next() else {
        return Ok(value);
    };
    let marks = value.marks;
    let kind = call.name.name.value().as_str();
    let converted = match (kind, &value.kind) {
        ("list", Kind::Set(_)) if value.is_unordered() => Value::in_some_order([&value]),
        ("list" | "set", Kind::List(items) | Kind::Set(items)) => {
            let items: Result<Vec<Value>, Fault> = items
                .iter()
                .map(|item| convert(world, item.clone(), inner))
                .collect();
            let items = items?;
            if kind == "set" {
                super::set::set(world, items)
            } else {
                Value::list(items)
            }
        }
        ("map", Kind::Map(fields)) => {
            let mut map = BTreeMap::new();
            for (key, field) in fields.iter() {
                map.insert(key.clone(), convert(world, field.clone(), inner)?);
            }
            Value::map(map)
        }
        ("object", Kind::Map(fields)) => match inner {
            Expression::Object(types) => object(world, fields, types)?,
            _ => return Ok(value),
        },
        ("tuple", Kind::List(items)) => match inner {
            Expression::Array(types) if types.len() == items.len() => {
                let items: Result<Vec<Value>, Fault> = items
                    .iter()
                    .zip(types.iter())
                    .map(|(item, to)| convert(world, item.clone(), to))
                    .collect();
                Value::list(items?)
            }
            _ => return Ok(value),
        },
        ("list" | "set" | "map" | "object" | "tuple", _) => {
            return Err(Fault::new(format!("expected a {kind}, got {}", value.sort())));
        }
        _ => return Ok(value),
    };
    Ok(converted.marked(marks))
}

/// An object keeps the attributes of its type; those that are optional have a default, or null.
fn object(world: &World, fields: &BTreeMap<String, Value>, types: &Object) -> Evaluated {
    let mut map = BTreeMap::new();
    for (key, to) in types {
        let key = match key {
            ObjectKey::Ident(name) | ObjectKey::Expression(Expression::Variable(name)) => {
                name.value().to_string()
            }
            ObjectKey::Expression(Expression::String(text)) => text.value().clone(),
            ObjectKey::Expression(_) => continue,
        };
        let (to, presence) = presence(to.expr());
        let given = fields
            .get(&key)
            .filter(|field| !field.is_null() || matches!(presence, Presence::Required));
        let value = match (given, presence) {
            (Some(field), _) => field.clone(),
            (None, Presence::Default(default)) => eval(world, default, Scope::new(0, &Each::One))?,
            (None, Presence::Optional) => Value::null(),
            (None, Presence::Required) => {
                return Err(Fault::new(format!("the attribute `{key}` is missing")));
            }
        };
        map.insert(key, convert(world, value, to)?);
    }
    Ok(Value::map(map))
}

/// Whether an attribute of an object may be left out.
#[derive(Clone, Copy)]
enum Presence<'a> {
    Required,
    /// It is null then.
    Optional,
    /// It is this then.
    Default(&'a Expression),
}

/// The type of an attribute, without the `optional(…)` around it.
fn presence(to: &Expression) -> (&Expression, Presence<'_>) {
    match to {
        Expression::FuncCall(call) if call.name.name.value().as_str() == "optional" => {
            match (call.args.get(0), call.args.get(1)) {
                (Some(inner), Some(default)) => (inner, Presence::Default(default)),
                (Some(inner), None) => (inner, Presence::Optional),
                (None, _) => (to, Presence::Required),
            }
        }
        _ => (to, Presence::Required),
    }
}
