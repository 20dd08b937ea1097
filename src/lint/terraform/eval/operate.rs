//! Operators.

use super::Evaluated;
use super::expression::eval;
use super::scope::{Fault, Scope};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::{Kind, Value};
use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};
use std::cmp::Ordering;

/// Of numbers that are not reckoned with.
pub(super) const TOO_LARGE: &str = "it is a number that is too large or too small";

pub(super) fn unary(world: &World, operation: &UnaryOp, at: Scope<'_>) -> Evaluated {
    let value = eval(world, &operation.expr, at)?;
    if let Some(unknown) = value.why() {
        return Ok(Value::unknown(unknown.why.clone()).marked(value.marks));
    }
    let result = match operation.operator.value() {
        UnaryOperator::Neg => value.to_number().map(|number| Value::number(number.negative())),
        UnaryOperator::Not => value.to_bool().map(|holds| Value::bool(!holds)),
    };
    result.map(|result| result.marked(value.marks)).ok_or_else(|| {
        Fault::new(format!(
            "`{}` does not go with {}",
            operation.operator.value(),
            value.sort()
        ))
    })
}

pub(super) fn binary(world: &World, operation: &BinaryOp, at: Scope<'_>) -> Evaluated {
    let operator = *operation.operator.value();
    let left = eval(world, &operation.lhs_expr, at)?;
    if matches!(operator, BinaryOperator::And | BinaryOperator::Or) {
        return logical(world, operation, operator == BinaryOperator::Or, &left, at);
    }
    let right = eval(world, &operation.rhs_expr, at)?;
    let marks = left.marks.with(right.marks);
    if matches!(operator, BinaryOperator::Eq | BinaryOperator::NotEq) {
        let value = match equal(world, &left, &right) {
            Some(same) => Value::bool(same == (operator == BinaryOperator::Eq)),
            None => not_known(&left, &right),
        };
        return Ok(value.marked(marks));
    }
    if left.why().is_some() || right.why().is_some() {
        return Ok(not_known(&left, &right).marked(marks));
    }
    if world.effort.carry(left.weight() + right.weight()).is_none() {
        return Ok(Effort::enough());
    }
    let (Some(a), Some(b)) = (left.to_number(), right.to_number()) else {
        let beyond = |value: &Value| value.as_text().is_some_and(|text| Number::read(text).is_some());
        if [&left, &right]
            .into_iter()
            .all(|value| value.to_number().is_some() || beyond(value))
        {
            return Ok(Value::unknown(TOO_LARGE).marked(marks));
        }
        return Err(Fault::new(format!(
            "`{operator}` does not go with {} and {}",
            left.sort(),
            right.sort()
        )));
    };
    arithmetic(operator, &a, &b).map(|value| value.marked(marks))
}

fn arithmetic(operator: BinaryOperator, a: &Number, b: &Number) -> Evaluated {
    let order = a.against(b);
    let number = match operator {
        BinaryOperator::Less => return Ok(Value::bool(order == Ordering::Less)),
        BinaryOperator::LessEq => return Ok(Value::bool(order != Ordering::Greater)),
        BinaryOperator::Greater => return Ok(Value::bool(order == Ordering::Greater)),
        BinaryOperator::GreaterEq => return Ok(Value::bool(order != Ordering::Less)),
        BinaryOperator::Plus => a.plus(b),
        BinaryOperator::Minus => a.minus(b),
        BinaryOperator::Mul => a.times(b),
        BinaryOperator::Div if a.is_zero() && b.is_zero() => return Err(Fault::new("it divides 0 by 0")),
        BinaryOperator::Div => a.over(b),
        BinaryOperator::Mod => a.rest(b),
        BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::And | BinaryOperator::Or => {
            return Err(Fault::new(format!("`{operator}` is no arithmetic")));
        }
    };
    Ok(match number {
        Some(number) => Value::number(number),
        None if b.is_zero() => Value::unknown(format!(
            "`{operator}` divides by 0, and gives a number without end"
        )),
        None => Value::unknown(TOO_LARGE),
    })
}

/// `&&` and `||`: one side can decide alone.
fn logical(world: &World, operation: &BinaryOp, or: bool, left: &Value, at: Scope<'_>) -> Evaluated {
    if left.to_bool() == Some(or) {
        return Ok(Value::bool(or).marked(left.marks));
    }
    let right = eval(world, &operation.rhs_expr, at)?;
    if right.to_bool() == Some(or) {
        return Ok(Value::bool(or).marked(right.marks));
    }
    let marks = left.marks.with(right.marks);
    if left.why().is_some() || right.why().is_some() {
        return Ok(not_known(left, &right).marked(marks));
    }
    match (left.to_bool(), right.to_bool()) {
        (Some(_), Some(_)) => Ok(Value::bool(!or).marked(marks)),
        _ => Err(Fault::new(format!(
            "expected conditions, got {} and {}",
            left.sort(),
            right.sort()
        ))),
    }
}

/// A value that is not known because one of two is not.
fn not_known(left: &Value, right: &Value) -> Value {
    let why = left.why().or(right.why()).map_or("", |unknown| &unknown.why);
    Value::unknown(why)
}

/// Whether two values are the same; none where that is not known.
///
/// A number and a text are never the same, whatever they say; a list and a tuple are both lists here.
pub(super) fn equal(world: &World, left: &Value, right: &Value) -> Option<bool> {
    // Collections that share their parts can be far larger than what was written.
    world.effort.spend()?;
    match (&left.kind, &right.kind) {
        // What a resource will be given is not null.
        (Kind::Unknown(unknown), Kind::Null) | (Kind::Null, Kind::Unknown(unknown))
            if unknown.of.is_some() =>
        {
            Some(false)
        }
        (Kind::Unknown(_), _) | (_, Kind::Unknown(_)) => None,
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
        (Kind::Number(a), Kind::Number(b)) => Some(a.against(b) == Ordering::Equal),
        (Kind::Text(a), Kind::Text(b)) => {
            world.effort.carry(a.len().min(b.len()))?;
            Some(a == b)
        }
        (Kind::List(a), Kind::List(b)) | (Kind::Set(a), Kind::Set(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            if left.is_unordered() {
                let within = |a| any(b.iter().map(|b| equal(world, a, b)));
                return all(a.iter().map(within));
            }
            all(a.iter().zip(b.iter()).map(|(a, b)| equal(world, a, b)))
        }
        (Kind::Map(a), Kind::Map(b)) => {
            if a.len() != b.len() || !a.keys().eq(b.keys()) {
                return Some(false);
            }
            all(a.values().zip(b.values()).map(|(a, b)| equal(world, a, b)))
        }
        (Kind::Resource(a), Kind::Resource(b)) => Some(a == b),
        (Kind::Module(a), Kind::Module(b)) => Some(a == b),
        _ => Some(false),
    }
}

/// True where one holds, false where none does, none where that is not known.
fn any(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(each.map(|holds| holds.map(|holds| !holds))).map(|none| !none)
}

/// True where all hold, false where one does not, none where that is not known.
fn all(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for holds in each {
        match holds {
            Some(true) => {}
            Some(false) => return Some(false),
            None => known = false,
        }
    }
    known.then_some(true)
}
