//! What rewrites a template before it is deployed.

use std::ops::Range;

use super::template::Template;
use crate::lint::tree::{Kind, Node};

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
    let names = declared.flat_map(|transform| match &transform.kind {
        Kind::List(items) => items.iter().collect(),
        Kind::Null | Kind::Scalar { .. } | Kind::Map(_) => vec![transform],
    });
    names
        .filter_map(|node| {
            let name = node.text().or_else(|| node.get("Name").and_then(Node::text))?;
            let harmless = HARMLESS.iter().any(|known| name.starts_with(known));
            (!harmless).then(|| Macro {
                name: name.to_owned(),
                at: node.at.clone(),
                includes: name == "AWS::Include",
            })
        })
        // One that changes what is written says more than one that adds.
        .min_by_key(|found| found.includes)
}
