//! `terraform show -json PLAN`.

use super::change::{Action, judge};
use super::configuration::Configuration;
use super::faults::Faults;
use super::item::{Heading, Item, Made, list};
use super::state;
use super::stock::Stock;
use crate::domain::posture::Verdict;
use crate::lint::regions::Regions;
use crate::lint::terraform::cluster::bare;
use crate::lint::terraform::fact::CLUSTER;
use crate::lint::terraform::value::Value;
use crate::lint::{Cause, Judgement, Language, Lint, Resource, Unreadable};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// The clusters of a plan, as they will be.
pub(super) fn read(file: &str, plan: &Map<String, Json>, regions: Option<&Regions>) -> Lint {
    let mut lint = Lint::default();
    let mut unreadable = |message: String| {
        lint.unreadable.push(Unreadable {
            file: file.to_owned(),
            message,
            place: None,
        });
    };
    if plan.get("errored") == Some(&Json::Bool(true)) {
        unreadable("the plan ended in an error: what it holds is not all that is declared".to_owned());
    }
    let mut faults = Faults::default();
    if !plan.contains_key("resource_changes") {
        let values = plan
            .get("planned_values")
            .or_else(|| plan.get("prior_state").and_then(|state| state.get("values")));
        let configuration = Configuration::of_plan(plan, regions);
        let found = state::of_values(file, values, configuration, Made::Unclear, &mut faults);
        if let Some(message) = faults.message() {
            unreadable(message);
        }
        lint.resources = found;
        return lint;
    }
    let current = changes(plan, "resource_changes", &mut faults);
    let drift: BTreeMap<String, (Item, &Json)> = changes(plan, "resource_drift", &mut faults)
        .into_iter()
        .map(|(item, change)| (item.address.clone(), (item, change)))
        .collect();
    let deferred = deferred(plan, &mut faults);
    // What is destroyed has no say in what is left.
    let mut items: Vec<Item> = current
        .iter()
        .filter(|(_, change)| Action::of(change) != Action::Destroyed)
        .map(|(item, _)| item.clone())
        .collect();
    let listed: BTreeSet<&str> = current
        .iter()
        .map(|(item, _)| &*item.address)
        .chain(deferred.iter().map(|(item, _)| &*item.address))
        .chain(drift.keys().map(String::as_str))
        .collect();
    let unlisted = state::planned(plan.get("planned_values"), &listed, &mut faults);
    items.extend(unlisted.iter().cloned());
    if let Some(message) = faults.message() {
        unreadable(message);
    }
    let stock = Stock::new(&items, Configuration::of_plan(plan, regions));
    for (item, change) in current.iter().filter(|(item, _)| item.kind == CLUSTER) {
        let mut judged = judge(&stock, item, change);
        finish(
            &mut judged,
            item.secret,
            drift.get(&item.address).map(|(drifted, _)| drifted),
        );
        lint.resources.push(resource(file, &item.address, judged));
    }
    for item in unlisted.iter().filter(|item| item.kind == CLUSTER) {
        let mut judged = stock.cluster(item).judge();
        judged.reason = format!("no change of it is listed; as it is planned: {}", judged.reason);
        finish(&mut judged, item.secret, None);
        lint.resources.push(resource(file, &item.address, judged));
    }
    for (item, why) in deferred.iter().filter(|(item, _)| item.kind == CLUSTER) {
        let judged = bare(Verdict::Unknown, format!("the plan puts it off ({why})"));
        lint.resources.push(resource(file, &item.address, judged));
    }
    let planned: BTreeSet<&str> = current.iter().map(|(item, _)| &*item.address).collect();
    drifted(file, (plan, regions), &planned, &drift, &mut lint);
    lint
}

/// The changes in a list. An object that an earlier apply left over has the address of the one that took its place, and
/// is left out.
fn changes<'a>(plan: &'a Map<String, Json>, key: &str, faults: &mut Faults) -> Vec<(Item, &'a Json)> {
    let mut found = Vec::new();
    for (at, change) in faults.take(list(plan, key)).iter().enumerate() {
        if change.get("deposed").is_none() {
            found.extend(faults.take(item(change, &format!("{key}[{at}]"))));
        }
    }
    found
}

