//! One resource of a plan or a state.

use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP};
use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::Value;
use serde_json::{Map, Value as Json};

/// Whether a cluster is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    Before,
    /// By what is planned.
    Now,
    /// It is not told.
    Unclear,
}

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
    pub(super) made: Made,
    /// Its window is not to be told.
    pub(super) secret: bool,
}

/// What names a resource.
pub(super) struct Heading<'a> {
    address: &'a str,
    kind: &'a str,
    name: &'a str,
}

impl<'a> Heading<'a> {
    /// The heading of a managed resource that is looked at; none of any other. The fault where something is missing.
    pub(super) fn of(json: &'a Json, place: &str) -> Result<Option<Self>, String> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let other = text("mode").is_some_and(|mode| mode != "managed")
            || text("type").is_some_and(|kind| ![CLUSTER, GLOBAL, GROUP].contains(&kind));
        if other {
            return Ok(None);
        }
        let needed = |key: &str| text(key).ok_or_else(|| format!("expected `{key}` in {place}, got none"));
        Ok(Some(Self {
            address: needed("address")?,
            kind: needed("type")?,
            name: needed("name")?,
        }))
    }
}

impl Item {
    /// A resource, as plans and shown states have it; its values are found by the caller.
    pub(super) fn of(json: &Json, heading: &Heading<'_>, values: Value, before: Value) -> Self {
        let Heading { address, kind, name } = *heading;
        // Format 0.1 has no module in a state's resources; the address has it.
        let module = json
            .get("module_address")
            .and_then(Json::as_str)
            .map_or_else(|| module_of(address, kind, name).to_owned(), ToOwned::to_owned);
        Self {
            address: with_index(address, kind, name, json.get("index")),
            module,
            kind: kind.to_owned(),
            name: name.to_owned(),
            values,
            before,
            made: Made::Unclear,
            secret: false,
        }
    }

    /// What identifies it to others, before or after.
    pub(super) fn arns(&self) -> impl Iterator<Item = String> {
        let arns =
            [&self.values, &self.before].map(|values| values.at("arn").as_text().map(ToOwned::to_owned));
        arns.into_iter().flatten()
    }

    /// Its index, as it stands in its address.
    pub(super) fn key(&self) -> &str {
        let resource = format!("{}.{}", self.kind, self.name);
        let rest = self.address.get(self.module.len()..).unwrap_or_default();
        rest.trim_start_matches('.')
            .strip_prefix(&resource)
            .unwrap_or_default()
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

/// A list under a key; empty where there is none, a fault where there is something else.
pub(super) fn list<'a>(root: &'a Map<String, Json>, key: &str) -> Result<&'a [Json], String> {
    match root.get(key) {
        None | Some(Json::Null) => Ok(&[]),
        Some(Json::Array(items)) => Ok(items),
        Some(_) => Err(format!("expected a list in `{key}`, got something else")),
    }
}
