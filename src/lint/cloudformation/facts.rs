//! From a value to a fact about a cluster.

use super::domain::Domain;
use super::numbers::{Numbers, alike};
use super::scope::Scope;
use super::value::{Part, Value};
use crate::domain::posture::{Fact, Window};
use crate::lint::tree::whole;

/// A text that decides: absent where nothing is given.
pub(super) fn text(value: Value<'_>) -> Fact<String> {
    match value {
        Value::Nothing => Fact::Absent,
        Value::Text { text, .. } => Fact::Known(text),
        other @ (Value::Null | Value::List(_) | Value::Map(_) | Value::Partly(_) | Value::Unknown(_)) => {
            Fact::Unknown(why(other))
        }
    }
}

/// A window, and whether it is the very one: else it stands for a range of which AWS says one thing.
pub(super) fn window<'t>(scope: &Scope<'_, 't>, value: Value<'t>) -> (Fact<Window>, bool) {
    let ranged = match &value {
        Value::Partly(parts) => ranged(scope, parts),
        Value::Text { .. }
        | Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Nothing
        | Value::Unknown(_) => None,
    };
    match ranged {
        Some(seconds) => (Fact::Known(Window::Seconds(seconds)), false),
        None => (written(value), true),
    }
}

fn written(value: Value<'_>) -> Fact<Window> {
    match value {
        Value::Nothing => Fact::Absent,
        Value::Text { text, plain } => seconds(&text, plain),
        Value::Null => Fact::Known(Window::Text("null".to_owned())),
        Value::List(_) => Fact::Known(Window::Text("a list".to_owned())),
        Value::Map(_) => Fact::Known(Window::Text("a map".to_owned())),
        other @ (Value::Partly(_) | Value::Unknown(_)) => Fact::Unknown(why(other)),
    }
}

/// A window out of a parameter that is a range of numbers. Where AWS does not say one thing of it all, it is parted.
fn ranged(scope: &Scope<'_, '_>, parts: &[Part]) -> Option<i64> {
    let (before, name, after) = match parts {
        [Part::Named { name, .. }] => ("", name, ""),
        [Part::Text(before), Part::Named { name, .. }] => (before.as_str(), name, ""),
        [Part::Named { name, .. }, Part::Text(after)] => ("", name, after.as_str()),
        [Part::Text(before), Part::Named { name, .. }, Part::Text(after)] => {
            (before.as_str(), name, after.as_str())
        }
        _ => return None,
    };
    let Domain::Numbers(numbers) = scope.domain(name) else {
        return None;
    };
    if !before.is_empty() || !after.is_empty() {
        // Digits around a number: of two that differ the greater one stays the greater.
        let (least, most) = numbers.written(before, after)?;
        return alike(least, most).then_some(least);
    }
    let mut windows: Vec<(String, Numbers)> = numbers.windows();
    if let [(_, only)] = windows.as_slice() {
        return only.first();
    }
    let answers = windows
        .drain(..)
        .map(|(told, part)| (told, Domain::Numbers(part)));
    scope.part(name, answers.collect());
    None
}

fn seconds(text: &str, plain: bool) -> Fact<Window> {
    match (whole(text, plain), whole(text, false)) {
        (Some(seconds), digits) if digits == Some(seconds) => return Fact::Known(Window::Seconds(seconds)),
        (Some(seconds), _) => {
            return Fact::Unknown(format!(
                "`{text}` is {seconds} in YAML 1.1 alone, and how CloudFormation takes it is not documented: write {seconds}"
            ));
        }
        (None, _) => {}
    }
    let fraction = text.parse::<f64>().ok().filter(|number| number.is_finite());
    if plain && fraction.is_some_and(|number| number.fract() == 0.0 && number.abs() < 1e9) {
        return Fact::Unknown(format!(
            "`{text}` is a whole number written as a fraction, and whether AWS takes it is not documented: write it in digits"
        ));
    }
    Fact::Known(Window::Text(text.to_owned()))
}

/// Whether something is given that is not empty.
pub(super) fn given(value: Value<'_>) -> Fact<bool> {
    match value {
        Value::Nothing | Value::Null => Fact::Absent,
        Value::Text { text, .. } => Fact::Known(!text.is_empty()),
        Value::Partly(parts) if parts.iter().any(Part::filled) => Fact::Known(true),
        Value::Map(_) => Fact::Known(true),
        Value::List(items) => Fact::Known(!items.is_empty()),
        other @ (Value::Partly(_) | Value::Unknown(_)) => Fact::Unknown(why(other)),
    }
}

fn why(value: Value<'_>) -> String {
    value.into_text().err().unwrap_or_default()
}
