//! What other resources of the same template say of a cluster: its parameter group, its global cluster, its source.

use super::cluster;
use super::condition::Made;
use super::effort::Effort;
use super::expand::Expanded;
use super::facts::{given, text};
use super::membership::names;
use super::names::{Named, key, of_resource, resource_of};
use super::scope::Scope;
use super::setting::{Notes, Setting};
use super::template::Declared;
use super::value::Value;
use crate::domain::posture::Fact;

const GROUP: &str = "AWS::RDS::DBClusterParameterGroup";
const GLOBAL: &str = "AWS::RDS::GlobalCluster";
/// Clusters that a cluster is restored from, one from the other.
const CHAIN: usize = 16;

/// The resources of a template, by how they name each other.
pub(super) struct Neighbours<'n, 't> {
    expanded: &'n Expanded<'t>,
    groups: Named,
    clusters: Named,
    /// Global databases, by the cluster that they begin with.
    global: Named,
    /// Clusters, by the one that they replicate from.
    replicas: Named,
}

/// Resources of other kinds that name a cluster.
#[derive(Clone, Copy)]
pub(super) enum Relation {
    Global,
    Replica,
}

impl Relation {
    /// The property that names the cluster.
    pub(super) fn property(self) -> &'static str {
        match self {
            Self::Global => "SourceDBClusterIdentifier",
            Self::Replica => "ReplicationSourceIdentifier",
        }
    }
}

impl<'n, 't> Neighbours<'n, 't> {
    /// Those of a template; `setting` is the world of what is written.
    pub(super) fn of(setting: &Setting<'_, 't>, expanded: &'n Expanded<'t>) -> Self {
        let named = |kind, property| Named::of(setting, &expanded.resources, kind, property);
        Self {
            expanded,
            groups: named(GROUP, "DBClusterParameterGroupName"),
            clusters: named(cluster::KIND, "DBClusterIdentifier"),
            global: named(GLOBAL, Relation::Global.property()),
            replicas: named(cluster::KIND, Relation::Replica.property()),
        }
    }

    /// The resource of a kind that a value names, of those that are made.
    fn found(
        &self,
        scope: &Scope<'_, 't>,
        (kind, property): (&str, &str),
        named: &Named,
        value: &Value<'t>,
    ) -> Vec<&'n Declared<'t>> {
        let Some(name) = key(value) else {
            return Vec::new();
        };
        if let Some(id) = resource_of(&name) {
            let found = self.expanded.find(id).filter(|found| found.kind == kind);
            return found.into_iter().collect();
        }
        let candidates = named.candidates(std::slice::from_ref(&name)).into_iter();
        let resources = candidates.map(|at| &self.expanded.resources[at]);
        let matching = resources.filter(|resource| {
            // Without steps nothing is found, and the rest of the cluster is unknown, too.
            if !scope.setting.effort.take(1) {
                return false;
            }
            let (has_it, notes) = beside(scope.setting, &resource.loops, |other| {
                let own = other.property(&other.properties(resource), property);
                key(&own).as_deref() == Some(name.as_str()) && !matches!(other.made(resource), Made::No)
            });
            if has_it {
                scope.notes.take(&notes);
            }
            has_it
        });
        matching.collect()
    }

    /// The parameter `name` of the cluster's group; absent where the service's own group holds, or one that is not in this
    /// template.
    pub(super) fn parameter(&self, scope: &Scope<'_, 't>, group: &Value<'t>, name: &str) -> Fact<String> {
        let default = matches!(group, Value::Text { text, .. } if text.starts_with("default."));
        if default || matches!(group, Value::Nothing) {
            return Fact::Absent;
        }
        let kind = (GROUP, "DBClusterParameterGroupName");
        let found = self.found(scope, kind, &self.groups, group);
        let mut facts = found.iter().map(|group| {
            let other = scope.of(group);
            let parameters = other.property(&other.properties(group), "Parameters");
            text(other.property(&parameters, name))
        });
        let Some(first) = facts.next() else {
            return self.nowhere(scope, group);
        };
        if facts.all(|fact| fact == first) {
            first
        } else {
            Fact::Unknown("several parameter groups of this template have its name".to_owned())
        }
    }

