//! States: as `terraform show -json` tells them, and as Terraform keeps them.

use super::configuration::Configuration;
use super::faults::Faults;
use super::item::{Heading, Item, Made, list};
use super::plan::{finish, resource, secret};
use super::stock::Stock;
use crate::domain::posture::Warning;
use crate::lint::regions::Regions;
use crate::lint::terraform::cluster::warn;
use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP};
use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::Value;
use crate::lint::{Lint, Resource, Unreadable};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

const NOTHING: Json = Json::Null;

/// `terraform show -json` of a state; with no `values` it is empty.
pub(super) fn shown(file: &str, root: &Map<String, Json>, regions: Option<&Regions>) -> Lint {
    let mut faults = Faults::default();
    let configuration = Configuration::none(regions);
    let resources = of_values(file, root.get("values"), configuration, Made::Before, &mut faults);
    lint(file, resources, &faults)
}

/// The clusters of `values`, or of a plan's `planned_values`.
pub(super) fn of_values(
    file: &str,
    values: Option<&Json>,
    configuration: Configuration<'_>,
    made: Made,
    faults: &mut Faults,
) -> Vec<Resource> {
    let mut read = Shown {
        listed: &BTreeSet::new(),
        made,
        items: Vec::new(),
        tainted: BTreeSet::new(),
    };
    if let Some(root) = values.and_then(|values| values.get("root_module")) {
        read.module(root, "the root module", faults);
    }
    judged(file, &read.items, &read.tainted, configuration)
}

/// What a plan's `planned_values` hold beside the changes that it lists.
pub(super) fn planned(values: Option<&Json>, listed: &BTreeSet<&str>, faults: &mut Faults) -> Vec<Item> {
    let mut read = Shown {
        listed,
        made: Made::Unclear,
        items: Vec::new(),
        tainted: BTreeSet::new(),
    };
    if let Some(root) = values.and_then(|values| values.get("root_module")) {
        read.module(root, "the root module", faults);
    }
    read.items
}

/// Modules of values, as they are read.
struct Shown<'a> {
    /// Addresses that are told elsewhere.
    listed: &'a BTreeSet<&'a str>,
    made: Made,
    items: Vec<Item>,
    tainted: BTreeSet<String>,
}

impl Shown<'_> {
    /// Recursion goes as deep as the JSON, which its reader bounds.
    fn module(&mut self, module: &Json, place: &str, faults: &mut Faults) {
        let part = |key: &str| module.get(key).and_then(Json::as_array).into_iter().flatten();
        for (at, resource) in part("resources").enumerate() {
            if resource.get("deposed_key").is_some() {
                continue;
            }
            let read = Heading::of(resource, &format!("resource {at} of {place}"));
            let Some(heading) = faults.take(read) else {
                continue;
            };
            let nothing = || Item::of(resource, &heading, Value::null(), Value::null());
            if !self.listed.is_empty() && self.listed.contains(nothing().address.as_str()) {
                continue;
            }
            let values = Value::from_json(resource.get("values").unwrap_or(&NOTHING), &NOTHING, "it");
            let mut item = Item::of(resource, &heading, values, Value::null());
            item.made = self.made;
            item.secret = resource.get("sensitive_values").is_some_and(secret);
            if resource.get("tainted") == Some(&Json::Bool(true)) {
                self.tainted.insert(item.address.clone());
            }
            self.items.push(item);
        }
        for child in part("child_modules") {
            let address = child.get("address").and_then(Json::as_str);
            self.module(child, address.unwrap_or("a child module"), faults);
        }
    }
}

/// A state file of version 4.
pub(super) fn raw(file: &str, root: &Map<String, Json>, regions: Option<&Regions>) -> Lint {
    let mut items = Vec::new();
    let mut tainted = BTreeSet::new();
    let mut faults = Faults::default();
    for (at, resource) in faults.take(list(root, "resources")).iter().enumerate() {
        let text = |key: &str| resource.get(key).and_then(Json::as_str);
        let other = text("mode").is_some_and(|mode| mode != "managed")
            || text("type").is_some_and(|kind| ![CLUSTER, GLOBAL, GROUP].contains(&kind));
        if other {
            continue;
        }
        let instances = resource.get("instances").and_then(Json::as_array);
        let (Some(kind), Some(name), Some(instances)) = (text("type"), text("name"), instances) else {
            faults.add(format!(
                "expected `type`, `name` and a list of `instances` in resources[{at}], got less"
            ));
            continue;
        };
        let module = text("module").unwrap_or_default();
        let dot = if module.is_empty() { "" } else { "." };
        for instance in instances {
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
                made: Made::Before,
                secret: hidden(instance),
            };
            if instance.get("status").and_then(Json::as_str) == Some("tainted") {
                tainted.insert(item.address.clone());
            }
            items.push(item);
        }
    }
    let resources = judged(file, &items, &tainted, Configuration::none(regions));
    lint(file, resources, &faults)
}

fn lint(file: &str, resources: Vec<Resource>, faults: &Faults) -> Lint {
    let unreadable = faults.message().map(|message| Unreadable {
        file: file.to_owned(),
        message,
        place: None,
    });
    Lint {
        resources,
        unreadable: unreadable.into_iter().collect(),
    }
}

/// Whether a state file calls the window sensitive: by the paths of such values.
fn hidden(instance: &Json) -> bool {
    let paths = instance.get("sensitive_attributes").and_then(Json::as_array);
    paths.into_iter().flatten().any(|path| {
        let first = path.as_array().and_then(|steps| steps.first());
        first.is_none_or(|step| step.get("value").and_then(Json::as_str) == Some("backtrack_window"))
    })
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
            finish(&mut judged, item.secret, None);
            resource(file, &item.address, judged)
        })
        .collect()
}
