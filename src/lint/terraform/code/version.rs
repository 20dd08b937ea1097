//! Which versions of the provider of AWS a module allows: before 5.0.0 a cluster without an engine was `aurora`.

use super::declared::body;
use super::source::Source;
use std::path::Path;

/// True where only versions before 5 are allowed by one of the constraints.
pub(super) fn before_5(constraints: &[String]) -> bool {
    constraints
        .iter()
        .flat_map(|constraint| constraint.split(','))
        .any(|part| ends_before_5(part.trim()))
}

fn ends_before_5(constraint: &str) -> bool {
    let version = constraint.trim_start_matches(['=', '~', '<', '>', '!', ' ']);
    let operator = constraint[..constraint.len() - version.len()].trim();
    let parts: Vec<Option<u32>> = version.split('.').map(|part| part.parse().ok()).collect();
    let Some(Some(major)) = parts.first().copied() else {
        return false;
    };
    match operator {
        "" | "=" | "<=" => major < 5,
        // `~> 4` lets the major version grow.
        "~>" => major < 5 && parts.len() > 1,
        "<" => major < 5 || (major == 5 && parts[1..].iter().all(|part| *part == Some(0))),
        _ => false,
    }
}

/// The version of the provider that the lock file of a root module holds.
pub(super) fn locked(root: &Path) -> Option<String> {
    let path = root.join(".terraform.lock.hcl");
    let source = Source::read(String::new(), &path).ok()?;
    let (_, blocks) = body(&source).ok()?;
    let aws = blocks
        .iter()
        .find(|block| block.kind == "provider" && block.label(0).ends_with("/hashicorp/aws"))?;
    aws.value("version")?.as_str().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::before_5;

    #[test]
    fn a_constraint_ends_before_5_where_no_version_from_5_on_satisfies_it() {
        for constraint in [
            "~> 4.0",
            "4.67.0",
            "= 3.1",
            "< 5",
            "< 5.0.0",
            "<= 4.99",
            ">= 3.0, < 5.0",
            "~> 4.1.2",
        ] {
            assert!(before_5(&[constraint.to_owned()]), "{constraint}");
        }
        for constraint in [
            ">= 4.0", "~> 5.0", "~> 4", "< 5.1", "< 6.0", "> 3", "!= 4.0", "", "latest", "5.0.0",
        ] {
            assert!(!before_5(&[constraint.to_owned()]), "{constraint}");
        }
    }
}
