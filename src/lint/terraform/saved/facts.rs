//! What a plan or a state says of one cluster.

use super::item::{Item, Made};
use super::references::Found;
use super::stock::{Stock, said};
use crate::domain::posture::Fact;
use crate::lint::terraform::clone::{Copied, Source, Word, word};
use crate::lint::terraform::cluster::{Cluster, asks, listed};
use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP, Log, or, region_of, replicates};
use crate::lint::terraform::value::{Kind, Marks, Value};

impl Stock<'_> {
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
            region: listed(self.region(item), self.configuration.regions()),
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
    pub(super) fn region(&self, item: &Item) -> Value {
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
