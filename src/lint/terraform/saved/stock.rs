//! Everything that a plan or a state holds, so that what one resource says of another is found.

use super::configuration::{Configuration, Referred, without_indexes};
use super::item::{CLUSTER, Item};
use crate::domain::posture::Fact;
use crate::lint::terraform::cluster::Cluster;
use crate::lint::terraform::fact::{cloned, elsewhere, parameters, region_of, replicates};
use crate::lint::terraform::value::{Kind, Marks, Value};
use std::collections::{BTreeMap, BTreeSet};

const GROUP: &str = "aws_rds_cluster_parameter_group";
const GLOBAL: &str = "aws_rds_global_cluster";

/// All resources, and what is asked of them often.
pub(super) struct Stock<'a> {
    configuration: Configuration<'a>,
    /// Parameter groups, by the name that AWS knows.
    groups: BTreeMap<String, &'a Item>,
    /// The same by `(module without indexes, resource name)`, for those whose name is not known before the apply.
    declared: BTreeMap<(String, &'a str), Vec<&'a Item>>,
    /// ARNs of clusters that a global cluster names.
    members: BTreeSet<String>,
    /// `(module without indexes, resource name)` of clusters that a global cluster's configuration names.
    named: BTreeSet<(String, String)>,
    /// Region by ARN of a cluster that another Region's cluster replicates from.
    replicated: BTreeSet<String>,
}

impl<'a> Stock<'a> {
    pub(super) fn new(items: &'a [Item], configuration: Configuration<'a>) -> Self {
        let mut stock = Self {
            configuration,
            groups: BTreeMap::new(),
            declared: BTreeMap::new(),
            members: BTreeSet::new(),
            named: BTreeSet::new(),
            replicated: BTreeSet::new(),
        };
        for item in items {
            match item.kind.as_str() {
                GROUP => {
                    if let Some(name) = item.values.at("name").as_text() {
                        stock.groups.insert(name.to_owned(), item);
                    }
                    stock
                        .declared
                        .entry((without_indexes(&item.module), &item.name))
                        .or_default()
                        .push(item);
                }
                GLOBAL => stock.global(item),
                CLUSTER => stock.replica(item),
                _ => {}
            }
        }
        stock
    }

    /// Notes the members that a global cluster has, or is made from.
    fn global(&mut self, item: &Item) {
        if let Some(source) = item.values.at("source_db_cluster_identifier").as_text() {
            self.members.insert(source.to_owned());
        }
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
        let source =
            self.configuration
                .resources(&item.module, GLOBAL, &item.name, "source_db_cluster_identifier");
        for referred in source {
            if let Referred::Resource { module, kind, name } = referred
                && kind == CLUSTER
            {
                self.named.insert((module, name));
            }
        }
    }

    /// Notes the cluster that this one replicates from.
    fn replica(&mut self, item: &Item) {
        let source = item.values.at("replication_source_identifier");
        self.replicated.extend(source.as_text().map(ToOwned::to_owned));
    }

    /// The facts of a cluster.
    pub(super) fn cluster(&self, item: &Item) -> Cluster {
        let values = &item.values;
        let (binlog, enhanced_binlog) = self.binlog(item);
        Cluster {
            engine: values.at("engine"),
            engine_mode: values.at("engine_mode"),
            engine_version: values.at("engine_version"),
            window: values.at("backtrack_window"),
            region: self.region(item),
            global_member: self.global_member(item),
            replication: self.replication(item),
            binlog,
            enhanced_binlog,
            clone: cloned(
                values
                    .at("restore_to_point_in_time")
                    .items()
                    .map_or(&[], |items| items),
            ),
            marks: Marks::default(),
        }
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
            .region(&item.module, &item.kind, &item.name)
            .map_or_else(Value::null, Value::text)
    }

    fn global_member(&self, item: &Item) -> Fact<bool> {
        let named = (without_indexes(&item.module), item.name.clone());
        if self.named.contains(&named) || item.arns().any(|arn| self.members.contains(&arn)) {
            return Fact::Known(true);
        }
        let own = item.values.at("global_cluster_identifier");
        match &own.kind {
            Kind::Text(id) if !id.is_empty() => Fact::Known(true),
            Kind::Unknown(unknown) => {
                let attribute = "global_cluster_identifier";
                let references =
                    self.configuration
                        .resources(&item.module, &item.kind, &item.name, attribute);
                match references.as_slice() {
                    [Referred::Resource { kind, .. }] if kind == GLOBAL => Fact::Known(true),
                    _ => Fact::Unknown(unknown.why.clone()),
                }
            }
            _ => Fact::Absent,
        }
    }

    fn replication(&self, item: &Item) -> Fact<bool> {
        if item.arns().any(|arn| self.replicated.contains(&arn)) {
            return Fact::Known(true);
        }
        let attribute = "replication_source_identifier";
        let references = self
            .configuration
            .resources(&item.module, &item.kind, &item.name, attribute);
        let declared = matches!(references.as_slice(), [Referred::Resource { kind, .. }] if kind == CLUSTER);
        replicates(&item.values.at(attribute), declared)
    }

    /// `binlog_format` and `aurora_enhanced_binlog` of its parameter group.
    fn binlog(&self, item: &Item) -> (Fact<bool>, Fact<bool>) {
        let attribute = "db_cluster_parameter_group_name";
        let group = match &item.values.at(attribute).kind {
            Kind::Text(name) if !name.is_empty() => match self.groups.get(&**name) {
                Some(group) => Some(*group),
                None => return elsewhere(&format!("the parameter group {name} is not in this file")),
            },
            Kind::Unknown(unknown) => {
                let named = self
                    .configuration
                    .resources(&item.module, &item.kind, &item.name, attribute);
                let found = match named.as_slice() {
                    [Referred::Resource { module, kind, name }] if kind == GROUP => {
                        self.declared.get(&(module.clone(), name.as_str()))
                    }
                    _ => None,
                };
                match found.map(Vec::as_slice) {
                    Some([one]) => Some(*one),
                    _ => return elsewhere(&unknown.why),
                }
            }
            _ => None,
        };
        let Some(group) = group else {
            return (Fact::Absent, Fact::Absent);
        };
        parameters(group.values.at("parameter").items().map_or(&[], |items| items))
    }
}
