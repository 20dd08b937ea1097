//! Resources that bring resources of their own, which this file does not hold.

/// Why what a kind of resource brings cannot be seen; none for kinds that bring nothing.
pub(super) fn reason(kind: &str) -> Option<&'static str> {
    match kind {
        "AWS::CloudFormation::Stack" => Some("a nested stack: lint its template by itself"),
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
