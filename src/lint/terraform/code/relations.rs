//! What resources say of clusters that are declared beside them.

use super::block::Block;
use super::nested::attribute;
use super::world::World;
use crate::domain::posture::Fact;
use crate::lint::terraform::eval::{Each, Scope};
use crate::lint::terraform::value::{Kind, Reference, Value};
use std::collections::{HashMap, HashSet};

pub(super) const CLUSTER: &str = "aws_rds_cluster";
pub(super) const GROUP: &str = "aws_rds_cluster_parameter_group";
const GLOBAL: &str = "aws_rds_global_cluster";

/// Said of clusters by others.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Clusters that a global cluster is made from; the reason where that hangs on a number that is not known.
    members: HashMap<Reference, Option<String>>,
    /// Clusters that another one replicates from.
    replicated: HashSet<Reference>,
    /// Parameter groups by the name that they are given.
    groups: HashMap<String, Reference>,
    /// Clusters by the identifier that they are given.
    clusters: HashMap<String, Reference>,
}

impl Relations {
    /// Everything that instances of modules declare, each looked at once.
    pub(super) fn of(world: &World) -> Self {
        let mut relations = Self::default();
        let count = world.instances.borrow().len();
        for number in 0..count {
            let instance = world.instance(number);
            if instance.nothing.is_some() {
                continue;
            }
            for block in &instance.module.resources {
                if ![CLUSTER, GROUP, GLOBAL].contains(&block.label(0)) {
                    continue;
                }
                for each in &world.sum(number, block).each {
                    // Without more work nothing is judged, so that what is left unsaid misleads nobody.
                    if world.effort.spend().is_none() {
                        return relations;
                    }
                    if !matches!(each, Each::Nothing(_)) {
                        relations.note(world, block, Scope::new(number, each));
                    }
                }
            }
        }
        relations
    }

    fn note(&mut self, world: &World, block: &Block, at: Scope<'_>) {
        let own = || Reference {
            module: at.instance,
            kind: block.label(0).to_owned(),
            name: block.label(1).to_owned(),
            key: at.each.key(),
        };
        let value = |name: &str| attribute(world, block, name, at);
        match block.label(0) {
            GLOBAL => {
                if let Some(member) = value("source_db_cluster_identifier")
                    .why()
                    .and_then(|of| of.of.clone())
                {
                    let doubt = match at.each {
                        Each::Some(why) => Some(why.clone()),
                        Each::One | Each::Index(_) | Each::Entry(..) | Each::Nothing(_) => None,
                    };
                    self.members.insert(member, doubt);
                }
            }
            GROUP => {
                if let Some(name) = value("name").as_text() {
                    self.groups.insert(name.to_owned(), own());
                }
            }
            _ => {
                if let Some(name) = value("cluster_identifier").as_text() {
                    self.clusters.insert(name.to_owned(), own());
                }
                let source = value("replication_source_identifier");
                self.replicated
                    .extend(source.why().and_then(|unknown| unknown.of.clone()));
            }
        }
    }

    /// Whether a cluster is a member of a global database, by the word of another.
    pub(super) fn member(&self, cluster: &Reference) -> Fact<bool> {
        match self.members.get(cluster) {
            Some(None) => Fact::Known(true),
            Some(Some(why)) => Fact::Unknown(why.clone()),
            None => Fact::Absent,
        }
    }

    /// Whether another cluster replicates from a cluster.
    pub(super) fn replicated(&self, cluster: &Reference) -> bool {
        self.replicated.contains(cluster)
    }

    /// The parameter group that a value names, if it is declared here.
    pub(super) fn group(&self, name: &Value) -> Option<Reference> {
        Self::named(name, GROUP, &self.groups)
    }

    /// The cluster that a value names, if it is declared here.
    pub(super) fn cluster(&self, name: &Value) -> Option<Reference> {
        Self::named(name, CLUSTER, &self.clusters)
    }

    fn named(name: &Value, kind: &str, by_name: &HashMap<String, Reference>) -> Option<Reference> {
        match &name.kind {
            Kind::Text(name) => by_name.get(&**name).cloned(),
            Kind::Unknown(unknown) => unknown.of.clone().filter(|of| of.kind == kind),
            _ => None,
        }
    }
}
