//! One resource of a plan or a state.

use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::Value;
use serde_json::{Map, Value as Json};

/// The type that is judged.
pub(super) const CLUSTER: &str = "aws_rds_cluster";

/// A resource with the values that it has, or will have.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// With module path and index.
    pub(super) address: String,
    /// Of its module, with indexes; empty for the root.
    pub(super) module: String,
    /// The type.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) values: Value,
    /// Its values before the change, if it was there.
    pub(super) before: Value,
}

impl Item {
    /// A managed resource, as plans and shown states have it; its values are found by the caller.
    pub(super) fn of(json: &Json, values: Value, before: Value) -> Option<Self> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        if text("mode").is_some_and(|mode| mode != "managed") {
            return None;
        }
        let address = text("address")?;
        let kind = text("type")?;
        let name = text("name")?;
        // Format 0.1 has no module in a state's resources; the address has it.
        let module = text("module_address")
            .map_or_else(|| module_of(address, kind, name).to_owned(), ToOwned::to_owned);
        Some(Self {
            address: with_index(address, kind, name, json.get("index")),
            module,
            kind: kind.to_owned(),
            name: name.to_owned(),
            values,
            before,
        })
    }

    /// What identifies it to others, before or after.
    pub(super) fn arns(&self) -> impl Iterator<Item = String> {
        let arns =
            [&self.values, &self.before].map(|values| values.at("arn").as_text().map(ToOwned::to_owned));
        arns.into_iter().flatten()
    }
}

/// Terraform 0.12 showed addresses without their index.
fn with_index(address: &str, kind: &str, name: &str, index: Option<&Json>) -> String {
    let key = Key::of(index);
    if key != Key::None && address.ends_with(&format!("{kind}.{name}")) {
        return format!("{address}{key}");
    }
    address.to_owned()
}

/// The module's part of an address.
fn module_of<'a>(address: &'a str, kind: &str, name: &str) -> &'a str {
    let resource = format!("{kind}.{name}");
    match address.rfind(&resource) {
        Some(at) => address[..at].trim_end_matches('.'),
        None => "",
    }
}

/// A list under a key; empty where there is none.
pub(super) fn list<'a>(root: &'a Map<String, Json>, key: &str) -> &'a [Json] {
    root.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}
