//! Everything that a plan or a state holds, so that what one resource says of another is found.

use super::address::{fits, without_indexes};
use super::configuration::Configuration;
use super::item::{Item, Made};
use super::references::{Found, References, Target};
use crate::domain::posture::Fact;
use crate::lint::terraform::clone::{Copied, Source, Word, word};
use crate::lint::terraform::cluster::{Cluster, asks};
use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP, Log, identifier, or, region_of, replicates};
use crate::lint::terraform::value::{Kind, Marks, Value};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// All resources, and what is asked of them often.
pub(super) struct Stock<'a> {
    configuration: Configuration<'a>,
    references: References,
    /// By type and the identifier that AWS knows.
    by_name: BTreeMap<(&'a str, String), Vec<&'a Item>>,
    /// By module without indexes, type and name.
    declared: BTreeMap<(String, &'a str, &'a str), Vec<&'a Item>>,
    /// ARNs of clusters that a global cluster has for members.
    members: BTreeSet<String>,
    /// Clusters by address that a global cluster is made from, and why perhaps not.
    made_from: BTreeMap<&'a str, Option<String>>,
    /// Clusters by address that another one replicates from, and why perhaps not.
    replicated: BTreeMap<&'a str, Option<String>>,
    /// Why a global cluster may be made from any cluster whose ARN is not known yet.
    any: Option<String>,
}

