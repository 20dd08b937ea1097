//! Names: variables, locals, modules, resources.

use super::Evaluated;
use super::expression::eval;
use super::scope::{Each, Fault, Scope};
use crate::lint::terraform::code::World;
use crate::lint::terraform::fact::{CLUSTER, GROUP};
use crate::lint::terraform::value::{Kind, Reference, Unknown, Value, told};
use hcl_edit::expr::{Expression, TraversalOperator};
use std::rc::Rc;

/// The value that a path begins with, and how many of the following operators it took.
pub(super) fn root(
    world: &World,
    name: &str,
    operators: &[&TraversalOperator],
    at: Scope<'_>,
) -> Result<(Value, usize), Fault> {
    if let Some(value) = at.bound(name) {
        return Ok((value.clone(), 0));
    }
    let next = operators.first().and_then(|operator| named(operator));
    let Some(next) = next else {
        return Ok((
            Value::unknown(format!("`{name}` is not a name that is known here")),
            operators.len(),
        ));
    };
    let value = match name {
        "var" => world.variable(at.instance, &next)?,
        "local" => world.local(at.instance, &next)?,
        "module" => world.module(at.instance, &next),
        "each" => each(at.each, &next),
        "count" => match at.each {
            Each::Index(index) => Value::number(*index),
            Each::One | Each::Entry(..) | Each::Some(_) | Each::Nothing(_) => {
                Value::unknown("count.index is not known here")
            }
        },
        "data" | "ephemeral" => {
            let path: Vec<String> = operators.iter().map_while(|operator| named(operator)).collect();
            let what = if name == "data" {
                "a data source, read in the plan"
            } else {
                "ephemeral"
            };
            let unknown = Value::unknown(format!("{name}.{} is {what}", path.join(".")));
            return Ok((unknown, operators.len()));
        }
        "path" | "self" | "terraform" => Value::unknown(format!("{name}.{next} is known only to Terraform")),
        "resource" => {
            let (kind, second) = (next, operators.get(1).and_then(|operator| named(operator)));
            return Ok(match second {
                Some(second) => (world.resource(at.instance, &kind, &second), 2),
                None => (
                    Value::unknown(format!("resource.{kind} is no resource")),
                    operators.len(),
                ),
            });
        }
        kind => world.resource(at.instance, kind, &next),
    };
    Ok((value, 1))
}

/// The name that an operator follows.
fn named(operator: &TraversalOperator) -> Option<String> {
    match operator {
        TraversalOperator::GetAttr(name) => Some(name.value().to_string()),
        TraversalOperator::Index(Expression::String(name)) => Some(name.value().clone()),
        TraversalOperator::Index(_)
        | TraversalOperator::LegacyIndex(_)
        | TraversalOperator::AttrSplat(_)
        | TraversalOperator::FullSplat(_) => None,
    }
}

fn each(each: &Each, next: &str) -> Value {
    match (each, next) {
        (Each::Entry(key, _), "key") => Value::text(key),
        (Each::Entry(_, value), "value") => value.clone(),
        (Each::Some(why), _) => Value::unknown(why.clone()),
        _ => Value::unknown(format!("each.{next} is not known here")),
    }
}

/// An attribute of a resource: what its block says of it, or what only the apply will tell.
pub(super) fn of_resource(world: &World, of: &Rc<Reference>, name: &str) -> Evaluated {
    let own = identifies(&of.kind, name).then(|| Rc::clone(of));
    let after = || {
        let address = world.address(of);
        Value::from(Kind::Unknown(Rc::new(Unknown {
            why: told(format!("{address}.{name} is known only after the apply")),
            of: Some(Rc::clone(of)),
            ..Unknown::default()
        })))
        .named(own.clone())
    };
    let Some((module, at)) = world.block(of) else {
        return Ok(after());
    };
    let block = &module.resources[at];
    // The id of either is the name that it is given.
    let written = match (of.kind.as_str(), name) {
        (CLUSTER, "id") => "cluster_identifier",
        (GROUP, "id") => "name",
        _ => name,
    };
    let Some(attribute) = block.attributes.get(written) else {
        return Ok(after());
    };
    let sum = world.sum(of.module, block);
    let Some(each) = sum.find(&of.key) else {
        return Ok(after());
    };
    let value = eval(world, &attribute.value, Scope::new(of.module, each))?;
    Ok(match own {
        Some(_) if value.is_null() => after(),
        Some(_) => value.named(own),
        None => value,
    })
}

/// Whether an attribute says which resource it is of, among all of its kind.
fn identifies(kind: &str, name: &str) -> bool {
    match kind {
        CLUSTER => matches!(name, "id" | "arn" | "cluster_identifier" | "cluster_resource_id"),
        GROUP => matches!(name, "id" | "arn" | "name"),
        _ => false,
    }
}

/// An output of an instance of a module.
pub(super) fn output(world: &World, instance: usize, name: &str) -> Evaluated {
    world.output(instance, name)
}
