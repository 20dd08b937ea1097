//! Values out of JSON: of plans, of states, of what `jsondecode` is given.

use super::number::Number;
use super::value::Value;
use serde_json::Value as Json;
use std::collections::BTreeMap;

impl Value {
    /// A value out of JSON, where `unknown` has `true` for what is decided in the apply; `name` is said for it.
    pub(super) fn from_json(json: &Json, unknown: &Json, name: &str) -> Self {
        if *unknown == Json::Bool(true) {
            return Self::unknown(format!("{name} is known only after the apply"));
        }
        match json {
            Json::Null => match unknown {
                Json::Object(fields) if !fields.is_empty() => Self::object(&serde_json::Map::new(), unknown),
                _ => Self::null(),
            },
            Json::Bool(value) => Self::bool(*value),
            Json::Number(value) => match Number::written(value) {
                Some(number) => Self::number(number),
                None => Self::unknown("it is a number that is too large or too small"),
            },
            Json::String(text) => Self::text(text),
            Json::Array(items) => Self::list(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        Self::from_json(item, unknown.get(index).unwrap_or(&Json::Null), name)
                    })
                    .collect(),
            ),
            Json::Object(fields) => Self::object(fields, unknown),
        }
    }

    /// The attributes of a resource out of JSON.
    fn object(fields: &serde_json::Map<String, Json>, unknown: &Json) -> Self {
        let mut map: BTreeMap<String, Self> = fields
            .iter()
            .map(|(key, value)| {
                let unknown = unknown.get(key).unwrap_or(&Json::Null);
                (key.clone(), Self::from_json(value, unknown, key))
            })
            .collect();
        // What is wholly unknown is absent from the values.
        for (key, unknown) in unknown.as_object().into_iter().flatten() {
            map.entry(key.clone())
                .or_insert_with(|| Self::from_json(&Json::Null, unknown, key));
        }
        Self::map(map)
    }
}
