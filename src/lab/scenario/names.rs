//! The name of a lab's cluster: one that RDS would never give.

use serde::Deserialize;

/// A cluster identifier with two consecutive hyphens, which RDS forbids: a lab name cannot reach production.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ClusterName(String);

/// Why a text is no name of a lab's cluster.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NameError {
    #[error("expected a cluster id with two consecutive hyphens (RDS forbids them), got {0:?}")]
    NoDoubleHyphen(String),
    #[error(
        "expected at most 55 (a clone: 63) lower-case letters, digits and hyphens, a letter first and no hyphen last, got {0:?}"
    )]
    BadForm(String),
}

impl ClusterName {
    /// Leaves room for `-1` and the like in the members' names (at most 63 characters).
    const MAX_LENGTH: usize = 55;

    /// As RDS has it.
    const MAX_LENGTH_OF_A_CLONE: usize = 63;

    /// The name of a clone, which a client chooses. RDS stores names in lower case.
    pub(crate) fn of_a_clone(name: &str) -> Result<Self, NameError> {
        Self::read(name.to_ascii_lowercase(), Self::MAX_LENGTH_OF_A_CLONE)
    }

    /// The cluster of a drill.
    pub(crate) fn drill() -> Self {
        Self("orders--drill".to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn read(name: String, longest: usize) -> Result<Self, NameError> {
        let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
        let spelt_well = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !starts_well || !spelt_well || name.ends_with('-') || name.len() > longest {
            return Err(NameError::BadForm(name));
        }
        if !name.contains("--") {
            return Err(NameError::NoDoubleHyphen(name));
        }
        Ok(Self(name))
    }
}

impl TryFrom<String> for ClusterName {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::read(name, Self::MAX_LENGTH)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClusterName, NameError};

    #[test]
    fn only_a_name_that_rds_forbids_is_taken() {
        let read = |name: &str| ClusterName::try_from(name.to_owned());
        assert!(read("orders--drill").is_ok());
        assert!(matches!(read("orders-prod"), Err(NameError::NoDoubleHyphen(_))));
        for name in [
            "",
            "--orders",
            "Orders--drill",
            "orders--",
            "orders--drill!",
            &"o--".repeat(30),
        ] {
            assert!(matches!(read(name), Err(NameError::BadForm(_))), "{name}");
        }
    }
}
