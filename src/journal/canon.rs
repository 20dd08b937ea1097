//! The canonical form of RFC 8785, in which records are hashed and written. It knows JSON, no records.

use serde_json::{Map, Value};
use std::io;

/// Appends the canonical form of `object` to `out`.
///
/// serde_json's compact text is that form already where no key leaves ASCII: its maps sort by UTF-8 bytes,
/// where RFC 8785 sorts by UTF-16 units, and both agree on strings and on the whole numbers that a payload
/// may hold. That way is several times faster, which reading long journals needs; a property below holds the
/// two together. Everything else goes through the full canonicaliser.
pub(super) fn append(object: &Map<String, Value>, out: &mut Vec<u8>) -> io::Result<()> {
    if keys_are_ascii(object) {
        serde_json::to_writer(out, object)?;
    } else {
        serde_json_canonicalizer::to_writer(object, out)?;
    }
    Ok(())
}

fn keys_are_ascii(object: &Map<String, Value>) -> bool {
    object
        .iter()
        .all(|(key, value)| key.is_ascii() && inner_keys_are_ascii(value))
}

fn inner_keys_are_ascii(value: &Value) -> bool {
    match value {
        Value::Object(inner) => keys_are_ascii(inner),
        Value::Array(items) => items.iter().all(inner_keys_are_ascii),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::payloads::any_data;
    use proptest::prelude::*;

    fn canonical(object: &Map<String, Value>) -> String {
        let mut out = Vec::new();
        append(object, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Fails if a dependency turns on serde_json's `preserve_order`, on which the fast way cannot build.
    #[test]
    fn keys_come_out_sorted() {
        let object = serde_json::from_str(r#"{"b":1,"a":{"d":[],"c":"\u00e9\/\u001F"}, "B":null}"#).unwrap();
        assert_eq!(
            canonical(&object),
            "{\"B\":null,\"a\":{\"c\":\"é/\\u001f\",\"d\":[]},\"b\":1}"
        );
    }

    /// RFC 8785, section 3.2.3: U+1F600 is the surrogate pair D83D DE00 and comes before U+FB33.
    #[test]
    fn keys_outside_the_basic_plane_sort_by_utf_16() {
        let object = serde_json::from_str("{\"\u{fb33}\":1,\"\u{1f600}\":2}").unwrap();
        assert_eq!(canonical(&object), "{\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }

    proptest! {
        #[test]
        fn the_fast_way_and_the_full_way_agree(data in any_data()) {
            prop_assert_eq!(canonical(&data).into_bytes(), serde_json_canonicalizer::to_vec(&data).unwrap());
        }
    }
}
