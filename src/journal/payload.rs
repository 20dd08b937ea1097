//! What a caller puts into a record: a type and data. It checks form alone and knows no meaning.

use serde_json::{Map, Number, Value};

/// Names that every record uses itself; data may not.
pub const RESERVED: [&str; 6] = ["v", "seq", "at", "prev", "hash", "type"];

/// Whole numbers up to 2^53 − 1 mean the same to every JSON reader (RFC 8785 writes numbers as doubles).
const GREATEST: u64 = (1 << 53) - 1;

/// Levels of objects and arrays that data may nest. Readers stop at 128; a record must stay readable.
const DEEPEST: usize = 64;

/// A type and its data, fit to become a record: every rule of [`PayloadError`] has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    kind: String,
    data: Map<String, Value>,
}

/// Why data cannot become a record. Each is a mistake of the program, not of the disk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// The value is not an object.
    #[error("expected an object, got {0}")]
    NotAnObject(&'static str),
    /// The object has no `type`, or not a text.
    #[error("expected a text as `type`, got {0}")]
    NoType(&'static str),
    /// The type is empty, over 64 bytes, or has other characters than `a-z 0-9 _ - .`.
    #[error("expected a type of 1 to 64 characters of a-z 0-9 _ - ., got {0:?}")]
    Type(String),
    /// A key of the data is one of [`RESERVED`].
    #[error("`{0}` is a name of the record itself and cannot be a key of its data")]
    Reserved(String),
    /// A fraction, or a number that not every reader holds exactly.
    #[error("`{key}`: expected a whole number within ±9007199254740991, got {number}")]
    Number {
        /// The data's key under which the number stands, at any depth.
        key: String,
        /// The number as JSON.
        number: Number,
    },
    /// Objects and arrays within each other beyond the limit.
    #[error("`{0}`: expected at most {DEEPEST} levels within each other, got more")]
    Depth(String),
}

impl Payload {
    /// Joins a type and its data.
    pub fn new(kind: impl Into<String>, data: Map<String, Value>) -> Result<Self, PayloadError> {
        let kind = kind.into();
        let fits = (1..=64).contains(&kind.len())
            && kind
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.'));
        if !fits {
            return Err(PayloadError::Type(kind));
        }
        for (key, value) in &data {
            if RESERVED.contains(&key.as_str()) {
                return Err(PayloadError::Reserved(key.clone()));
            }
            check(key, value, DEEPEST)?;
        }
        Ok(Self { kind, data })
    }

    /// Takes apart an object that holds its `type` among its keys, as serde writes a tagged enum.
    pub fn tagged(value: Value) -> Result<Self, PayloadError> {
        let mut data = match value {
            Value::Object(data) => data,
            other
            @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                return Err(PayloadError::NotAnObject(name(&other)));
            }
        };
        match data.remove("type") {
            Some(Value::String(kind)) => Self::new(kind, data),
            Some(other) => Err(PayloadError::NoType(name(&other))),
            None => Err(PayloadError::NoType("nothing")),
        }
    }

    /// The type.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The data beside the type.
    pub fn data(&self) -> &Map<String, Value> {
        &self.data
    }

    /// The object with `type` among its keys: what [`Payload::tagged`] takes apart.
    pub fn to_tagged(&self) -> Value {
        let mut object = self.data.clone();
        object.insert("type".to_owned(), Value::String(self.kind.clone()));
        Value::Object(object)
    }
}

fn check(key: &str, value: &Value, levels: usize) -> Result<(), PayloadError> {
    let below = || {
        levels
            .checked_sub(1)
            .ok_or_else(|| PayloadError::Depth(key.to_owned()))
    };
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => {
            let whole = number
                .as_i64()
                .is_some_and(|number| number.unsigned_abs() <= GREATEST);
            let refused = || PayloadError::Number {
                key: key.to_owned(),
                number: number.clone(),
            };
            whole.then_some(()).ok_or_else(refused)
        }
        Value::Array(items) => {
            let below = below()?;
            items.iter().try_for_each(|item| check(key, item, below))
        }
        Value::Object(inner) => {
            let below = below()?;
            inner.values().try_for_each(|item| check(key, item, below))
        }
    }
}

/// What a value is, for a message.
pub(super) fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(value: Value) -> String {
        Payload::tagged(value).unwrap_err().to_string()
    }

    #[test]
    fn a_tagged_object_comes_apart_and_together() {
        let value =
            json!({"type": "run_begun", "cluster": "orders", "minutes": [17, -3], "more": {"seq": 1}});
        let payload = Payload::tagged(value.clone()).unwrap();
        assert_eq!(payload.kind(), "run_begun");
        assert_eq!(payload.data().get("type"), None);
        assert_eq!(payload.to_tagged(), value);
    }

    #[test]
    fn every_reserved_name_is_refused() {
        for key in RESERVED {
            let data = Map::from_iter([(key.to_owned(), json!(1))]);
            assert_eq!(
                Payload::new("a", data),
                Err(PayloadError::Reserved(key.to_owned()))
            );
        }
    }

    #[test]
    fn numbers_that_readers_may_round_are_refused() {
        for number in [
            json!(1.5),
            json!(1.0),
            json!(-0.0),
            json!(1_u64 << 53),
            json!(-(1_i64 << 53)),
            json!(u64::MAX),
        ] {
            let value = json!({"type": "a", "n": {"deep": [number]}});
            assert!(
                refusal(value).starts_with("`n`: expected a whole number"),
                "{number}"
            );
        }
        assert!(Payload::tagged(json!({"type": "a", "n": GREATEST, "m": -GREATEST.cast_signed()})).is_ok());
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |levels| (0..levels).fold(json!(null), |inner, _| json!([inner]));
        assert!(Payload::tagged(json!({"type": "a", "n": nested(DEEPEST)})).is_ok());
        assert_eq!(
            refusal(json!({"type": "a", "n": nested(DEEPEST + 1)})),
            "`n`: expected at most 64 levels within each other, got more"
        );
    }

    #[test]
    fn a_payload_without_a_proper_type_is_refused() {
        assert_eq!(refusal(json!([])), "expected an object, got a list");
        assert_eq!(refusal(json!({})), "expected a text as `type`, got nothing");
        assert_eq!(
            refusal(json!({"type": 1})),
            "expected a text as `type`, got a number"
        );
        for kind in [
            String::new(),
            "a b".into(),
            "A".into(),
            "é".into(),
            "a".repeat(65),
        ] {
            assert_eq!(
                Payload::new(kind.as_str(), Map::new()),
                Err(PayloadError::Type(kind))
            );
        }
    }
}
