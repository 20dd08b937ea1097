//! Calls of functions. One that is not here gives a value that is not known.

use super::expression::eval;
use super::scope::{Fault, Scope, blamed};
use super::{Evaluated, collection, format, number, text};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::{Kind, Marks, Value};
use hcl_edit::expr::{Expression, FuncCall};

/// A call.
pub(super) fn call(world: &World, call: &FuncCall, at: Scope<'_>) -> Evaluated {
    let name = call.name.name.value().as_str();
    let core = match call.name.namespace.as_slice() {
        [] => true,
        [one] => one.value().as_str() == "core",
        _ => false,
    };
    if !core {
        let whole: Vec<&str> = call
            .name
            .namespace
            .iter()
            .map(|part| part.value().as_str())
            .collect();
        return Ok(Value::unknown(format!(
            "{}::{name}() is a provider's",
            whole.join("::")
        )));
    }
    match name {
        "try" => return attempt(world, call, at),
        "can" => return can(world, call, at),
        _ => {}
    }
    let arguments = match arguments(world, call, at)? {
        Ok(arguments) => arguments,
        Err(unknown) => return Ok(unknown),
    };
    apply(world, name, &arguments)
}

/// The arguments, the last one spread where `...` says so; the value to blame where that is not known.
fn arguments(world: &World, call: &FuncCall, at: Scope<'_>) -> Result<Result<Vec<Value>, Value>, Fault> {
    let mut values = Vec::with_capacity(call.args.len());
    for argument in &call.args {
        values.push(eval(world, argument, at)?);
    }
    if !call.args.expand_final() {
        return Ok(Ok(values));
    }
    let Some(last) = values.pop() else {
        return Ok(Ok(values));
    };
    match &last.kind {
        Kind::Unknown(_) => Ok(Err(last)),
        Kind::Set(_) if last.is_unordered() => Ok(Err(Value::in_some_order([&last]).marked(last.marks))),
        Kind::List(items) | Kind::Set(items) => {
            if world.effort.carry(last.weight()).is_none() {
                return Ok(Err(Effort::enough()));
            }
            values.extend(items.iter().map(|item| item.clone().marked(last.marks)));
            Ok(Ok(values))
        }
        _ => Err(Fault::new(format!(
            "expected a list before `...`, got {}",
            last.sort()
        ))),
    }
}

/// `try`: the first argument that Terraform would not refuse.
fn attempt(world: &World, call: &FuncCall, at: Scope<'_>) -> Evaluated {
    let mut last = Fault::new("try() without arguments");
    for argument in &call.args {
        match eval(world, argument, at) {
            Ok(value) => return Ok(value),
            Err(fault) => last = fault,
        }
    }
    Err(last)
}

fn can(world: &World, call: &FuncCall, at: Scope<'_>) -> Evaluated {
    let Some(argument): Option<&Expression> = call.args.iter().next() else {
        return Err(Fault::new("can() without an argument"));
    };
    Ok(match eval(world, argument, at) {
        Ok(value) if value.why().is_some() => value,
        Ok(value) => Value::bool(true).marked(value.marks),
        Err(_) => Value::bool(false),
    })
}

/// A function of values. The result is marked with what its arguments are marked with.
fn apply(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    let marks = arguments
        .iter()
        .fold(Marks::default(), |marks, value| marks.with(value.marks));
    let tolerant = matches!(
        name,
        "coalesce"
            | "contains"
            | "length"
            | "element"
            | "lookup"
            | "merge"
            | "concat"
            | "keys"
            | "values"
            | "tolist"
            | "tomap"
            | "one"
            | "reverse"
            | "slice"
            | "flatten"
            | "compact"
            | "sensitive"
            | "nonsensitive"
            | "ephemeralasnull"
    );
    let blamed = if tolerant {
        None
    } else {
        blamed(arguments).or_else(|| arguments.iter().find(|value| value.why().is_some()))
    };
    let handed = handed(name, arguments);
    if let Some(unknown) = blamed.and_then(Value::why) {
        return Ok(match handed {
            Some(value) => value.clone().marked(marks),
            None => Value::made_of(unknown.why.as_str(), arguments).marked(marks),
        });
    }
    if !glances(name, arguments)
        && world
            .effort
            .carry(arguments.iter().map(Value::weight).sum())
            .is_none()
    {
        return Ok(Effort::enough());
    }
    if !orderless(name) && arguments.iter().any(Value::is_unordered) {
        return Ok(Value::in_some_order(arguments).marked(marks));
    }
    let result = number::call(name, arguments)
        .or_else(|| text::call(world, name, arguments))
        .or_else(|| format::call(name, arguments))
        .or_else(|| collection::call(world, name, arguments));
    match result {
        Some(value) => value.map(|value| match handed {
            Some(handed) => value.named(handed.origin.clone()).marked(marks),
            None => value.marked(marks),
        }),
        None => Ok(Value::made_of(format!("{name}() is not evaluated"), arguments).marked(marks)),
    }
}

/// The argument whose text a function hands on as it is, as far as a name or an ARN goes.
fn handed<'a>(name: &str, arguments: &'a [Value]) -> Option<&'a Value> {
    match (name, arguments) {
        ("tostring" | "trimspace" | "chomp" | "lower", [only]) => Some(only),
        ("join", [_, list]) => match list.items().map(|items| &**items) {
            Some([only]) => Some(only),
            _ => None,
        },
        ("format", [pattern, only]) => matches!(pattern.as_text(), Some("%s" | "%v")).then_some(only),
        ("replace", [text, from, to]) => (from.as_text()? == to.as_text()?).then_some(text),
        _ => None,
    }
}

/// Whether a function makes nothing of the order of a set.
fn orderless(name: &str) -> bool {
    matches!(
        name,
        "length"
            | "toset"
            | "contains"
            | "setunion"
            | "setintersection"
            | "setsubtract"
            | "one"
            | "coalesce"
            | "sensitive"
            | "nonsensitive"
            | "ephemeralasnull"
    )
}

/// Whether a function leaves most of its arguments unread, however large they are.
fn glances(name: &str, arguments: &[Value]) -> bool {
    match name {
        "length" => arguments.first().is_none_or(|value| value.as_text().is_none()),
        "element" | "lookup" | "one" | "coalesce" | "coalescelist" | "tomap" | "sensitive"
        | "nonsensitive" => true,
        _ => false,
    }
}

/// An argument, or that it is missing.
pub(super) fn argument<'a>(name: &str, arguments: &'a [Value], at: usize) -> Result<&'a Value, Fault> {
    arguments
        .get(at)
        .ok_or_else(|| Fault::new(format!("{name}() takes more than {} arguments", arguments.len())))
}

/// An argument as text.
pub(super) fn text_of(name: &str, arguments: &[Value], at: usize) -> Result<std::rc::Rc<str>, Fault> {
    let value = argument(name, arguments, at)?;
    value
        .to_text()
        .ok_or_else(|| Fault::new(format!("{name}() expected a text, got {}", value.sort())))
}

/// An argument as a number.
pub(super) fn number_of(name: &str, arguments: &[Value], at: usize) -> Result<Number, Fault> {
    let value = argument(name, arguments, at)?;
    value
        .to_number()
        .ok_or_else(|| Fault::new(format!("{name}() expected a number, got {}", value.sort())))
}

/// An argument as a whole number.
pub(super) fn whole_of(name: &str, arguments: &[Value], at: usize) -> Result<i64, Fault> {
    let number = number_of(name, arguments, at)?;
    number
        .whole()
        .ok_or_else(|| Fault::new(format!("{name}() expected a whole number, got {number}")))
}
