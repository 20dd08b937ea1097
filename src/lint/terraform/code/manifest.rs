//! Where `terraform init` put the modules that came from elsewhere: `.terraform/modules/modules.json`.

use crate::lint::terraform::disk;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "Modules")]
    modules: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Source")]
    source: String,
    #[serde(rename = "Dir")]
    dir: PathBuf,
}

/// Folders by `(path of calls, source)`: `db.network`.
#[derive(Debug, Default)]
pub(super) struct Manifest(BTreeMap<(String, String), PathBuf>);

impl Manifest {
    /// The manifest of a root module; one that is not there or not readable knows of nothing.
    pub(super) fn of(root: &Path) -> Self {
        let bytes = disk::bytes(&root.join(".terraform/modules/modules.json")).unwrap_or_default();
        let entries =
            serde_json::from_slice::<Written>(&bytes).map_or_else(|_| Vec::new(), |written| written.modules);
        Self(
            entries
                .into_iter()
                .map(|entry| ((entry.key, entry.source), entry.dir))
                .collect(),
        )
    }

    /// The folder of a module, relative to the root; only where it was fetched from the source that is asked for.
    pub(super) fn folder(&self, path: &str, source: &str) -> Option<&PathBuf> {
        let found = |source: String| self.0.get(&(path.to_owned(), source));
        // Terraform writes the registry's own host name in front.
        found(source.to_owned()).or_else(|| found(format!("registry.terraform.io/{source}")))
    }
}