/// What the plan puts off, and why.
fn deferred<'a>(plan: &'a Map<String, Json>, faults: &mut Faults) -> Vec<(Item, &'a str)> {
    let key = "deferred_changes";
    let mut found = Vec::new();
    for (at, deferred) in faults.take(list(plan, key)).iter().enumerate() {
        let Some(change) = deferred.get("resource_change") else {
            faults.add(format!("expected `resource_change` in {key}[{at}], got none"));
            continue;
        };
        let why = deferred.get("reason").and_then(Json::as_str);
        let item = faults.take(item(change, &format!("{key}[{at}].resource_change")));
        found.extend(item.map(|(item, _)| (item, why.unwrap_or("no reason given"))));
    }
    found
}

/// Clusters that only drifted.
fn drifted(
    file: &str,
    (plan, regions): (&Map<String, Json>, Option<&Regions>),
    planned: &BTreeSet<&str>,
    drift: &BTreeMap<String, (Item, &Json)>,
    lint: &mut Lint,
) {
    let drifted: Vec<&(Item, &Json)> = drift
        .values()
        .filter(|(item, _)| item.kind == CLUSTER && !planned.contains(item.address.as_str()))
        .collect();
    let found: Vec<Item> = drifted.iter().map(|(item, _)| item.clone()).collect();
    let stock = Stock::new(&found, Configuration::of_plan(plan, regions));
    for (item, change) in drifted {
        let mut judged = if Action::of(change) == Action::Destroyed {
            bare(
                Verdict::NotApplicable,
                "it was destroyed by other means than Terraform",
            )
        } else {
            stock.cluster(item).judge()
        };
        finish(&mut judged, item.secret, Some(item));
        lint.resources.push(resource(file, &item.address, judged));
    }
}

/// A managed resource that is looked at, with its change: its values to be, or those that it had where it is destroyed or
/// let go.
fn item<'a>(json: &'a Json, place: &str) -> Result<Option<(Item, &'a Json)>, String> {
    const NOTHING: Json = Json::Null;
    let Some(heading) = Heading::of(json, place)? else {
        return Ok(None);
    };
    let change = json
        .get("change")
        .ok_or_else(|| format!("expected `change` in {place}, got none"))?;
    let part = |key: &str| change.get(key).unwrap_or(&NOTHING);
    let before = Value::from_json(part("before"), &NOTHING, "it");
    let action = Action::of(change);
    let after = match action {
        Action::Destroyed | Action::Forgotten => before.clone(),
        _ => Value::from_json(part("after"), part("after_unknown"), "it"),
    };
    let mut item = Item::of(json, &heading, after, before);
    item.made = if action == Action::Replaced || item.before.is_null() {
        Made::Now
    } else {
        Made::Before
    };
    item.secret = secret(part("after_sensitive")) || secret(part("before_sensitive"));
    Ok(Some((item, change)))
}

/// Says what others did to its window.
fn note_drift(judged: &mut Judgement, drifted: &Item) {
    let window = |values: &Value| {
        let window = values.at("backtrack_window");
        window
            .to_text()
            .map_or_else(|| "none".to_owned(), |text| text.to_string())
    };
    let (was, is) = (window(&drifted.before), window(&drifted.values));
    if was != is {
        judged.reason = format!(
            "{}; its window was changed by other means than Terraform, from {was} to {is}",
            judged.reason
        );
    }
}

/// Whether the window is called sensitive, by what tells so of each value.
pub(super) fn secret(sensitive: &Json) -> bool {
    match sensitive {
        Json::Bool(all) => *all,
        each => each.get("backtrack_window") == Some(&Json::Bool(true)),
    }
}

/// Says what others did to the window, where it may be told; keeps it out of what is told where it may not.
pub(super) fn finish(judged: &mut Judgement, hidden: bool, drifted: Option<&Item>) {
    if hidden || drifted.is_some_and(|item| item.secret) {
        // Only what AWS refuses is quoted.
        if judged.verdict == Verdict::Invalid && !judged.is_of(Cause::Begun) {
            "AWS refuses the window, whose value is sensitive".clone_into(&mut judged.reason);
        }
        judged.window_s = None;
    } else if let Some(drifted) = drifted {
        note_drift(judged, drifted);
    }
}

pub(super) fn resource(file: &str, address: &str, judgement: Judgement) -> Resource {
    Resource {
        file: file.to_owned(),
        address: address.to_owned(),
        language: Language::Plan,
        place: None,
        judgement,
        suppressions: Vec::new(),
    }
}
