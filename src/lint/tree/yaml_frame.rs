//! A list or map of YAML that is not yet closed.

use std::ops::Range;
use std::rc::Rc;

use saphyr_parser::Tag;

use super::node::{Entry, Growing, Kind, Node};

/// What is open.
pub(super) struct Frame {
    pub(super) open: Open,
    pub(super) start: usize,
    pub(super) anchor: usize,
    pub(super) short: Option<Rc<str>>,
}

/// Its content so far.
pub(super) enum Open {
    List(Vec<Node>),
    Map {
        growing: Growing,
        /// A key whose value has not come, and whether it is a plain `<<`.
        key: Option<(Rc<str>, Range<usize>, bool)>,
        /// What merge keys bring.
        merged: Vec<Entry>,
    },
}

impl Open {
    pub(super) fn map() -> Self {
        Self::Map {
            growing: Growing::default(),
            key: None,
            merged: Vec::new(),
        }
    }

    /// The content when it is closed: own keys win over merged ones, earlier merged ones over later.
    pub(super) fn close(self) -> Kind {
        match self {
            Self::List(items) => Kind::List(items),
            Self::Map {
                mut growing, merged, ..
            } => {
                for entry in merged {
                    if growing.earlier(&entry.key).is_none() {
                        growing.push(entry);
                    }
                }
                Kind::Map(growing.entries)
            }
        }
    }
}

/// The long form of a short tag: `!Ref` is `Ref`, `!Sub` is `Fn::Sub`.
pub(super) fn long_form(tag: &Tag) -> Option<Rc<str>> {
    if tag.handle != "!" || tag.suffix.is_empty() {
        return None;
    }
    match tag.suffix.as_str() {
        "Ref" | "Condition" => Some(tag.suffix.as_str().into()),
        name => Some(format!("Fn::{name}").into()),
    }
}

/// A node under its short tag.
pub(super) fn tagged(node: Node, short: Option<Rc<str>>) -> Node {
    let Some(key) = short else { return node };
    let at = node.at.clone();
    Node {
        kind: Kind::Map(vec![Entry {
            key,
            at: at.clone(),
            value: node,
        }]),
        at,
    }
}
