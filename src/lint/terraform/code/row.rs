//! What is told of one instance of a block, and which files led to it.

use super::block::Block;
use super::instance::Instance;
use super::world::World;
use crate::lint::terraform::eval::Each;
use crate::lint::{Judgement, Language, Resource};
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

/// A finding with its files.
pub(super) struct Row {
    pub(super) resource: Resource,
    /// The files of its block, those that override it, and those of the calls that lead to it.
    pub(super) files: Vec<Rc<Path>>,
}

impl Row {
    pub(super) fn of(
        world: &World,
        instance: &Instance,
        block: &Block,
        each: &Each,
        judgement: Judgement,
    ) -> Self {
        let dot = if instance.address.is_empty() { "" } else { "." };
        let key = if instance.nothing.is_some() {
            String::new()
        } else {
            each.key().to_string()
        };
        let name = match block.kind.as_str() {
            "module" => format!("module.{}", block.label(0)),
            _ => format!("{}.{}", block.label(0), block.label(1)),
        };
        let window = block
            .attributes
            .get("backtrack_window")
            .filter(|_| block.kind == "resource");
        let (source, span) = match window {
            Some(window) => (&window.source, window.span.clone()),
            None => (&block.source, header(block)),
        };
        let address = format!("{}{dot}{name}{key}", instance.address);
        world.told.set(world.told.get() + address.len());
        Self {
            resource: Resource {
                file: source.name.clone(),
                address,
                language: Language::Module,
                place: Some(source.place(span)),
                judgement,
                suppressions: Vec::new(),
            },
            files: block.files().chain(&instance.through).cloned().collect(),
        }
    }
}

/// A block's first line: the whole of it would be no excerpt.
fn header(block: &Block) -> Range<usize> {
    let text = block.source.text.get(block.span.clone()).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    block.span.start..block.span.start + line.trim_end_matches(['{', ' ']).len()
}
