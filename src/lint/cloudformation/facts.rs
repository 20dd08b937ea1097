//! From a value to a fact about a cluster.

use super::value::Value;
use crate::domain::posture::{Fact, Window};
use crate::lint::tree::whole;

/// A text that decides: absent where nothing is given.
pub(super) fn text(value: Value<'_>) -> Fact<String> {
    match value {
        Value::Nothing => Fact::Absent,
        Value::Text { text, .. } => Fact::Known(text),
        other @ (Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Resource(_)
        | Value::Given(_)
        | Value::Unknown(_)) => Fact::Unknown(why(other)),
    }
}

/// A window.
pub(super) fn window(value: Value<'_>) -> Fact<Window> {
    match value {
        Value::Nothing => Fact::Absent,
        Value::Text { text, plain } => seconds(&text, plain),
        Value::Null => Fact::Known(Window::Text("null".to_owned())),
        Value::List(_) => Fact::Known(Window::Text("a list".to_owned())),
        Value::Map(_) => Fact::Known(Window::Text("a map".to_owned())),
        other @ (Value::Resource(_) | Value::Given(_) | Value::Unknown(_)) => Fact::Unknown(why(other)),
    }
}

fn seconds(text: &str, plain: bool) -> Fact<Window> {
    if let Some(seconds) = whole(text, plain) {
        return Fact::Known(Window::Seconds(seconds));
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
        Value::Resource(_) | Value::Given(_) | Value::Map(_) => Fact::Known(true),
        Value::List(items) => Fact::Known(!items.is_empty()),
        Value::Unknown(why) => Fact::Unknown(why),
    }
}

fn why(value: Value<'_>) -> String {
    value.into_text().err().unwrap_or_default()
}
