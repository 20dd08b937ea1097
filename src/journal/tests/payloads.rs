//! Payloads and journals for tests.

use crate::journal::{Payload, RESERVED};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Any data that a record may hold.
pub(in crate::journal) fn any_data() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any_text(), any_value()), 0..6).prop_map(|pairs| {
        pairs
            .into_iter()
            .filter(|(key, _)| !RESERVED.contains(&key.as_str()))
            .collect()
    })
}

/// Any payload.
pub(in crate::journal) fn any_payload() -> impl Strategy<Value = Payload> {
    ("[a-z0-9_.-]{1,64}", any_data()).prop_map(|(kind, data)| Payload::new(kind, data).unwrap())
}

fn any_value() -> impl Strategy<Value = Value> {
    let whole = -9_007_199_254_740_991_i64..=9_007_199_254_740_991;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        whole.prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any_text(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Plain words, and texts of any characters: controls, quotes, beyond the basic plane.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_]{0,8}",
        prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
        prop::collection::vec(prop::char::range('\0', '\u{a0}'), 0..6).prop_map(String::from_iter),
        prop::collection::vec(
            prop_oneof![
                prop::char::range('\u{e000}', '\u{ffff}'),
                prop::char::range('\u{10000}', '\u{10ffff}')
            ],
            0..4
        )
        .prop_map(String::from_iter),
    ]
}
