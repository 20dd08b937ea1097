//! Resources that bring resources of their own, which this file does not hold.

use super::template::Declared;

/// The type of a nested stack.
pub(super) const STACK: &str = "AWS::CloudFormation::Stack";

/// Why what a resource brings, or is, cannot be seen; none for those that bring nothing.
pub(super) fn of(resource: &Declared<'_>) -> Option<String> {
    if resource.kind.is_empty() {
        let entries = resource.body.entries().iter();
        let bringing = entries
            .map(|entry| &entry.key)
            .find(|key| key.starts_with("Fn::"));
        return bringing.map(|key| format!("what it is, `{key}` gives at deployment"));
    }
    reason(&resource.kind).map(str::to_owned)
}

/// Why what a kind of resource brings cannot be seen; none for kinds that bring nothing.
pub(super) fn reason(kind: &str) -> Option<&'static str> {
    match kind {
        STACK => Some("a nested stack: lint its template by itself"),
        "AWS::CloudFormation::StackSet" => Some("a stack set: lint its template by itself"),
        "AWS::Serverless::Application" => Some("a nested application: lint its template by itself"),
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct" => {
            Some("a product of Service Catalog: lint its template by itself")
        }
        _ if kind.ends_with("::MODULE") => {
            Some("a module: what it holds is in the registry and not in this file")
        }
        _ => None,
    }
}
