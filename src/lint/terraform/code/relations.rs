//! What resources say of clusters that are declared beside them.

use super::block::Block;
use super::home::Home;
use super::named::{Index, Named};
use super::nested::attribute;
use super::world::World;
use crate::domain::posture::Fact;
use crate::lint::terraform::eval::{Each, Scope};
use crate::lint::terraform::fact::{CLUSTER, GLOBAL, GROUP};
use crate::lint::terraform::value::{Marks, Reference, Value};
use std::collections::HashMap;

/// Said of clusters by others.
#[derive(Debug)]
pub(super) struct Relations {
    /// Clusters that a global cluster is made from.
    members: HashMap<Reference, Said>,
    /// Clusters that another one replicates from.
    replicated: HashMap<Reference, Said>,
    groups: Index,
    clusters: Index,
}

/// What another resource says of a cluster.
#[derive(Clone, Debug)]
struct Said {
    /// Why it may not be so.
    doubt: Option<String>,
    marks: Marks,
}

impl Relations {
    /// Everything that instances of modules declare, each looked at once for its name and once for what it says.
    pub(super) fn of(world: &World) -> Self {
        let mut relations = Self {
            members: HashMap::new(),
            replicated: HashMap::new(),
            groups: Index::new(GROUP),
            clusters: Index::new(CLUSTER),
        };
        relations.each(world, &[GROUP, CLUSTER], Self::name);
        relations.each(world, &[GLOBAL, CLUSTER], Self::note);
        relations
    }

    /// Looks at every instance of some types. Without more work nothing is judged, so that what is left unsaid then
    /// misleads nobody.
    fn each(
        &mut self,
        world: &World,
        kinds: &[&str],
        mut look: impl FnMut(&mut Self, &World, &Block, Scope<'_>, Marks),
    ) {
        let count = world.instances.borrow().len();
        for number in 0..count {
            let instance = world.instance(number);
            if instance.nothing.is_some() {
                continue;
            }
            for block in &instance.module.resources {
                if !kinds.contains(&block.label(0)) {
                    continue;
                }
                let sum = world.sum(number, block);
                for each in &sum.each {
                    if world.effort.spend().is_none() {
                        return;
                    }
                    if !matches!(each, Each::Nothing(_)) {
                        let marks = instance.marks.with(sum.marks);
                        look(self, world, block, Scope::new(number, each), marks);
                    }
                }
            }
        }
    }

    /// Takes the name that a resource is given.
    fn name(&mut self, world: &World, block: &Block, at: Scope<'_>, _: Marks) {
        let (index, name) = match block.label(0) {
            GROUP => (&mut self.groups, "name"),
            _ => (&mut self.clusters, "cluster_identifier"),
        };
        let own = Reference {
            module: at.instance,
            kind: block.label(0).to_owned(),
            name: block.label(1).to_owned(),
            key: at.each.key(),
        };
        let name = attribute(world, block, name, at);
        index.add(&name, own, Home::of(world, block, at));
    }

    /// Takes what a resource says of a cluster.
    fn note(&mut self, world: &World, block: &Block, at: Scope<'_>, marks: Marks) {
        let global = block.label(0) == GLOBAL;
        let attribute = attribute(
            world,
            block,
            if global {
                "source_db_cluster_identifier"
            } else {
                "replication_source_identifier"
            },
            at,
        );
        if attribute.is_null() {
            return;
        }
        let named = self.clusters.find(&attribute, &Home::of(world, block, at));
        let who = || format!("{}.{}", block.label(0), block.label(1));
        let doubt = match (named.sure(), at.each) {
            (_, Each::Some(why)) => Some(why.clone()),
            (Some(_), _) => None,
            (None, _) => Some(match attribute.why() {
                Some(unknown) => format!("{} may name it: {}", who(), unknown.why),
                None => format!("{} may name it, or another of this name", who()),
            }),
        };
        let said = Said {
            doubt,
            marks: marks.with(attribute.marks),
        };
        let about = if global {
            &mut self.members
        } else {
            &mut self.replicated
        };
        for cluster in named.list {
            let there = about
                .entry(Reference::clone(&cluster))
                .or_insert_with(|| said.clone());
            if there.doubt.is_some() {
                *there = said.clone();
            }
        }
    }

    /// Whether a cluster is a member of a global database, by the word of another.
    pub(super) fn member(&self, cluster: &Reference) -> (Fact<bool>, Marks) {
        word(self.members.get(cluster))
    }

    /// Whether another cluster replicates from a cluster.
    pub(super) fn replicated(&self, cluster: &Reference) -> (Fact<bool>, Marks) {
        word(self.replicated.get(cluster))
    }

    /// The parameter groups declared here that a value names, or may name: one that switches the enhanced binary log on is
    /// rare enough to be thought of.
    pub(super) fn group(&self, name: &Value, home: &Home) -> Named {
        let mut named = self.groups.find(name, home);
        if named.list.is_empty() && !name.is_null() {
            named.list = self.groups.besides(name, home);
        }
        named
    }

    /// The clusters declared here that a value names.
    pub(super) fn cluster(&self, name: &Value, home: &Home) -> Named {
        self.clusters.find(name, home)
    }
}

fn word(said: Option<&Said>) -> (Fact<bool>, Marks) {
    match said {
        Some(Said { doubt: None, marks }) => (Fact::Known(true), *marks),
        Some(Said {
            doubt: Some(why),
            marks,
        }) => (Fact::Unknown(why.clone()), *marks),
        None => (Fact::Absent, Marks::default()),
    }
}
