//! `condition ? this : that`.

use super::Evaluated;
use super::expression::eval;
use super::operate::equal;
use super::scope::{Fault, Scope};
use crate::lint::terraform::code::World;
use crate::lint::terraform::value::{Kind, Marks, Unknown, Value};
use hcl_edit::expr::Conditional;
use std::rc::Rc;

/// More outcomes than these are not told one by one.
const OUTCOMES: usize = 8;

pub(super) fn conditional(world: &World, choice: &Conditional, at: Scope<'_>) -> Evaluated {
    let condition = eval(world, &choice.cond_expr, at)?;
    if let Some(unknown) = condition.why() {
        return either(world, choice, at, unknown, condition.marks);
    }
    let Some(holds) = condition.to_bool() else {
        return Err(Fault::new(format!(
            "expected a condition, got {}",
            condition.sort()
        )));
    };
    let chosen = if holds {
        &choice.true_expr
    } else {
        &choice.false_expr
    };
    // What a variable's default chose is so only as long as nobody sets the variable.
    let marks = Marks {
        conditional: condition.marks.parameterised || condition.marks.conditional,
        ..condition.marks
    };
    eval(world, chosen, at).map(|value| value.marked(marks))
}

/// The condition is not known: what both sides agree on is, and otherwise the outcomes.
fn either(world: &World, choice: &Conditional, at: Scope<'_>, unknown: &Unknown, marks: Marks) -> Evaluated {
    let marks = Marks {
        conditional: true,
        ..marks
    };
    let (this, that) = (
        eval(world, &choice.true_expr, at)?,
        eval(world, &choice.false_expr, at)?,
    );
    let marks = marks.with(this.marks).with(that.marks);
    if equal(world, &this, &that) == Some(true) {
        return Ok(this.marked(marks));
    }
    let mut options = Vec::new();
    for value in [&this, &that] {
        match value.why() {
            None => options.push(value.clone()),
            Some(inner) if !inner.options.is_empty() => options.extend(inner.options.iter().cloned()),
            Some(_) => {
                options.clear();
                break;
            }
        }
    }
    if options.len() > OUTCOMES || options.len() < 2 {
        options.clear();
    }
    Ok(Value::from(Kind::Unknown(Rc::new(Unknown {
        why: unknown.why.clone(),
        of: None,
        options,
    })))
    .marked(marks))
}
