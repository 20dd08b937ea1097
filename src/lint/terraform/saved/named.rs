//! Which of the resources of a plan or a state a value names.

use super::address::{fits, without_indexes};
use super::item::Item;
use super::references::{Found, Target};
use super::stock::Stock;
use crate::lint::terraform::fact::{identifier, region_of};
use crate::lint::terraform::value::{Kind, Value};
use serde_json::Value as Json;

/// The resources of one type that a value names: one of them for certain where they are closed.
pub(super) struct Named<'a> {
    pub(super) list: Vec<&'a Item>,
    pub(super) closed: bool,
    /// Others that no reference tells of.
    pub(super) loose: bool,
}

/// An expression of a plan's configuration, if one is written, and the block that it stands in.
pub(super) type Written<'a> = (&'a Json, Option<&'a Json>);

impl<'a> Stock<'a> {
    /// The expression of an attribute, with the block that it is of; none in a state.
    pub(super) fn expression(&self, item: &Item, attribute: &str) -> Option<Written<'a>> {
        let block = self.configuration.resource(item)?;
        let expression = block.get("expressions").and_then(|all| all.get(attribute));
        Some((block, expression))
    }

    /// What a value names that stands in `item`.
    pub(super) fn named(
        &self,
        kind: &str,
        item: &Item,
        value: &Value,
        expression: Option<Written<'a>>,
    ) -> Named<'a> {
        let found = match expression {
            Some((block, Some(expression))) => {
                self.references
                    .of(&self.configuration, &item.module, block, expression)
            }
            // Nothing is written: what the provider makes of that names nothing here.
            Some((_, None)) => Found::default(),
            None => Found {
                loose: value.why().is_some(),
                ..Found::default()
            },
        };
        match &value.kind {
            Kind::Text(text) if !text.is_empty() => self.by_text(kind, item, text, &found),
            Kind::Unknown(_) => {
                let targets = found.targets.iter().filter(|target| target.kind == kind);
                let list: Vec<&Item> = targets.flat_map(|target| self.items(target)).collect();
                let list = nearest(list, item);
                Named {
                    closed: found.only().is_some() && list.len() == 1,
                    list,
                    loose: found.loose,
                }
            }
            _ => Named {
                list: Vec::new(),
                closed: false,
                loose: false,
            },
        }
    }

    /// By an identifier or an ARN: in the same Region, and among several that the references speak of those.
    fn by_text(&self, kind: &str, item: &Item, text: &str, found: &Found) -> Named<'a> {
        let all = identifier(kind, text)
            .and_then(|name| self.by_name.get(&(kind, name)))
            .map_or(&[][..], Vec::as_slice);
        let there = match region_of(text) {
            Some(region) => Some(region.to_owned()),
            None => self.region(item).as_text().map(ToOwned::to_owned),
        };
        let elsewhere = |other: &Item| {
            let region = self.region(other);
            there
                .as_deref()
                .zip(region.as_text())
                .is_some_and(|(there, region)| there != region)
        };
        let mut list: Vec<&Item> = all.iter().copied().filter(|other| !elsewhere(other)).collect();
        if region_of(text).is_some() {
            let own = |other: &&Item| other.arns().any(|arn| arn == text);
            let told = list.iter().any(own);
            // One that has another ARN is not meant.
            list.retain(|other| own(other) || (!told && other.arns().next().is_none()));
        }
        if let Some(target) = found.only().filter(|target| target.kind == kind) {
            let told: Vec<&Item> = self.items(target);
            if list
                .iter()
                .any(|one| told.iter().any(|other| one.address == other.address))
            {
                list.retain(|one| told.iter().any(|other| one.address == other.address));
                let list = nearest(list, item);
                return Named {
                    closed: true,
                    list,
                    loose: false,
                };
            }
        }
        let list = nearest(list, item);
        let same = |other: &&Item| {
            region_of(text).is_some()
                || self.configuration.provider_key(other) == self.configuration.provider_key(item)
                || (there.is_some() && there.as_deref() == self.region(other).as_text())
        };
        Named {
            closed: !list.is_empty() && list.iter().all(same),
            list,
            loose: false,
        }
    }

    /// The resources that a reference can mean.
    fn items(&self, target: &Target) -> Vec<&'a Item> {
        let key = (without_indexes(&target.module), &*target.kind, &*target.name);
        let all = self.declared.get(&key).map_or(&[][..], Vec::as_slice);
        all.iter()
            .copied()
            .filter(|item| fits(&target.module, &item.module))
            .filter(|item| target.key.is_empty() || target.key == item.key())
            .collect()
    }
}

/// Those in the same instance of a module, where some are: names that are the same are so in several Regions or accounts,
/// and a module is called once for each.
fn nearest<'a>(list: Vec<&'a Item>, item: &Item) -> Vec<&'a Item> {
    let here = |other: &&&Item| other.module == item.module;
    if list.iter().any(|other| here(&other)) {
        return list.into_iter().filter(|other| here(&other)).collect();
    }
    list
}
