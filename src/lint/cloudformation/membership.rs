//! Whether a resource names a cluster, where that may depend on what a deployment decides.

use super::condition::Made;
use super::effort::Effort;
use super::names::{key, of_resource};
use super::neighbours::Relation;
use super::scope::Scope;
use super::template::Declared;
use super::value::Value;
use crate::domain::posture::Fact;
use crate::lint::tree::{Kind, Node};

/// Whether a resource that is made names a cluster; absent where it does not.
pub(super) fn names<'t>(
    scope: &Scope<'_, 't>,
    relation: Relation,
    other: &Declared<'t>,
    keys: &[String],
) -> Fact<bool> {
    let properties = scope.properties(other);
    let Value::Map(map) = properties else {
        return Fact::Absent;
    };
    let source = match scope.look(map, relation.property()) {
        Ok(Some(source)) => source,
        Ok(None) => return Fact::Absent,
        Err(why) => return Fact::Unknown(why),
    };
    let value = scope.property(&properties, relation.property());
    let undecided = match key(&value) {
        Some(named) if keys.contains(&named) => None,
        Some(_) => return Fact::Absent,
        None if matches!(value, Value::Nothing) || !may_name(scope, source, keys) => return Fact::Absent,
        // What is computed in a way that is not known, out of its name: it is taken for it, as nothing else is near.
        None if !scope.notes.has_open() && scope.setting.effort.take(1) => None,
        None => Some(value.into_text().err().unwrap_or_else(Effort::why)),
    };
    match (undecided, scope.made(other)) {
        (_, Made::No) => Fact::Absent,
        (None, Made::Yes) => Fact::Known(true),
        (Some(why), _) | (None, Made::Open(why)) => Fact::Unknown(why),
    }
}

/// Whether an expression that is undecided may name a cluster: some part of it does, in one of its branches.
fn may_name<'t>(scope: &Scope<'_, 't>, node: &'t Node, keys: &[String]) -> bool {
    let here = || key(&scope.value(node)).is_some_and(|named| keys.contains(&named));
    let within = |node: &'t Node| scope.deeper(|| may_name(scope, node, keys)).unwrap_or(true);
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar { text, .. } => {
            let text = scope.looped(text).unwrap_or_default();
            let texts = text
                .split("${")
                .skip(1)
                .filter_map(|part| part.split(['}', '.']).next());
            here() || texts.map(of_resource).any(|named| keys.contains(&named))
        }
        Kind::List(items) => items.iter().any(within),
        Kind::Map(entries) => here() || entries.iter().any(|entry| within(&entry.value)),
    }
}
