//! Every resource that a template declares, with the loops of `AWS::LanguageExtensions` run.

use std::collections::HashMap;
use std::ops::Range;

use super::scope::Scope;
use super::setting::{Notes, Setting};
use super::template::Declared;
use super::transform::{self, Macro};
use super::value::Value;
use super::{cluster, opaque};
use crate::lint::tree::{Entry, Node};

/// Resources of one template; AWS takes 500.
const MOST: usize = 20_000;
/// Turns of all loops of one template.
const TURNS: usize = 100_000;

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
    /// A macro among the resources, which may change those beside it.
    pub(super) rewriting: Option<Macro>,
    by_id: HashMap<String, usize>,
    /// Number of resources by type.
    kinds: HashMap<String, usize>,
    turns: usize,
    full: bool,
}

impl<'t> Expanded<'t> {
    /// All of it; `setting` is the world of what is written.
    pub(super) fn of(setting: &Setting<'_, 't>) -> Self {
        let mut expanded = Self::default();
        expanded.entries(setting, setting.catalog.template.resources(), &[]);
        for (at, resource) in expanded.resources.iter().enumerate() {
            expanded.by_id.entry(resource.id.clone()).or_insert(at);
            *expanded.kinds.entry(resource.kind.clone()).or_default() += 1;
        }
        expanded
    }

    /// The resource of a logical id.
    pub(super) fn find(&self, id: &str) -> Option<&Declared<'t>> {
        self.by_id.get(id).map(|at| &self.resources[*at])
    }

    /// Number of resources of a type.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or_default()
    }

    fn entries(&mut self, setting: &Setting<'_, 't>, entries: &'t [Entry], loops: &[(String, String)]) {
        for entry in entries {
            if self.resources.len() >= MOST {
                self.too_many(entry, &format!("expected at most {MOST} resources, got more"));
                return;
            }
            let notes = Notes::default();
            let scope = Scope::new(setting, &notes, loops);
            if entry.key.starts_with("Fn::ForEach::") {
                self.each(&scope, entry);
            } else if &*entry.key == "Fn::Transform" {
                self.rewriting = self.rewriting.take().or_else(|| transform::among(entry));
                self.close(
                    entry.key.to_string(),
                    entry,
                    "what it brings into `Resources` is not in this file".to_owned(),
                );
            } else {
                self.resource(&scope, entry);
            }
        }
    }

    fn resource(&mut self, scope: &Scope<'_, 't>, entry: &'t Entry) {
        let kind = written(&entry.value);
        match (scope.looped(&entry.key), scope.looped(kind)) {
            (Ok(id), Ok(kind)) => self.resources.push(Declared {
                id,
                kind,
                at: entry.at.clone(),
                body: &entry.value,
                loops: scope.loops.to_vec(),
            }),
            (Err(why), _) | (_, Err(why)) => self.close(entry.key.to_string(), entry, why),
        }
    }

    fn close(&mut self, id: String, entry: &Entry, why: String) {
        self.closed.push(Closed {
            id,
            at: entry.at.clone(),
            why,
        });
    }

    fn each(&mut self, scope: &Scope<'_, 't>, entry: &'t Entry) {
        let id = scope.looped(&entry.key).unwrap_or_else(|_| entry.key.to_string());
        let [variable, collection, body] = entry.value.items() else {
            return self.close(
                id,
                entry,
                "it is not given a variable, a collection and a body".to_owned(),
            );
        };
        let Some(variable) = variable.text() else {
            return self.close(id, entry, "its variable has no name".to_owned());
        };
        match items(scope, collection) {
            Ok(items) => {
                for item in items {
                    if self.turns >= TURNS {
                        let many = format!("expected at most {TURNS} turns of loops, got more");
                        return self.too_many(entry, &many);
                    }
                    self.turns += 1;
                    let mut loops = scope.loops.to_vec();
                    loops.push((variable.to_owned(), item));
                    self.entries(scope.setting, body.entries(), &loops);
                }
            }
            Err(why) if may_hold(body) => {
                self.close(id, entry, format!("its collection is not known: {why}"));
            }
            Err(_) => {}
        }
    }

    fn too_many(&mut self, entry: &Entry, many: &str) {
        if !self.full {
            self.full = true;
            self.close(
                entry.key.to_string(),
                entry,
                format!("{many}: what follows was not looked at"),
            );
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

/// A resource's type as it is written. AWS knows none with blanks around it, and what is meant is plain.
fn written(body: &Node) -> &str {
    body.get("Type").and_then(Node::text).unwrap_or_default().trim()
}

/// True where a loop's body has a cluster, or something that may hold or become one.
fn may_hold(body: &Node) -> bool {
    body.entries().iter().any(|entry| {
        if entry.key.starts_with("Fn::ForEach::") {
            return entry.value.items().last().is_some_and(may_hold);
        }
        let kind = written(&entry.value);
        kind == cluster::KIND
            || kind.is_empty()
            || kind.contains(['$', '&'])
            || opaque::reason(kind).is_some()
    })
}
