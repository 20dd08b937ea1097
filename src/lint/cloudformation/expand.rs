//! Every resource that a template declares, with the loops of `AWS::LanguageExtensions` run.

use std::ops::Range;

use super::choice::World;
use super::opaque;
use super::scope::Scope;
use super::template::{Declared, Template};
use super::value::Value;
use crate::lint::tree::{Entry, Node};

/// Resources of one template; AWS takes 500.
const MOST: usize = 20_000;

/// A part of a template that may hold clusters, and cannot be looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closed {
    /// Its address.
    pub(super) id: String,
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// Why, as a fragment.
    pub(super) why: String,
}

/// What a template declares.
#[derive(Default)]
pub(super) struct Expanded<'t> {
    pub(super) resources: Vec<Declared<'t>>,
    pub(super) closed: Vec<Closed>,
    full: bool,
}

impl<'t> Expanded<'t> {
    /// All of it.
    pub(super) fn of(template: Template<'t>) -> Self {
        let mut expanded = Self::default();
        expanded.entries(template, template.resources(), &[]);
        expanded
    }

    /// The resource of a logical id.
    pub(super) fn find(&self, id: &str) -> Option<&Declared<'t>> {
        self.resources.iter().find(|resource| resource.id == id)
    }

    fn entries(&mut self, template: Template<'t>, entries: &'t [Entry], loops: &[(String, String)]) {
        for entry in entries {
            if self.resources.len() >= MOST {
                self.too_many(entry);
                return;
            }
            let world = World::default();
            let scope = Scope::new(template, &world, loops);
            if entry.key.starts_with("Fn::ForEach::") {
                self.each(&scope, entry);
            } else if &*entry.key == "Fn::Transform" {
                self.closed.push(Closed {
                    id: entry.key.to_string(),
                    at: entry.at.clone(),
                    why: "what it brings into `Resources` is not in this file".to_owned(),
                });
            } else {
                self.resources.push(Declared {
                    id: scope.looped(&entry.key),
                    at: entry.at.clone(),
                    body: &entry.value,
                    loops: loops.to_vec(),
                });
            }
        }
    }

    fn each(&mut self, scope: &Scope<'_, 't>, entry: &'t Entry) {
        let mut closed = |why: String| {
            self.closed.push(Closed {
                id: scope.looped(&entry.key),
                at: entry.at.clone(),
                why,
            });
        };
        let [variable, collection, body] = entry.value.items() else {
            closed("it is not given a variable, a collection and a body".to_owned());
            return;
        };
        let Some(variable) = variable.text() else {
            closed("its variable has no name".to_owned());
            return;
        };
        match items(scope, collection) {
            Ok(items) => {
                for item in items {
                    let mut loops = scope.loops.to_vec();
                    loops.push((variable.to_owned(), item));
                    self.entries(scope.template, body.entries(), &loops);
                }
            }
            Err(why) if may_hold(body) => closed(format!("its collection is not known: {why}")),
            Err(_) => {}
        }
    }

    fn too_many(&mut self, entry: &Entry) {
        if !self.full {
            self.full = true;
            self.closed.push(Closed {
                id: entry.key.to_string(),
                at: entry.at.clone(),
                why: format!("expected at most {MOST} resources, got more: what follows was not looked at"),
            });
        }
    }
}

/// The texts that a loop runs over. A parameter in a list brings its own list.
fn items<'t>(scope: &Scope<'_, 't>, collection: &'t Node) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for item in scope.value(collection).into_list()? {
        if matches!(item, Value::List(_)) {
            for inner in item.into_list()? {
                texts.push(inner.into_text()?);
            }
        } else {
            texts.push(item.into_text()?);
        }
    }
    Ok(texts)
}

/// True where a loop's body has a cluster, or something that may hold one.
fn may_hold(body: &Node) -> bool {
    body.entries().iter().any(|entry| {
        if entry.key.starts_with("Fn::ForEach::") {
            return entry.value.items().last().is_some_and(may_hold);
        }
        let kind = entry.value.get("Type").and_then(Node::text).unwrap_or_default();
        kind == super::cluster::KIND || opaque::reason(kind).is_some()
    })
}
