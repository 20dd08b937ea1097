//! The named parts of a template, each found at once.

use std::collections::{HashMap, HashSet};

use super::template::Template;
use crate::lint::tree::Node;

/// What a template declares, by names. Resources within loops are not among them.
pub(super) struct Catalog<'t> {
    pub(super) template: Template<'t>,
    pub(super) parameters: HashMap<&'t str, &'t Node>,
    pub(super) conditions: HashMap<&'t str, &'t Node>,
    pub(super) mappings: HashMap<&'t str, &'t Node>,
    resources: HashSet<&'t str>,
    /// Loops or transforms bring resources, too.
    brings: bool,
}

impl<'t> Catalog<'t> {
    pub(super) fn of(template: Template<'t>) -> Self {
        let table = |section: &str| {
            let entries = template.root.get(section).map_or(&[][..], Node::entries);
            let named = entries.iter().map(|entry| (&*entry.key, &entry.value));
            named.collect::<HashMap<_, _>>()
        };
        let resources = template.resources();
        Self {
            template,
            parameters: table("Parameters"),
            conditions: table("Conditions"),
            mappings: table("Mappings"),
            resources: resources.iter().map(|entry| &*entry.key).collect(),
            brings: resources.iter().any(|entry| entry.key.starts_with("Fn::")),
        }
    }

    /// True for what may be the logical id of a resource, those of loops included.
    pub(super) fn declares(&self, id: &str) -> bool {
        self.brings || self.resources.contains(id)
    }
}