/// The resources of one type that a value names: one of them for certain where they are closed.
struct Named<'a> {
    list: Vec<&'a Item>,
    closed: bool,
    /// Others that no reference tells of.
    loose: bool,
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
            if let Some(name) = name.as_text() {
                let key = (&*item.kind, identifier(name));
                stock.by_name.entry(key).or_default().push(item);
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

    /// The expression of an attribute, with the block that it is of; none in a state.
    fn expression(&self, item: &Item, attribute: &str) -> Option<(&'a Json, Option<&'a Json>)> {
        let block = self.configuration.resource(item)?;
        let expression = block.get("expressions").and_then(|all| all.get(attribute));
        Some((block, expression))
    }

    /// What a value names that stands in `item`.
    fn named(
        &self,
        kind: &str,
        item: &Item,
        value: &Value,
        expression: Option<(&'a Json, Option<&'a Json>)>,
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
        let all = self
            .by_name
            .get(&(kind, identifier(text)))
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

    /// The facts of a cluster.
    pub(super) fn cluster(&self, item: &Item) -> Cluster {
        let values = &item.values;
        let log = self.log(item);
        let (clone, word) = self.restored(item);
        let mut cluster = Cluster {
            engine: values.at("engine"),
            engine_mode: values.at("engine_mode"),
            engine_version: values.at("engine_version"),
            window: values.at("backtrack_window"),
            region: self.region(item),
            global_member: self.global_member(item),
            replication: self.replication(item),
            binlog: log.binlog,
            enhanced_binlog: log.enhanced,
            clone,
            refused: None,
            doubts: Vec::new(),
            marks: Marks::default(),
        };
        cluster.doubt_log(log.doubt);
        cluster.hear(word);
        cluster
    }

    /// Its Region: by itself, by its ARN, by its provider.
    fn region(&self, item: &Item) -> Value {
        let own = item.values.at("region");
        if own.as_text().is_some_and(|region| !region.is_empty()) {
            return own;
        }
        if let Some(region) = item.arns().find_map(|arn| region_of(&arn).map(ToOwned::to_owned)) {
            return Value::text(region);
        }
        self.configuration
            .region(item)
            .map_or_else(Value::null, Value::text)
    }

    fn global_member(&self, item: &Item) -> Fact<bool> {
        if item.arns().any(|arn| self.members.contains(&arn)) {
            return Fact::Known(true);
        }
        let said = said(&self.made_from, item);
        let unnamed = || match &self.any {
            Some(why) if item.values.at("arn").why().is_some() => Fact::Unknown(why.clone()),
            Some(_) | None => Fact::Absent,
        };
        or(or(said, || self.own_member(item)), unnamed)
    }

    /// By its own word.
    fn own_member(&self, item: &Item) -> Fact<bool> {
        let attribute = "global_cluster_identifier";
        match &item.values.at(attribute).kind {
            Kind::Text(id) if !id.is_empty() => Fact::Known(true),
            Kind::Unknown(unknown) => {
                let found = match self.expression(item, attribute) {
                    Some((block, Some(expression))) => {
                        self.references
                            .of(&self.configuration, &item.module, block, expression)
                    }
                    Some((_, None)) | None => Found::default(),
                };
                match found.only() {
                    Some(target) if target.kind == GLOBAL => Fact::Known(true),
                    _ => Fact::Unknown(unknown.why.clone()),
                }
            }
            _ => Fact::Absent,
        }
    }

    fn replication(&self, item: &Item) -> Fact<bool> {
        let attribute = "replication_source_identifier";
        let source = item.values.at(attribute);
        let declared = || {
            let named = self.named(CLUSTER, item, &source, self.expression(item, attribute));
            named.closed
        };
        or(said(&self.replicated, item), || {
            replicates(&source, source.why().is_some() && declared())
        })
    }

    /// `binlog_format` and `aurora_enhanced_binlog` of its parameter group.
    fn log(&self, item: &Item) -> Log {
        let attribute = "db_cluster_parameter_group_name";
        let name = item.values.at(attribute);
        let named = self.named(GROUP, item, &name, self.expression(item, attribute));
        let why = match &name.kind {
            Kind::Text(name) if named.list.is_empty() => {
                format!("the parameter group {name} is not in this file")
            }
            Kind::Text(name) => format!("several parameter groups are named {name}"),
            Kind::Unknown(unknown) => unknown.why.clone(),
            _ => return Log::none(),
        };
        let mut list = named.list;
        if list.is_empty() && named.loose {
            let groups = self.declared.iter().filter(|((_, kind, _), _)| *kind == GROUP);
            let unnamed = |group: &&Item| group.values.at("name").why().is_some();
            list.extend(groups.flat_map(|(_, groups)| groups).copied().filter(unnamed));
        }
        let each: Vec<Log> = list.iter().map(|group| of_group(group)).collect();
        Log::among(&each, named.closed, &why)
    }

    /// Whether it is a copy-on-write clone, and what is to be said of its window then. What is there already took the
    /// window that it has.
    fn restored(&self, item: &Item) -> (bool, Word) {
        let block = "restore_to_point_in_time";
        let restores = item.values.at(block);
        let (list, perhaps) = match restores.why() {
            Some(unknown) => (std::slice::from_ref(&restores), Some(unknown.why.as_str())),
            None => (restores.items().map_or(&[][..], |items| items), None),
        };
        let copied = list
            .iter()
            .map(|restore| (restore, Copied::of(restore, perhaps)))
            .find(|(_, copied)| *copied != Copied::No);
        let Some((restore, copied)) = copied else {
            return (false, Word::Nothing);
        };
        if item.made == Made::Before {
            return (true, Word::Nothing);
        }
        let name = restore.at("source_cluster_identifier");
        let expression = self.configuration.resource(item).map(|resource| {
            let nested = resource.get("expressions").and_then(|all| {
                all.get(block)?
                    .as_array()?
                    .first()?
                    .get("source_cluster_identifier")
            });
            (resource, nested)
        });
        let named = self.named(CLUSTER, item, &name, expression);
        let sources: Vec<Source> = named
            .list
            .iter()
            .map(|source| Source {
                address: source.address.clone(),
                asks: asks(&source.values.at("backtrack_window")),
            })
            .collect();
        let why = name
            .why()
            .map_or("several have this name", |unknown| &unknown.why);
        let word = word(&copied, &sources, named.closed, why);
        let word = match word {
            Word::Refused(why) if item.made == Made::Unclear => {
                Word::Doubted(format!("whether it is there already is not told; else {why}"))
            }
            word => word,
        };
        (true, word)
    }
}

/// A group's own word.
fn of_group(group: &Item) -> Log {
    let parameters = group.values.at("parameter");
    match parameters.why() {
        Some(unknown) => Log::of(&[], &[(unknown.why.clone(), parameters.clone())]),
        None => Log::of(parameters.items().map_or(&[], |items| items), &[]),
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

fn said(about: &BTreeMap<&str, Option<String>>, item: &Item) -> Fact<bool> {
    match about.get(item.address.as_str()) {
        Some(None) => Fact::Known(true),
        Some(Some(why)) => Fact::Unknown(why.clone()),
        None => Fact::Absent,
    }
}
