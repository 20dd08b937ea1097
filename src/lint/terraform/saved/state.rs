//! States: as `terraform show -json` tells them, and as Terraform keeps them.

use super::configuration::Configuration;
use super::item::{CLUSTER, Item, list};
use super::plan::resource;
use super::stock::Stock;
use crate::domain::posture::Warning;
use crate::lint::terraform::cluster::warn;
use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::Value;
use crate::lint::{Lint, Resource};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

const NOTHING: Json = Json::Null;

/// `terraform show -json` of a state; with no `values` it is empty.
pub(super) fn shown(file: &str, root: &Map<String, Json>, region: Option<&str>) -> Lint {
    Lint {
        resources: of_values(file, root.get("values"), Configuration::none(region)),
        unreadable: Vec::new(),
    }
}

/// The clusters of `values`, or of a plan's `planned_values`.
pub(super) fn of_values(
    file: &str,
    values: Option<&Json>,
    configuration: Configuration<'_>,
) -> Vec<Resource> {
    let mut items = Vec::new();
    let mut tainted = BTreeSet::new();
    if let Some(root) = values.and_then(|values| values.get("root_module")) {
        collect(root, &mut items, &mut tainted);
    }
    judged(file, &items, &tainted, configuration)
}

/// Recursion goes as deep as the JSON, which its reader bounds.
fn collect(module: &Json, items: &mut Vec<Item>, tainted: &mut BTreeSet<String>) {
    let part = |key: &str| module.get(key).and_then(Json::as_array).into_iter().flatten();
    for resource in part("resources").filter(|resource| resource.get("deposed_key").is_none()) {
        let values = Value::from_json(resource.get("values").unwrap_or(&NOTHING), &NOTHING, "it");
        if let Some(item) = Item::of(resource, values, Value::null()) {
            if resource.get("tainted") == Some(&Json::Bool(true)) {
                tainted.insert(item.address.clone());
            }
            items.push(item);
        }
    }
    for child in part("child_modules") {
        collect(child, items, tainted);
    }
}

/// A state file of version 4.
pub(super) fn raw(file: &str, root: &Map<String, Json>, region: Option<&str>) -> Lint {
    let mut items = Vec::new();
    let mut tainted = BTreeSet::new();
    for resource in list(root, "resources") {
        let text = |key: &str| resource.get(key).and_then(Json::as_str);
        let (Some("managed"), Some(kind), Some(name)) = (text("mode"), text("type"), text("name")) else {
            continue;
        };
        let module = text("module").unwrap_or_default();
        let dot = if module.is_empty() { "" } else { "." };
        let instances = resource.get("instances").and_then(Json::as_array);
        for instance in instances.into_iter().flatten() {
            if instance.get("deposed").is_some() {
                continue;
            }
            let key = Key::of(instance.get("index_key"));
            let item = Item {
                address: format!("{module}{dot}{kind}.{name}{key}"),
                module: module.to_owned(),
                kind: kind.to_owned(),
                name: name.to_owned(),
                values: attributes(instance),
                before: Value::null(),
            };
            if instance.get("status").and_then(Json::as_str) == Some("tainted") {
                tainted.insert(item.address.clone());
            }
            items.push(item);
        }
    }
    Lint {
        resources: judged(file, &items, &tainted, Configuration::none(region)),
        unreadable: Vec::new(),
    }
}

/// An instance's attributes; a state that an old Terraform left has them as flat texts.
fn attributes(instance: &Json) -> Value {
    if let Some(attributes) = instance.get("attributes") {
        return Value::from_json(attributes, &NOTHING, "it");
    }
    let flat = instance.get("attributes_flat").and_then(Json::as_object);
    let mut fields: BTreeMap<String, Value> = flat
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), Value::text(value.as_str()?))))
        .collect();
    for (list, field) in [("restore_to_point_in_time", "restore_type")] {
        if let Some(value) = fields.get(&format!("{list}.0.{field}")).cloned() {
            let item = Value::map(BTreeMap::from([(field.to_owned(), value)]));
            fields.insert(list.to_owned(), Value::list(vec![item]));
        }
    }
    Value::map(fields)
}

fn judged(
    file: &str,
    items: &[Item],
    tainted: &BTreeSet<String>,
    configuration: Configuration<'_>,
) -> Vec<Resource> {
    let stock = Stock::new(items, configuration);
    items
        .iter()
        .filter(|item| item.kind == CLUSTER)
        .map(|item| {
            let mut judged = stock.cluster(item).judge();
            if tainted.contains(&item.address) {
                warn(&mut judged, Warning::ReplacesCluster);
                judged.reason = format!(
                    "it is tainted, so the next apply makes another: {}",
                    judged.reason
                );
            }
            resource(file, &item.address, judged)
        })
        .collect()
}
