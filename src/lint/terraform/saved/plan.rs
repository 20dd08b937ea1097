//! `terraform show -json PLAN`.

use super::change::{Action, judge};
use super::configuration::Configuration;
use super::item::{CLUSTER, Item, list};
use super::state;
use super::stock::Stock;
use crate::domain::posture::Verdict;
use crate::lint::terraform::cluster::bare;
use crate::lint::terraform::value::Value;
use crate::lint::{Cause, Judgement, Language, Lint, Resource, Unreadable};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// The clusters of a plan, as they will be.
pub(super) fn read(file: &str, plan: &Map<String, Json>, region: Option<&str>) -> Lint {
    let mut lint = Lint::default();
    if plan.get("errored") == Some(&Json::Bool(true)) {
        lint.unreadable.push(Unreadable {
            file: file.to_owned(),
            message: "the plan ended in an error: what it holds is not all that is declared".to_owned(),
            place: None,
        });
    }
    if !plan.contains_key("resource_changes") {
        let values = plan
            .get("planned_values")
            .or_else(|| plan.get("prior_state").and_then(|state| state.get("values")));
        lint.resources.extend(state::of_values(
            file,
            values,
            Configuration::of_plan(plan, region),
        ));
        return lint;
    }
    let changes = list(plan, "resource_changes");
    // An object that an earlier apply left over has the address of the one that took its place.
    let current: Vec<(Item, &Json)> = changes
        .iter()
        .filter(|change| change.get("deposed").is_none())
        .filter_map(|change| item(change).zip(change.get("change")))
        .collect();
    // What is destroyed has no say in what is left.
    let items: Vec<Item> = current
        .iter()
        .filter(|(_, change)| Action::of(change) != Action::Destroyed)
        .map(|(item, _)| item.clone())
        .collect();
    let stock = Stock::new(&items, Configuration::of_plan(plan, region));
    let drift: BTreeMap<String, (Item, &Json)> = list(plan, "resource_drift")
        .iter()
        .filter(|change| change.get("deposed").is_none())
        .filter_map(|change| item(change).zip(change.get("change")))
        .map(|(item, change)| (item.address.clone(), (item, change)))
        .collect();
    for (item, change) in current.iter().filter(|(item, _)| item.kind == CLUSTER) {
        let mut judged = judge(&stock, item, change);
        finish(
            &mut judged,
            drift.get(&item.address).map(|(drifted, _)| drifted),
            change,
        );
        lint.resources.push(resource(file, &item.address, judged));
    }
    let planned: BTreeSet<&str> = current.iter().map(|(item, _)| item.address.as_str()).collect();
    unplanned(file, (plan, region), &planned, &drift, &mut lint);
    lint
}

/// Clusters that the plan puts off, or that only drifted.
fn unplanned(
    file: &str,
    (plan, region): (&Map<String, Json>, Option<&str>),
    planned: &BTreeSet<&str>,
    drift: &BTreeMap<String, (Item, &Json)>,
    lint: &mut Lint,
) {
    for deferred in list(plan, "deferred_changes") {
        let Some(item) = deferred.get("resource_change").and_then(item) else {
            continue;
        };
        if item.kind == CLUSTER {
            let why = deferred
                .get("reason")
                .and_then(Json::as_str)
                .unwrap_or("no reason given");
            let judged = bare(Verdict::Unknown, format!("the plan puts it off ({why})"));
            lint.resources.push(resource(file, &item.address, judged));
        }
    }
    let drifted: Vec<&(Item, &Json)> = drift
        .values()
        .filter(|(item, _)| item.kind == CLUSTER && !planned.contains(item.address.as_str()))
        .collect();
    let found: Vec<Item> = drifted.iter().map(|(item, _)| item.clone()).collect();
    let stock = Stock::new(&found, Configuration::of_plan(plan, region));
    for (item, change) in drifted {
        let mut judged = if Action::of(change) == Action::Destroyed {
            bare(
                Verdict::NotApplicable,
                "it was destroyed by other means than Terraform",
            )
        } else {
            stock.cluster(item).judge()
        };
        finish(&mut judged, Some(item), change);
        lint.resources.push(resource(file, &item.address, judged));
    }
}

/// A managed resource and its values to be; those that it had where it is destroyed or let go.
fn item(json: &Json) -> Option<Item> {
    const NOTHING: Json = Json::Null;
    let change = json.get("change")?;
    let part = |key: &str| change.get(key).unwrap_or(&NOTHING);
    let before = Value::from_json(part("before"), &NOTHING, "it");
    let after = match Action::of(change) {
        Action::Destroyed | Action::Forgotten => before.clone(),
        _ => Value::from_json(part("after"), part("after_unknown"), "it"),
    };
    Item::of(json, after, before)
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

/// Whether the plan calls the window sensitive.
pub(super) fn is_secret(change: &Json) -> bool {
    let sensitive = |key: &str| match change.get(key) {
        Some(Json::Bool(all)) => *all,
        Some(each) => each.get("backtrack_window") == Some(&Json::Bool(true)),
        None => false,
    };
    sensitive("after_sensitive") || sensitive("before_sensitive")
}

/// Says what others did to the window, where it may be told; keeps it out of what is told where it may not.
fn finish(judged: &mut Judgement, drifted: Option<&Item>, change: &Json) {
    if is_secret(change) {
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
