//! One expression, by its form.

use super::scope::{Fault, Scope};
use super::{Evaluated, reference};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::{Kind, Value};
use hcl_edit::expr::{Expression, Object, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::{Decorated, Formatted};
use std::collections::BTreeMap;

/// The value of an expression.
pub(in crate::lint::terraform) fn eval(world: &World, expression: &Expression, at: Scope<'_>) -> Evaluated {
    let Some(_deeper) = world.effort.deeper() else {
        return Ok(Effort::enough());
    };
    match expression {
        Expression::Null(_) => Ok(Value::null()),
        Expression::Bool(value) => Ok(Value::bool(*value.value())),
        Expression::Number(number) => Ok(self::number(number)),
        Expression::String(text) => Ok(match world.effort.carry(text.value().len()) {
            Some(()) => Value::text(text.value()),
            None => Effort::enough(),
        }),
        Expression::Array(array) => {
            let items: Result<Vec<Value>, Fault> = array.iter().map(|item| eval(world, item, at)).collect();
            items.map(Value::list)
        }
        Expression::Object(fields) => object(world, fields, at),
        Expression::StringTemplate(template) => super::template::quoted(world, template, at),
        Expression::HeredocTemplate(heredoc) => super::template::text(world, &heredoc.template, at),
        Expression::Parenthesis(inner) => eval(world, inner.inner(), at),
        Expression::Variable(name) => {
            reference::root(world, name.value().as_str(), &[], at).map(|(value, _)| value)
        }
        Expression::Conditional(choice) => super::choice::conditional(world, choice, at),
        Expression::FuncCall(call) => super::function::call(world, call, at),
        Expression::Traversal(traversal) => self::traversal(world, traversal, at),
        Expression::UnaryOp(operation) => super::operate::unary(world, operation, at),
        Expression::BinaryOp(operation) => super::operate::binary(world, operation, at),
        Expression::ForExpr(iteration) => super::iterate::expression(world, iteration, at),
    }
}

/// A literal, as it is written where that is kept: its value is rounded.
fn number(literal: &Formatted<hcl_edit::Number>) -> Value {
    let written: Option<String> = literal.as_repr().map(|text| text.split_whitespace().collect());
    let number = literal.value();
    let exact = written
        .and_then(|text| Number::parse(&text))
        .or_else(|| Number::written(number));
    exact.map_or_else(|| Value::unknown(super::operate::TOO_LARGE), Value::number)
}

fn object(world: &World, fields: &Object, at: Scope<'_>) -> Evaluated {
    let mut map = BTreeMap::new();
    for (key, value) in fields {
        let key = match key {
            // A name alone is a text; only in parentheses is it looked up.
            ObjectKey::Ident(name) | ObjectKey::Expression(Expression::Variable(name)) => {
                name.value().to_string()
            }
            ObjectKey::Expression(expression) => {
                let key = eval(world, expression, at)?;
                if key.why().is_some() {
                    return Ok(key);
                }
                if world.effort.carry(key.weight()).is_none() {
                    return Ok(Effort::enough());
                }
                match key.to_text() {
                    Some(text) => text.to_string(),
                    None => {
                        return Err(Fault::new(format!(
                            "expected a text for a key, got {}",
                            key.sort()
                        )));
                    }
                }
            }
        };
        if world.effort.carry(64 + key.len()).is_none() {
            return Ok(Effort::enough());
        }
        map.insert(key, eval(world, value.expr(), at)?);
    }
    Ok(Value::map(map))
}

fn traversal(world: &World, traversal: &Traversal, at: Scope<'_>) -> Evaluated {
    let operators: Vec<&TraversalOperator> = traversal.operators.iter().map(Decorated::value).collect();
    match &traversal.expr {
        Expression::Variable(name) => {
            let (value, taken) = reference::root(world, name.value().as_str(), &operators, at)?;
            walk(world, value, &operators[taken..], at)
        }
        other => walk(world, eval(world, other, at)?, &operators, at),
    }
}

/// Follows `.name`, `[index]` and `[*]`.
fn walk(world: &World, mut value: Value, operators: &[&TraversalOperator], at: Scope<'_>) -> Evaluated {
    for (done, operator) in operators.iter().enumerate() {
        if value.why().is_some() {
            return Ok(value);
        }
        match operator {
            TraversalOperator::GetAttr(name) => value = attribute(world, &value, name.value().as_str())?,
            TraversalOperator::LegacyIndex(index) => {
                let index = usize::try_from(*index.value()).unwrap_or(usize::MAX);
                let index = Value::number(index);
                value = self::index(world, &value, &index)?;
            }
            TraversalOperator::Index(expression) => {
                let index = eval(world, expression, at)?;
                value = self::index(world, &value, &index)?;
            }
            TraversalOperator::AttrSplat(_) => {
                // `.*` takes names alone with it: an index after it is one of the resulting list.
                let rest = &operators[done + 1..];
                let names = rest
                    .iter()
                    .take_while(|each| matches!(each, TraversalOperator::GetAttr(_)))
                    .count();
                let list = splat(world, &value, &rest[..names], at)?;
                return walk(world, list, &rest[names..], at);
            }
            TraversalOperator::FullSplat(_) => return splat(world, &value, &operators[done + 1..], at),
        }
    }
    Ok(value)
}

/// Each element of a list followed further; one that is no list is a list of one, null is an empty one.
fn splat(world: &World, value: &Value, operators: &[&TraversalOperator], at: Scope<'_>) -> Evaluated {
    if world.effort.carry(value.weight()).is_none() {
        return Ok(Effort::enough());
    }
    let items = match &value.kind {
        Kind::Null => Vec::new(),
        Kind::Set(_) if value.is_unordered() => {
            return Ok(Value::in_some_order([value]).marked(value.marks));
        }
        Kind::List(items) | Kind::Set(items) => items.to_vec(),
        Kind::Unknown(_) => return Ok(value.clone()),
        _ => vec![value.clone()],
    };
    let followed: Result<Vec<Value>, Fault> = items
        .into_iter()
        .map(|item| walk(world, item, operators, at))
        .collect();
    followed.map(|items| Value::list(items).marked(value.marks))
}

/// `.name` of a value.
pub(super) fn attribute(world: &World, value: &Value, name: &str) -> Evaluated {
    match &value.kind {
        Kind::Map(map) => match map.get(name) {
            Some(found) => Ok(found.clone().marked(value.marks)),
            None => Err(Fault::new(format!("there is no `{name}` in it"))),
        },
        Kind::Resource(of) => reference::of_resource(world, of, name).map(|found| found.marked(value.marks)),
        Kind::Module(instance) => {
            reference::output(world, *instance, name).map(|found| found.marked(value.marks))
        }
        Kind::Unknown(_) => Ok(value.clone()),
        _ => Err(Fault::new(format!(
            "expected something with `{name}`, got {}",
            value.sort()
        ))),
    }
}

/// `[index]` of a value.
pub(super) fn index(world: &World, value: &Value, index: &Value) -> Evaluated {
    if value.why().is_some() {
        return Ok(value.clone());
    }
    if let Some(unknown) = index.why() {
        return Ok(Value::made_of(unknown.why.as_str(), [value, index]));
    }
    let marks = value.marks.with(index.marks);
    match &value.kind {
        Kind::List(items) => {
            let number = index.to_number().and_then(|number| number.whole());
            number
                .and_then(|number| usize::try_from(number).ok())
                .and_then(|number| items.get(number))
                .map(|item| item.clone().marked(marks))
                .ok_or_else(|| Fault::new(format!("the index is not within its {} elements", items.len())))
        }
        Kind::Map(_) | Kind::Resource(_) | Kind::Module(_) => match index.to_text() {
            Some(key) => attribute(world, value, &key).map(|found| found.marked(marks)),
            None => Err(Fault::new(format!("expected a key, got {}", index.sort()))),
        },
        _ => Err(Fault::new(format!(
            "expected something with elements, got {}",
            value.sort()
        ))),
    }
}
