//! Everything that a plan or a state holds, so that what one resource says of another is found.

use super::address::without_indexes;
use super::configuration::Configuration;
use super::item::Item;
use super::named::Named;
use super::references::References;
use crate::domain::posture::Fact;
use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP, identifier};
use std::collections::{BTreeMap, BTreeSet};

/// All resources, and what is asked of them often.
pub(super) struct Stock<'a> {
    pub(super) configuration: Configuration<'a>,
    pub(super) references: References,
    /// By type and the identifier that AWS knows.
    pub(super) by_name: BTreeMap<(&'a str, String), Vec<&'a Item>>,
    /// By module without indexes, type and name.
    pub(super) declared: BTreeMap<(String, &'a str, &'a str), Vec<&'a Item>>,
    /// ARNs of clusters that a global cluster has for members.
    pub(super) members: BTreeSet<String>,
    /// Clusters by address that a global cluster is made from, and why perhaps not.
    pub(super) made_from: BTreeMap<&'a str, Option<String>>,
    /// Clusters by address that another one replicates from, and why perhaps not.
    pub(super) replicated: BTreeMap<&'a str, Option<String>>,
    /// Why a global cluster may be made from any cluster whose ARN is not known yet.
    pub(super) any: Option<String>,
}

impl<'a> Stock<'a> {
    pub(super) fn new(items: &'a [Item], configuration: Configuration<'a>) -> Self {
        let mut stock = Self {
            configuration,
            references: References::default(),
            by_name: BTreeMap::new(),
            declared: BTreeMap::new(),
            members: BTreeSet::new(),
            made_from: BTreeMap::new(),
            replicated: BTreeMap::new(),
            any: None,
        };
        for item in items {
            let name = match item.kind.as_str() {
                GROUP => item.values.at("name"),
                CLUSTER => item.values.at("cluster_identifier"),
                _ => continue,
            };
            let name = name.as_text().and_then(|name| identifier(&item.kind, name));
            if let Some(name) = name {
                stock.by_name.entry((&*item.kind, name)).or_default().push(item);
            }
            let key = (without_indexes(&item.module), &*item.kind, &*item.name);
            stock.declared.entry(key).or_default().push(item);
        }
        for item in items {
            match item.kind.as_str() {
                GLOBAL => stock.global(item),
                CLUSTER => stock.replica(item),
                _ => {}
            }
        }
        stock
    }

    /// Notes the members that a global cluster has, or is made from.
    fn global(&mut self, item: &'a Item) {
        if let Some(members) = item.values.at("global_cluster_members").items() {
            for member in members.iter() {
                if let Some(arn) = member.at("db_cluster_arn").as_text() {
                    self.members.insert(arn.to_owned());
                }
                if let Some(readers) = member.at("readers").items() {
                    self.members.extend(
                        readers
                            .iter()
                            .filter_map(|reader| reader.as_text().map(ToOwned::to_owned)),
                    );
                }
            }
        }
        let attribute = "source_db_cluster_identifier";
        let source = item.values.at(attribute);
        let named = self.named(CLUSTER, item, &source, self.expression(item, attribute));
        let why = source
            .why()
            .map_or("several are called so", |unknown| &unknown.why);
        if named.loose && named.list.is_empty() {
            self.any = Some(format!("{} may be made from it: {why}", item.address));
        }
        note(&mut self.made_from, &named, || {
            format!("{} may be made from it: {why}", item.address)
        });
    }

    /// Notes the cluster that this one replicates from.
    fn replica(&mut self, item: &'a Item) {
        let attribute = "replication_source_identifier";
        let source = item.values.at(attribute);
        let named = self.named(CLUSTER, item, &source, self.expression(item, attribute));
        note(&mut self.replicated, &named, || {
            let why = source
                .why()
                .map_or("several are called so", |unknown| &unknown.why);
            format!("{} may replicate from it: {why}", item.address)
        });
    }
}

/// Notes what one resource says of some clusters.
fn note<'a>(about: &mut BTreeMap<&'a str, Option<String>>, named: &Named<'a>, why: impl Fn() -> String) {
    for cluster in &named.list {
        let doubt = if named.closed && named.list.len() == 1 {
            None
        } else {
            Some(why())
        };
        let there = about
            .entry(cluster.address.as_str())
            .or_insert_with(|| doubt.clone());
        if doubt.is_none() {
            *there = None;
        }
    }
}

/// What was said of a cluster.
pub(super) fn said(about: &BTreeMap<&str, Option<String>>, item: &Item) -> Fact<bool> {
    match about.get(item.address.as_str()) {
        Some(None) => Fact::Known(true),
        Some(Some(why)) => Fact::Unknown(why.clone()),
        None => Fact::Absent,
    }
}
