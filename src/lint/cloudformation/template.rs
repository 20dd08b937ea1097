//! The sections of a template.

use std::ops::Range;

use crate::lint::regions::Regions;
use crate::lint::tree::{Kind, Node};

/// A template's tree, by its sections.
#[derive(Clone, Copy)]
pub(super) struct Template<'t> {
    /// All of it.
    pub(super) root: &'t Node,
    /// Of the command line: among others what `AWS::Region` is.
    pub(super) regions: Option<&'t Regions>,
}

/// One resource as it is declared, with the variables of the loops around it.
#[derive(Clone, Debug)]
pub(super) struct Declared<'t> {
    /// Its logical id, loops expanded.
    pub(super) id: String,
    /// Where its id stands.
    pub(super) at: Range<usize>,
    /// Its type; empty where none is written.
    pub(super) kind: String,
    /// Its body.
    pub(super) body: &'t Node,
    /// Names and values of the loops around it.
    pub(super) loops: Vec<(String, String)>,
}

impl<'t> Template<'t> {
    /// The template in a tree; none where it is something else.
    pub(super) fn of(root: &'t Node, regions: Option<&'t Regions>) -> Option<Self> {
        let entries = root.entries();
        let versioned = entries
            .iter()
            .any(|entry| &*entry.key == "AWSTemplateFormatVersion");
        let serverless = root.get("Transform").is_some_and(|transform| {
            let names = std::iter::once(transform).chain(transform.items());
            names.filter_map(Node::text).any(|name| name.starts_with("AWS::"))
        });
        let resources = root.get("Resources").map_or(&[][..], Node::entries);
        let typed = resources.iter().any(|entry| {
            let kind = entry.value.get("Type").and_then(Node::text);
            kind.is_some_and(|kind| kind.contains("::")) || entry.key.starts_with("Fn::")
        });
        (versioned || typed || (serverless && !resources.is_empty())).then_some(Self { root, regions })
    }

    /// The resources, before loops are expanded.
    pub(super) fn resources(&self) -> &'t [crate::lint::tree::Entry] {
        self.root.get("Resources").map_or(&[], Node::entries)
    }

    /// Why the template cannot be one that AWS takes, for what every deployment would refuse.
    pub(super) fn fault(&self) -> Option<(String, Range<usize>)> {
        let Some(section) = self.root.get("Resources") else {
            return Some((
                "expected a section `Resources`, got a template without one".to_owned(),
                0..0,
            ));
        };
        let Kind::Map(entries) = &section.kind else {
            return Some((
                "expected a map of resources, got something else".to_owned(),
                section.at.clone(),
            ));
        };
        if entries.is_empty() {
            return Some((
                "expected at least one resource, got none".to_owned(),
                section.at.clone(),
            ));
        }
        let odd = entries
            .iter()
            .find(|entry| !entry.key.starts_with("Fn::") && !is_resource(&entry.value))?;
        Some((
            format!("expected a map with `Type` for resource `{}`, got none", odd.key),
            odd.at.clone(),
        ))
    }
}

fn is_resource(node: &Node) -> bool {
    node.get("Type").and_then(Node::text).is_some()
        || node.entries().iter().any(|entry| entry.key.starts_with("Fn::"))
}
