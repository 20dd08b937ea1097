//! Blocks and attributes, whichever of the two syntaxes they were written in.

use super::source::Source;
use hcl_edit::Span;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Body, Structure};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

/// `name = value`.
#[derive(Clone, Debug)]
pub(in crate::lint::terraform) struct Attribute {
    pub(in crate::lint::terraform) value: Expression,
    /// The file: an override may come from another than the block's.
    pub(super) source: Rc<Source>,
    pub(super) span: Range<usize>,
}

/// `kind "label" { … }`.
#[derive(Clone, Debug)]
pub(in crate::lint::terraform) struct Block {
    pub(in crate::lint::terraform) kind: String,
    pub(in crate::lint::terraform) labels: Vec<String>,
    pub(in crate::lint::terraform) attributes: BTreeMap<String, Attribute>,
    pub(in crate::lint::terraform) blocks: Vec<Block>,
    pub(super) source: Rc<Source>,
    pub(super) span: Range<usize>,
    /// The files that were laid over it.
    pub(super) over: Vec<Rc<Source>>,
}

impl Block {
    /// Every file that has a part in it, its own first.
    pub(super) fn files(&self) -> impl Iterator<Item = &Rc<Path>> {
        std::iter::once(&self.source)
            .chain(&self.over)
            .map(|source| &source.path)
    }

    /// The blocks of a kind within it.
    pub(super) fn within<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Self> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }

    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<&Expression> {
        self.attributes.get(name).map(|attribute| &attribute.value)
    }

    /// A label, or nothing.
    pub(super) fn label(&self, at: usize) -> &str {
        self.labels.get(at).map_or("", String::as_str)
    }
}

/// The blocks of a body, and its attributes. Depth is bounded by the parser.
pub(super) fn of_body(body: Body, source: &Rc<Source>) -> (BTreeMap<String, Attribute>, Vec<Block>) {
    let mut attributes = BTreeMap::new();
    let mut blocks = Vec::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let span = attribute.span().unwrap_or_default();
                let one = Attribute {
                    value: attribute.value,
                    source: Rc::clone(source),
                    span,
                };
                attributes.insert(attribute.key.value().to_string(), one);
            }
            Structure::Block(block) => {
                let span = block.span().unwrap_or_default();
                let (within, inner) = of_body(block.body, source);
                blocks.push(Block {
                    kind: block.ident.value().to_string(),
                    labels: block
                        .labels
                        .iter()
                        .map(|label| label.as_str().to_owned())
                        .collect(),
                    attributes: within,
                    blocks: inner,
                    source: Rc::clone(source),
                    span,
                    over: Vec::new(),
                });
            }
        }
    }
    (attributes, blocks)
}
