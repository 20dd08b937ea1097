//! Under which names a resource is named: by its logical id, by its own name, and by an ARN with either of them.

use std::collections::HashMap;

use super::scope::Scope;
use super::setting::{Notes, Setting};
use super::template::Declared;
use super::value::{Part, Value};

/// What stands around a part that is no known text; in no text that a template may hold.
const MARK: char = '\u{1}';
/// What stands for a part of which nothing is known.
const OPEN: char = '\u{2}';

/// A value as a name that is the same wherever the same is named; none where it is not known. RDS keeps names in lower case.
pub(super) fn key(value: &Value<'_>) -> Option<String> {
    let name = match value {
        Value::Text { text, .. } => text.to_ascii_lowercase(),
        Value::Partly(parts) => parts.iter().map(written).collect(),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Nothing | Value::Unknown(_) => return None,
    };
    // Of an ARN the name counts: Region and account are rarely known.
    let name = match name.rsplit_once(":cluster:") {
        Some((_, name)) => name.to_owned(),
        None => name,
    };
    (!name.is_empty() && !name.contains(OPEN)).then_some(name)
}

fn written(part: &Part) -> String {
    match part {
        Part::Text(text) => text.to_ascii_lowercase(),
        Part::Resource(id) => of_resource(id),
        Part::Named { name, .. } => format!("{MARK}name {name}{MARK}"),
        Part::Open(_) => OPEN.to_string(),
    }
}

/// The name of a resource by its logical id.
pub(super) fn of_resource(id: &str) -> String {
    format!("{MARK}id {id}{MARK}")
}

/// The logical id in the name of a resource.
pub(super) fn resource_of(name: &str) -> Option<&str> {
    let id = name.strip_prefix(MARK)?.strip_prefix("id ")?.strip_suffix(MARK)?;
    (!id.contains(MARK)).then_some(id)
}

/// True where two values that are not known are the same one.
pub(super) fn same(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        (Value::Partly(one), Value::Partly(other)) => {
            one == other && !one.iter().any(|part| matches!(part, Part::Open(_)))
        }
        _ => false,
    }
}

/// The resources that give some property, by its value. Those whose value depends on the world are looked at in each.
#[derive(Default)]
pub(super) struct Named {
    fixed: HashMap<String, Vec<usize>>,
    open: Vec<usize>,
}

impl Named {
    /// Looks at a property of some resources, each by its place among all, in the world of what is written.
    pub(super) fn of<'t>(
        setting: &Setting<'_, 't>,
        resources: &[Declared<'t>],
        kind: &str,
        property: &str,
    ) -> Self {
        let mut named = Self::default();
        for (at, resource) in resources.iter().enumerate() {
            if resource.kind != kind {
                continue;
            }
            let notes = Notes::default();
            let scope = Scope::new(setting, &notes, &resource.loops);
            let properties = scope.properties(resource);
            let value = scope.property(&properties, property);
            let depends = notes.parameterised.get() || notes.conditional.get() || notes.has_open();
            if matches!(value, Value::Nothing) && !depends {
                continue;
            }
            match key(&value).filter(|key| !depends && !key.contains("\u{1}name ")) {
                Some(key) => named.fixed.entry(key).or_default().push(at),
                None => named.open.push(at),
            }
        }
        named
    }

    /// True where nobody gives it.
    pub(super) fn is_empty(&self) -> bool {
        self.fixed.is_empty() && self.open.is_empty()
    }

    /// Those that may have one of some names: each once, in their order.
    pub(super) fn candidates(&self, keys: &[String]) -> Vec<usize> {
        let fixed = keys.iter().filter_map(|key| self.fixed.get(key)).flatten();
        let mut found: Vec<usize> = fixed.chain(&self.open).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[Part]) -> Value<'static> {
        Value::of_parts(parts.to_vec())
    }

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn stack() -> Part {
        Part::Named {
            name: "AWS::StackName".to_owned(),
            why: "it is known at deployment".to_owned(),
            filled: true,
        }
    }

    #[test]
    fn a_name_and_an_arn_with_it_are_one_name() {
        let own = key(&parts(&[stack(), text("-db")]));
        let arn = [
            text("arn:aws:rds:"),
            stack(),
            text(":1:cluster:"),
            stack(),
            text("-DB"),
        ];
        assert!(own.is_some() && own == key(&parts(&arn)));
        let by_id = [
            text("arn:aws:rds:"),
            Part::Open("x".to_owned()),
            text(":cluster:"),
            Part::Resource("Db".to_owned()),
        ];
        assert_eq!(key(&parts(&by_id)), Some(of_resource("Db")));
        assert_eq!(resource_of(&of_resource("Db")), Some("Db"));
        assert_eq!(
            key(&Value::computed("Orders")),
            key(&Value::computed("a:cluster:orders"))
        );
    }

    #[test]
    fn what_is_not_known_has_no_name() {
        for value in [
            parts(&[text("db-"), Part::Open("x".to_owned())]),
            Value::computed(""),
            Value::Nothing,
            Value::Unknown("x".to_owned()),
        ] {
            assert_eq!(key(&value), None, "{value:?}");
        }
        let longer = [Part::Resource("Db".to_owned()), text("-2")];
        assert_ne!(key(&parts(&longer)), Some(of_resource("Db")));
        assert_eq!(resource_of(&key(&parts(&longer)).unwrap()), None);
        assert!(same(&parts(&[stack()]), &parts(&[stack()])));
        let open = [Part::Open("x".to_owned())];
        assert!(!same(&parts(&open), &parts(&open)));
    }
}