    /// A parameter of a group that was not found: unknown where a choice may still lead to one of this template.
    fn nowhere(&self, scope: &Scope<'_, 't>, group: &Value<'t>) -> Fact<String> {
        if scope.notes.has_open() && self.expanded.count(GROUP) > 0 {
            let why = group.clone().into_text().err();
            return Fact::Unknown(why.unwrap_or_else(|| "its parameter group is undecided".to_owned()));
        }
        Fact::Absent
    }

    /// Whether another resource names the cluster, whose own name is `own`.
    pub(super) fn named_by(
        &self,
        scope: &Scope<'_, 't>,
        relation: Relation,
        resource: &Declared<'t>,
        own: &Value<'t>,
    ) -> Fact<bool> {
        let named = match relation {
            Relation::Global => &self.global,
            Relation::Replica => &self.replicas,
        };
        let mut fact = Fact::Absent;
        if named.is_empty() {
            return fact;
        }
        let mut keys = vec![of_resource(&resource.id)];
        keys.extend(key(own));
        for at in named.candidates(&keys) {
            if !scope.setting.effort.take(1) {
                return Fact::Unknown(Effort::why());
            }
            let other = &self.expanded.resources[at];
            let (named, notes) = beside(scope.setting, &other.loops, |scope| {
                names(scope, relation, other, &keys)
            });
            if named != Fact::Absent {
                scope.notes.take(&notes);
            }
            match named {
                Fact::Known(true) => return Fact::Known(true),
                Fact::Unknown(why) => fact = Fact::Unknown(why),
                Fact::Known(false) | Fact::Absent => {}
            }
        }
        fact
    }

    /// The cluster of this template that another is made from.
    pub(super) fn source(&self, scope: &Scope<'_, 't>, source: &Value<'t>) -> Option<&'n Declared<'t>> {
        let kind = (cluster::KIND, "DBClusterIdentifier");
        self.found(scope, kind, &self.clusters, source).first().copied()
    }

    /// The engine where it is not written: that of the source in this template, or what the source has.
    pub(super) fn inherited_engine(
        &self,
        scope: &Scope<'_, 't>,
        source: &Value<'t>,
        snapshot: Value<'t>,
    ) -> Fact<String> {
        let mut restored = vec![given(snapshot)];
        let mut source = source.clone();
        for _ in 0..CHAIN {
            restored.push(given(source.clone()));
            let Some(found) = self.source(scope, &source) else {
                break;
            };
            let other = scope.of(found);
            let properties = other.properties(found);
            match text(other.property(&properties, "Engine")) {
                Fact::Absent => {}
                fact @ (Fact::Known(_) | Fact::Unknown(_)) => return fact,
            }
            restored.push(given(other.property(&properties, "SnapshotIdentifier")));
            source = other.property(&properties, "SourceDBClusterIdentifier");
        }
        if restored
            .iter()
            .any(|given| *given != Fact::Absent && *given != Fact::Known(false))
        {
            return Fact::Unknown("it is that of what the cluster is restored from".to_owned());
        }
        Fact::Absent
    }

    /// True where the template has other clusters that a source may turn out to be.
    pub(super) fn has_sources(&self) -> bool {
        self.expanded.count(cluster::KIND) > 1
    }
}

/// An evaluation whose notes are its own.
pub(super) fn beside<'t, T>(
    setting: &Setting<'_, 't>,
    loops: &[(String, String)],
    ask: impl FnOnce(&Scope<'_, 't>) -> T,
) -> (T, Notes) {
    let notes = Notes::default();
    let answer = ask(&Scope::new(setting, &notes, loops));
    (answer, notes)
}
