//! The tree.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// Levels below each other. CloudFormation's own limit is far below; a stack has one, too.
pub(super) const DEPTH: usize = 100;
/// Parts of one file, after aliases were followed; what an anchor names is kept for them, and counts once more.
pub(super) const PARTS: usize = 1_000_000;
/// Entries of a map from which on its keys are looked up in a table.
const MANY: usize = 16;

/// One part of a file.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Node {
    /// What it is.
    pub(in crate::lint) kind: Kind,
    /// Its bytes in the text.
    pub(in crate::lint) at: Range<usize>,
}

/// What a part is.
#[derive(Clone, Debug)]
pub(in crate::lint) enum Kind {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A scalar as it is written. `plain`: without quotes, so that it may be a number or a boolean. Its text is shared by
    /// every alias of it: a long one with many aliases would fill the memory.
    Scalar { text: Rc<str>, plain: bool },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping; no key twice.
    Map(Vec<Entry>),
}

/// One entry of a map.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Entry {
    /// Its key, shared as texts are.
    pub(in crate::lint) key: Rc<str>,
    /// The key's bytes.
    pub(in crate::lint) at: Range<usize>,
    /// Its value.
    pub(in crate::lint) value: Node,
}

/// Why a text is no tree, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Fault {
    /// A lower-case fragment.
    pub(in crate::lint) message: String,
    /// Bytes of the text.
    pub(in crate::lint) at: Range<usize>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, at: Range<usize>) -> Self {
        Self {
            message: message.into(),
            at,
        }
    }
}

impl Node {
    /// The entries; none where it is no map.
    pub(in crate::lint) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            Kind::Null | Kind::Scalar { .. } | Kind::List(_) => &[],
        }
    }

    /// The items; none where it is no list.
    pub(in crate::lint) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Null | Kind::Scalar { .. } | Kind::Map(_) => &[],
        }
    }

    /// The entry of a key.
    pub(in crate::lint) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    /// The value of a key.
    pub(in crate::lint) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A scalar's text.
    pub(in crate::lint) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Number of parts, with itself.
    pub(super) fn parts(&self) -> usize {
        match &self.kind {
            Kind::Null | Kind::Scalar { .. } => 1,
            Kind::List(items) => 1 + items.iter().map(Node::parts).sum::<usize>(),
            Kind::Map(entries) => 1 + entries.iter().map(|entry| 1 + entry.value.parts()).sum::<usize>(),
        }
    }
}

/// A map under construction.
#[derive(Debug, Default)]
pub(super) struct Growing {
    pub(super) entries: Vec<Entry>,
    table: HashMap<Rc<str>, usize>,
}

impl Growing {
    /// The place of an earlier entry with this key.
    pub(super) fn earlier(&self, key: &str) -> Option<Range<usize>> {
        let found = if self.table.is_empty() {
            self.entries.iter().position(|entry| &*entry.key == key)
        } else {
            self.table.get(key).copied()
        };
        found.map(|at| self.entries[at].at.clone())
    }

    /// Adds an entry whose key is new.
    pub(super) fn push(&mut self, entry: Entry) {
        if !self.table.is_empty() {
            self.table.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        if self.table.is_empty() && self.entries.len() == MANY {
            let keys = self.entries.iter().enumerate();
            self.table = keys.map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
    }
}
