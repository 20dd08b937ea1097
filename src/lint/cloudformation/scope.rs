//! Where an expression is evaluated: the template, what is assumed, and what is noted on the way.

use std::cell::{Cell, RefCell};

use super::choice::{Choice, World};
use super::template::Template;
use super::value::Value;
use crate::lint::judgement::Cause;
use crate::lint::tree::{Kind, Node};

/// Expressions within each other, and conditions that name each other.
const DEPTH: u32 = 200;

/// One evaluation.
pub(super) struct Scope<'s, 't> {
    pub(super) template: Template<'t>,
    pub(super) world: &'s World,
    /// Variables of the loops around, the innermost last.
    pub(super) loops: &'s [(String, String)],
    /// A value came from a parameter.
    pub(super) parameterised: Cell<bool>,
    /// A value depended on a condition.
    pub(super) conditional: Cell<bool>,
    /// The first thing that was undecided and has countable answers.
    pub(super) open: RefCell<Option<Choice>>,
    /// The first thing that whoever lints can give.
    pub(super) lacking: Cell<Option<Cause>>,
    depth: Cell<u32>,
}

impl<'s, 't> Scope<'s, 't> {
    pub(super) fn new(template: Template<'t>, world: &'s World, loops: &'s [(String, String)]) -> Self {
        Self {
            template,
            world,
            loops,
            parameterised: Cell::new(false),
            conditional: Cell::new(false),
            open: RefCell::new(None),
            lacking: Cell::new(None),
            depth: Cell::new(0),
        }
    }

    /// Notes something undecided; the first stays.
    pub(super) fn undecided(&self, choice: Choice) {
        self.open.borrow_mut().get_or_insert(choice);
    }

    /// Notes what would decide it; the first stays.
    pub(super) fn lacks(&self, cause: Cause) {
        self.lacking.set(self.lacking.get().or(Some(cause)));
    }

    /// Goes one level down, or gives nothing where that has no end.
    pub(super) fn deeper<T>(&self, then: impl FnOnce() -> T) -> Option<T> {
        if self.depth.get() >= DEPTH {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let result = then();
        self.depth.set(self.depth.get() - 1);
        Some(result)
    }

    /// What an expression gives.
    pub(super) fn value(&self, node: &'t Node) -> Value<'t> {
        self.deeper(|| self.shallow(node))
            .unwrap_or_else(|| Value::Unknown("expressions name each other without an end".to_owned()))
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
            return Value::Given(format!("dynamic reference `{text}` is resolved at deployment"));
        }
        let text = self.looped(text);
        Value::Text { text, plain }
    }

    /// A text with the variables of the loops around put in.
    pub(super) fn looped(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in self.loops.iter().rev() {
            if text.contains(name.as_str()) {
                let bare: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                text = text
                    .replace(&format!("${{{name}}}"), value)
                    .replace(&format!("&{{{name}}}"), &bare);
            }
        }
        text
    }

    /// A property of a map that may itself be an expression.
    pub(super) fn property(&self, map: &Value<'t>, name: &str) -> Value<'t> {
        match map {
            Value::Map(node) => match node.get(name) {
                Some(found) => self.value(found),
                None => brought(node),
            },
            Value::Unknown(why) | Value::Given(why) => Value::Unknown(why.clone()),
            Value::Text { .. } | Value::Null | Value::List(_) | Value::Nothing | Value::Resource(_) => {
                Value::Nothing
            }
        }
    }
}

/// What is not written, and may be brought in by what is.
fn brought<'t>(node: &Node) -> Value<'t> {
    let bringing = |key: &str| key == "Fn::Transform" || key.starts_with("Fn::ForEach::");
    match node.entries().iter().find(|entry| bringing(&entry.key)) {
        Some(entry) => Value::Unknown(format!("`{}` may give it", entry.key)),
        None => Value::Nothing,
    }
}
