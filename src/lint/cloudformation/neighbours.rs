//! What other resources of the same template say of a cluster: its parameter group, its global cluster, its source.

use super::choice::World;
use super::cluster;
use super::expand::Expanded;
use super::facts::{given, text};
use super::scope::Scope;
use super::template::{Declared, Template};
use super::value::Value;
use crate::domain::posture::Fact;
use crate::lint::tree::{Kind, Node};

const GROUP: &str = "AWS::RDS::DBClusterParameterGroup";
/// A global database, and the property that names the cluster it begins with.
pub(super) const GLOBAL: (&str, &str) = ("AWS::RDS::GlobalCluster", "SourceDBClusterIdentifier");
/// A cluster, and the property that names the one it replicates from.
pub(super) const REPLICA: (&str, &str) = (cluster::KIND, "ReplicationSourceIdentifier");

/// A template's resources in one world.
#[derive(Clone, Copy)]
pub(super) struct Neighbourhood<'n, 't> {
    pub(super) template: Template<'t>,
    pub(super) expanded: &'n Expanded<'t>,
    pub(super) world: &'n World,
}

impl<'n, 't> Neighbourhood<'n, 't> {
    /// The scope and the properties of a resource.
    pub(super) fn properties(&self, resource: &'n Declared<'t>) -> (Scope<'n, 't>, Value<'t>) {
        let scope = Scope::new(self.template, self.world, &resource.loops);
        let properties = match resource.body.get("Properties") {
            Some(node) => scope.value(node),
            None => Value::Nothing,
        };
        (scope, properties)
    }

    fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &'n Declared<'t>> {
        let resources = self.expanded.resources.iter();
        resources.filter(move |resource| resource.body.get("Type").and_then(Node::text) == Some(kind))
    }

    /// The parameter `name` of the cluster's group; absent where the service's own group holds.
    pub(super) fn parameter(&self, group: &Value<'t>, name: &str) -> Fact<String> {
        let found = match group {
            Value::Nothing => return Fact::Absent,
            Value::Resource(id) => self.expanded.find(id),
            Value::Text { text, .. } if text.starts_with("default.") => return Fact::Absent,
            Value::Text { text, .. } => self.of_kind(GROUP).find(|group| {
                let (scope, properties) = self.properties(group);
                let named = scope.property(&properties, "DBClusterParameterGroupName");
                matches!(named, Value::Text { text: named, .. } if named == *text)
            }),
            Value::Null | Value::List(_) | Value::Map(_) | Value::Given(_) | Value::Unknown(_) => None,
        };
        let group = found.filter(|group| group.body.get("Type").and_then(Node::text) == Some(GROUP));
        let Some(group) = group else {
            return Fact::Unknown("its parameter group is not in this template".to_owned());
        };
        let (scope, properties) = self.properties(group);
        let parameters = scope.property(&properties, "Parameters");
        text(scope.property(&parameters, name))
    }

    /// Whether a resource of a kind names the cluster in one of its properties.
    pub(super) fn named_by(
        &self,
        (kind, property): (&'static str, &str),
        resource: &Declared<'t>,
        own: Option<&str>,
    ) -> Fact<bool> {
        let mut named = Fact::Absent;
        for other in self.of_kind(kind) {
            let (scope, properties) = self.properties(other);
            let Value::Map(properties) = properties else {
                continue;
            };
            let Some(source) = properties.get(property) else {
                continue;
            };
            let value = scope.value(source);
            if matches!(value, Value::Nothing) {
                continue;
            }
            let literal = value.into_text().ok();
            let by_name = match (literal.as_deref(), own) {
                (Some(literal), Some(own)) => literal == own || literal.ends_with(&format!(":cluster:{own}")),
                _ => false,
            };
            if !by_name && !mentions(&scope, source, &resource.id) {
                continue;
            }
            match other.body.get("Condition").and_then(Node::text) {
                None => return Fact::Known(true),
                Some(condition) => match scope.condition(condition) {
                    Ok(true) => return Fact::Known(true),
                    Ok(false) => {}
                    Err(why) => named = Fact::Unknown(why),
                },
            }
        }
        named
    }

    /// The cluster of this template that another is made from.
    pub(super) fn source(&self, source: &Value<'t>) -> Option<&'n Declared<'t>> {
        let Value::Resource(id) = source else { return None };
        let found = self.expanded.find(id)?;
        (found.body.get("Type").and_then(Node::text) == Some(cluster::KIND)).then_some(found)
    }

    /// The engine where it is not written: that of the source in this template, or what the source has.
    pub(super) fn inherited_engine(&self, source: &Value<'t>, snapshot: Value<'t>) -> Fact<String> {
        if let Some(source) = self.source(source) {
            let (scope, properties) = self.properties(source);
            return text(scope.property(&properties, "Engine"));
        }
        let restored = [given(source.clone()), given(snapshot)];
        if restored
            .iter()
            .any(|given| *given != Fact::Absent && *given != Fact::Known(false))
        {
            return Fact::Unknown("it is that of what the cluster is restored from".to_owned());
        }
        Fact::Absent
    }
}

/// Whether an expression names a resource, in a reference or within a text.
fn mentions<'t>(scope: &Scope<'_, 't>, node: &'t Node, id: &str) -> bool {
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar { text, .. } => {
            let text = scope.looped(text);
            text.contains(&format!("${{{id}}}")) || text.contains(&format!("${{{id}."))
        }
        Kind::List(items) => items.iter().any(|item| mentions(scope, item, id)),
        Kind::Map(entries) => entries.iter().any(|entry| match &*entry.key {
            "Ref" | "Fn::GetAtt" => {
                matches!(scope.intrinsic(&entry.key, &entry.value), Value::Resource(named) if named == id)
            }
            _ => mentions(scope, &entry.value, id),
        }),
    }
}
