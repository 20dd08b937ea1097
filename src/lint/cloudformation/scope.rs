//! Where an expression is evaluated: a world, the loops around, and what is noted on the way.

use std::cell::Cell;

use super::effort::Effort;
use super::setting::{Notes, Setting};
use super::template::Declared;
use super::transform;
use super::value::{LONGEST, Value};
use crate::lint::tree::{Kind, Node};

/// Expressions within each other, and conditions that name each other.
const DEPTH: u32 = 200;
/// Entries of a map that are looked through in one step.
const STRIDE: usize = 32;

/// One evaluation.
pub(super) struct Scope<'s, 't> {
    pub(super) setting: &'s Setting<'s, 't>,
    pub(super) notes: &'s Notes,
    /// Variables of the loops around, the innermost last.
    pub(super) loops: &'s [(String, String)],
    depth: Cell<u32>,
}

impl<'s, 't> Scope<'s, 't> {
    pub(super) fn new(setting: &'s Setting<'s, 't>, notes: &'s Notes, loops: &'s [(String, String)]) -> Self {
        Self::at(setting, notes, loops, 0)
    }

    /// One that is already some levels deep.
    pub(super) fn at(
        setting: &'s Setting<'s, 't>,
        notes: &'s Notes,
        loops: &'s [(String, String)],
        depth: u32,
    ) -> Self {
        Self {
            setting,
            notes,
            loops,
            depth: Cell::new(depth),
        }
    }

    /// That of another resource, with the same notes.
    pub(super) fn of<'o>(&self, resource: &'o Declared<'t>) -> Scope<'o, 't>
    where
        's: 'o,
    {
        Scope::new(self.setting, self.notes, &resource.loops)
    }

    /// The properties of a resource.
    pub(super) fn properties(&self, resource: &Declared<'t>) -> Value<'t> {
        if let Some(name) = transform::changing(resource.body) {
            return Value::Unknown(format!("macro `{name}` may change it"));
        }
        match resource.body.get("Properties") {
            Some(node) => self.value(node),
            None => brought(resource.body),
        }
    }

    /// How many levels deep it is.
    pub(super) fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// Goes one level down, or says why not.
    pub(super) fn deeper<T>(&self, then: impl FnOnce() -> T) -> Result<T, String> {
        if self.depth.get() >= DEPTH {
            return Err("expressions name each other without an end".to_owned());
        }
        if !self.setting.effort.take(1) {
            return Err(Effort::why());
        }
        self.depth.set(self.depth.get() + 1);
        let result = then();
        self.depth.set(self.depth.get() - 1);
        Ok(result)
    }

    /// What an expression gives.
    pub(super) fn value(&self, node: &'t Node) -> Value<'t> {
        match self.deeper(|| self.shallow(node)) {
            Ok(value) => self.paid(value),
            Err(why) => Value::Unknown(why),
        }
    }

    /// A value at the cost of its length: a long text may be named many times.
    pub(super) fn paid(&self, value: Value<'t>) -> Value<'t> {
        if let Value::Text { text, .. } = &value
            && !self.setting.effort.take(text.len() / STRIDE)
        {
            return Value::Unknown(Effort::why());
        }
        value
    }

    fn shallow(&self, node: &'t Node) -> Value<'t> {
        match &node.kind {
            Kind::Null => Value::Null,
            Kind::Scalar { text, plain } => self.scalar(text, *plain),
            Kind::List(items) => Value::List(items.iter().map(|item| self.value(item)).collect()),
            Kind::Map(entries) => match entries.as_slice() {
                [only] if &*only.key == "Ref" || only.key.starts_with("Fn::") => {
                    self.intrinsic(&only.key, &only.value)
                }
                _ => Value::Map(node),
            },
        }
    }

    fn scalar(&self, text: &str, plain: bool) -> Value<'t> {
        if text.contains("{{resolve:") {
            return resolved(text);
        }
        match self.looped(text) {
            Ok(text) => Value::Text { text, plain },
            Err(why) => Value::Unknown(why),
        }
    }

    /// A text with the variables of the loops around put in; or why that is not done.
    pub(super) fn looped(&self, text: &str) -> Result<String, String> {
        let mut text = text.to_owned();
        for (name, value) in self.loops.iter().rev() {
            if text.contains(name.as_str()) {
                let bare: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                for (variable, value) in [(format!("${{{name}}}"), value), (format!("&{{{name}}}"), &bare)] {
                    let length = text.len() + text.matches(&variable).count() * value.len();
                    if length > LONGEST || !self.setting.effort.take(length / STRIDE) {
                        return Err(Effort::why());
                    }
                    text = text.replace(&variable, value);
                }
            }
        }
        Ok(text)
    }

    /// The value of a key, looked for at a cost.
    pub(super) fn look<'n>(&self, map: &'n Node, key: &str) -> Result<Option<&'n Node>, String> {
        if self.setting.effort.take(map.entries().len() / STRIDE) {
            Ok(map.get(key))
        } else {
            Err(Effort::why())
        }
    }

    /// A property of a map that may itself be an expression.
    pub(super) fn property(&self, map: &Value<'t>, name: &str) -> Value<'t> {
        match map {
            Value::Map(node) => match self.look(node, name) {
                Err(why) => Value::Unknown(why),
                Ok(found) => match (transform::changing(node), found) {
                    (Some(name), _) => Value::Unknown(format!("macro `{name}` may change it")),
                    (None, Some(found)) => self.value(found),
                    (None, None) => brought(node),
                },
            },
            Value::Unknown(why) => Value::Unknown(why.clone()),
            Value::Partly(_) => Value::Unknown(map.clone().into_text().err().unwrap_or_default()),
            Value::Text { .. } | Value::Null | Value::List(_) | Value::Nothing => Value::Nothing,
        }
    }
}

/// A text with a dynamic reference in it.
pub(super) fn resolved<'t>(text: &str) -> Value<'t> {
    let why = format!("dynamic reference `{text}` is resolved at deployment");
    Value::named(text, why, true)
}

/// What is not written, and may be brought in by what is.
fn brought<'t>(node: &Node) -> Value<'t> {
    let bringing = |key: &str| key == "Fn::Transform" || key.starts_with("Fn::ForEach::");
    match node.entries().iter().find(|entry| bringing(&entry.key)) {
        Some(entry) => Value::Unknown(format!("`{}` may give it", entry.key)),
        None => Value::Nothing,
    }
}
