//! What rewrites a template before it is deployed.

use std::ops::Range;

use super::template::Template;
use crate::lint::tree::{Entry, Kind, Node};

/// Transforms of AWS that neither make clusters nor change what is written of them.
const HARMLESS: [&str; 6] = [
    "AWS::CodeDeployBlueGreen",
    "AWS::CodeStar",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-",
    "AWS::Serverless-",
    "AWS::ServiceCatalog",
];

/// A transform that may change or bring resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Macro {
    pub(super) name: String,
    pub(super) at: Range<usize>,
    /// It adds parts and changes none: `AWS::Include`.
    pub(super) includes: bool,
}

/// The first transform of a template whose work cannot be known.
pub(super) fn unknown(template: Template<'_>) -> Option<Macro> {
    let declared = ["Transform", "Fn::Transform"]
        .iter()
        .filter_map(|key| template.root.get(key));
    // One that changes what is written says more than one that adds.
    declared.flat_map(macros).min_by_key(|found| found.includes)
}

/// A transform among resources that changes those beside it: all but `AWS::Include` may.
pub(super) fn among(entry: &Entry) -> Option<Macro> {
    macros(&entry.value).into_iter().find(|found| !found.includes)
}

/// The name of a transform within a map that may change what stands beside it.
pub(super) fn changing(map: &Node) -> Option<String> {
    let entries = map.entries();
    let transform = entries.iter().filter(|entry| &*entry.key == "Fn::Transform");
    transform.filter_map(among).map(|found| found.name).next()
}

/// Transforms whose work cannot be known.
fn macros(transform: &Node) -> Vec<Macro> {
    let nodes = match &transform.kind {
        Kind::List(items) => items.iter().collect(),
        Kind::Null | Kind::Scalar { .. } | Kind::Map(_) => vec![transform],
    };
    let named = nodes.into_iter().filter_map(|node| {
        let name = node.text().or_else(|| node.get("Name").and_then(Node::text))?;
        let harmless = HARMLESS.iter().any(|known| name.starts_with(known));
        (!harmless).then(|| Macro {
            name: name.to_owned(),
            at: node.at.clone(),
            includes: name == "AWS::Include",
        })
    });
    named.collect()
}
