//! `condition ? this : that`.

use super::Evaluated;
use super::expression::eval;
use super::operate::equal;
use super::scope::{Fault, Scope};
use crate::lint::terraform::code::World;
use crate::lint::terraform::fact::outcomes;
use crate::lint::terraform::value::{Kind, Marks, Unknown, Value};
use hcl_edit::expr::Conditional;
use std::rc::Rc;

/// More outcomes than these are not told one by one.
const OUTCOMES: usize = 8;

pub(super) fn conditional(world: &World, choice: &Conditional, at: Scope<'_>) -> Evaluated {
    let condition = eval(world, &choice.cond_expr, at)?;
    if let Some(unknown) = condition.why() {
        return Ok(either(world, choice, at, unknown, condition.marks));
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
fn either(world: &World, choice: &Conditional, at: Scope<'_>, unknown: &Unknown, marks: Marks) -> Value {
    let marks = Marks {
        conditional: true,
        ..marks
    };
    // Terraform says nothing of a fault in a side before it takes it.
    let side = |side| eval(world, side, at).unwrap_or_else(|fault| Value::unknown(fault.to_string()));
    let (this, that) = (side(&choice.true_expr), side(&choice.false_expr));
    let marks = marks.with(this.marks).with(that.marks);
    let (this, that) = alike(this, that);
    if equal(world, &this, &that) == Some(true) {
        return this.marked(marks);
    }
    let options: Vec<Value> = outcomes(&this).iter().chain(outcomes(&that)).cloned().collect();
    if options.len() > OUTCOMES {
        return Value::made_of(unknown.why.as_str(), [&this, &that]).marked(marks);
    }
    Value::from(Kind::Unknown(Rc::new(Unknown {
        why: unknown.why.clone(),
        options,
        ..Unknown::default()
    })))
    .marked(marks)
}

/// Both sides are of one type: beside a text, a number or a bool is a text too.
fn alike(this: Value, that: Value) -> (Value, Value) {
    let text = |value: Value, other: &Value| match (&value.kind, &other.kind) {
        (Kind::Number(_) | Kind::Bool(_), Kind::Text(_)) => match value.to_text() {
            Some(text) => Value::shared(text).marked(value.marks),
            None => value,
        },
        _ => value,
    };
    let this = text(this, &that);
    let that = text(that, &this);
    (this, that)
}
