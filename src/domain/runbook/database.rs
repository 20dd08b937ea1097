//! How a runbook reaches the cluster with SQL. No password stands here: only where it is kept.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The `[database]` of a runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// The user that logs in.
    pub user: String,
    /// Where its password is.
    pub password: Password,
    /// The schema that unqualified names belong to.
    pub schema: Option<String>,
    /// By what the server is known.
    pub ca: Trust,
    /// Users whose sessions may stay: they only read.
    pub keep: Vec<String>,
    /// Where the server is; none: the writer endpoint that DescribeDBClusters tells.
    pub host: Option<String>,
    /// Its port; none: the one that DescribeDBClusters tells, or 3306.
    pub port: Option<u16>,
}

/// Where a password is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Password {
    /// In this variable of the operator's environment.
    Env(String),
    /// In this file, without its last end of line.
    File(String),
    /// In the secret that RDS manages for the cluster (`MasterUserSecret`).
    Managed,
    /// Nowhere: AWS signs a token for this caller.
    Iam,
}

/// By what a server is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// AWS's own authorities, which are shipped with this program.
    Rds,
    /// The authorities of a PEM file.
    File(String),
    /// By nothing, and nothing is encrypted: for a server on the loopback alone.
    None,
}

impl Database {
    /// The variable of the operator's that holds the password.
    pub fn variable(&self) -> Option<String> {
        match &self.password {
            Password::Env(name) => Some(name.clone()),
            Password::File(_) | Password::Managed | Password::Iam => None,
        }
    }

    /// Paths without a beginning are looked for from the runbook's own folder.
    pub(super) fn root(&mut self, folder: &Path) {
        if let Password::File(path) = &mut self.password {
            rooted(path, folder);
        }
        if let Trust::File(path) = &mut self.ca {
            rooted(path, folder);
        }
    }
}

fn rooted(path: &mut String, folder: &Path) {
    if !path.starts_with('/') {
        let whole: PathBuf = folder.join(path.as_str()).components().collect();
        *path = whole.to_string_lossy().into_owned();
    }
}
