//! `range`.

use super::Evaluated;
use super::function::number_of;
use super::scope::Fault;
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::number::Number;
use crate::lint::terraform::value::Value;
use std::cmp::Ordering;

/// Terraform's own bound of `range`.
const LONGEST: usize = 1024;
/// Bytes that each takes.
const ELEMENT: usize = 32;

/// The numbers from one to another; as many as Terraform gives, and no more.
pub(super) fn range(world: &World, name: &str, arguments: &[Value]) -> Evaluated {
    if world.effort.carry(ELEMENT * LONGEST).is_none() {
        return Ok(Effort::enough());
    }
    let number = |at| number_of(name, arguments, at);
    let one = Number::from(1_i64);
    let zero = Number::from(0_i64);
    let (start, end, step) = match arguments.len() {
        1 => (zero.clone(), number(0)?, one),
        2 => (number(0)?, number(1)?, one),
        _ => (number(0)?, number(1)?, number(2)?),
    };
    let step = if arguments.len() < 3 && end.against(&start) == Ordering::Less {
        step.negative()
    } else {
        step
    };
    let goes = step.against(&zero);
    let many = || Fault::new(format!("range() gives more than {LONGEST} numbers"));
    if goes == Ordering::Equal {
        return Err(many());
    }
    let order = end.against(&start);
    if order != Ordering::Equal && order != goes {
        return Err(Fault::new("range() goes away from its end"));
    }
    let mut numbers = Vec::new();
    let mut next = start;
    // It has not passed the end as long as the end lies where the steps go.
    while end.against(&next) == goes {
        if numbers.len() == LONGEST {
            return Err(many());
        }
        numbers.push(Value::number(next.clone()));
        match next.plus(&step) {
            Some(after) => next = after,
            None => return Ok(Value::unknown("range() of such numbers is not evaluated")),
        }
    }
    Ok(Value::list(numbers))
}
