//! What an expression of a plan's configuration refers to: through the variables that a module is called with, and through
//! the outputs of modules.

use super::address::{begins, steps};
use super::configuration::Configuration;
use serde_json::Value as Json;
use std::cell::Cell;
use std::collections::HashSet;

/// References followed for one file: what refers to itself in many ways has no end.
const MOST: u32 = 200_000;

/// A resource, as far as a reference tells which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Of its module; what has no key may have any.
    pub(super) module: String,
    pub(super) kind: String,
    pub(super) name: String,
    /// Its index, as written; empty where it may be any.
    pub(super) key: String,
}

/// What an expression refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) targets: Vec<Target>,
    /// Something else has a say in it that may not be known before the apply: a local, data, a whole module.
    pub(super) loose: bool,
    /// So has a value that the plan knows: it may choose.
    pub(super) chosen: bool,
}

impl Found {
    /// The only resource that it can be of.
    pub(super) fn only(&self) -> Option<&Target> {
        match self.targets.as_slice() {
            [only] if !self.loose && !self.chosen => Some(only),
            _ => None,
        }
    }
}

/// Follows references.
#[derive(Default)]
pub(super) struct References {
    followed: Cell<u32>,
}

/// One question.
struct Search<'s, 'a> {
    configuration: &'s Configuration<'a>,
    left: &'s Cell<u32>,
    seen: HashSet<(String, String)>,
    found: Found,
}

impl References {
    /// What an expression refers to that stands in a module; `block` is the resource that it is of.
    pub(super) fn of(
        &self,
        configuration: &Configuration<'_>,
        module: &str,
        block: &Json,
        expression: &Json,
    ) -> Found {
        let mut search = Search {
            configuration,
            left: &self.followed,
            seen: HashSet::new(),
            found: Found::default(),
        };
        search.all(module, Some(expression), block);
        search.found
    }
}

impl Search<'_, '_> {
    /// Follows an expression's references. Each stands with its own beginnings right behind it; those say nothing more.
    fn all(&mut self, path: &str, expression: Option<&Json>, block: &Json) {
        let references = expression.and_then(|expression| expression.get("references")?.as_array());
        let mut before = "";
        for reference in references.into_iter().flatten().filter_map(Json::as_str) {
            if !begins(reference, before) {
                self.one(path, reference, block);
            }
            before = reference;
        }
    }

    fn one(&mut self, path: &str, reference: &str, block: &Json) {
        if self.left.get() >= MOST {
            self.found.loose = true;
            return;
        }
        self.left.set(self.left.get() + 1);
        if !self.seen.insert((path.to_owned(), reference.to_owned())) {
            return;
        }
        let parts = steps(reference);
        let names: Vec<&str> = parts.iter().map(|step| step.name).collect();
        match names.as_slice() {
            ["var", name, ..] => self.variable(path, name),
            ["module", call, ..] => {
                let output = parts.get(2).map(|step| step.name);
                self.output(path, call, parts[1].key, output);
            }
            // The plan knows these: of `each` all keys, and not all values.
            ["count" | "path" | "terraform" | "self", ..] | ["each", "key", ..] => {}
            ["each", ..] => match block.get("for_each_expression") {
                Some(each) => self.all(path, Some(each), &Json::Null),
                None => self.found.loose = true,
            },
            ["local" | "data" | "ephemeral", ..] => self.found.loose = true,
            [kind, name, ..] => {
                let target = Target {
                    module: path.to_owned(),
                    kind: (*kind).to_owned(),
                    name: (*name).to_owned(),
                    key: parts[1].key.to_owned(),
                };
                if !self.found.targets.contains(&target) {
                    self.found.targets.push(target);
                }
            }
            _ => self.found.loose = true,
        }
    }

    /// A variable: of the root module it is known to the plan, of any other it is what the call says.
    fn variable(&mut self, path: &str, name: &str) {
        let parts = steps(path);
        let caller = parts.last().and_then(|last| {
            let caller = path.strip_suffix(&format!("module.{}{}", last.name, last.key))?;
            Some((
                caller.trim_end_matches('.'),
                self.configuration.call(caller.trim_end_matches('.'), last.name)?,
            ))
        });
        let expression = caller.and_then(|(caller, call)| {
            let expression = call.get("expressions")?.get(name)?;
            expression.get("references")?;
            Some((caller, call, expression))
        });
        match expression {
            Some((caller, call, expression)) => self.all(caller, Some(expression), call),
            None => self.found.chosen = true,
        }
    }

    /// An output of a module, or all of them where it is not told which.
    fn output(&mut self, path: &str, call: &str, key: &str, output: Option<&str>) {
        let dot = if path.is_empty() { "" } else { "." };
        let inner = format!("{path}{dot}module.{call}{key}");
        let outputs = self
            .configuration
            .call(path, call)
            .and_then(|call| call.get("module")?.get("outputs")?.as_object());
        let there = |name| outputs.is_some_and(|outputs| outputs.contains_key(name));
        self.found.loose |= !output.is_some_and(there);
        for (name, value) in outputs.into_iter().flatten() {
            if output.is_none_or(|output| output == name) {
                self.all(&inner, value.get("expression"), &Json::Null);
            }
        }
    }
}
