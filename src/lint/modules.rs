//! Terraform's modules among what was named: a folder is a root module, and a file is read with its folder.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::resource::Lint;
use super::terraform;

/// How the names of a module's files end. What they say depends on all of them, and is never read file by file.
const ENDINGS: [&str; 4] = [".tf", ".tf.json", ".tfvars", ".tfvars.json"];

/// True for a file that belongs to a module.
pub(super) fn holds(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| ENDINGS.iter().any(|ending| name.ends_with(ending)))
}

/// What each root module of these folders declares. One that another calls is judged there, with the values that it is
/// called with.
pub(super) fn of_folders(folders: &[PathBuf], region: Option<&str>) -> Vec<Lint> {
    let mut called = BTreeSet::new();
    let mut roots = Vec::new();
    for folder in folders {
        if let Some(found) = terraform::folder(&folder.display().to_string(), folder, region) {
            called.extend(found.modules);
            roots.push((folder, found.lint));
        }
    }
    let root = |folder: &Path| folder.canonicalize().map_or(true, |real| !called.contains(&real));
    roots
        .into_iter()
        .filter(|(folder, _)| root(folder))
        .map(|(_, lint)| lint)
        .collect()
}

/// What one file of a module declares, read together with the rest of its folder.
pub(super) fn of_file(path: &Path, region: Option<&str>) -> Option<Lint> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    };
    let mut lint = terraform::folder(&folder.display().to_string(), folder, region)?.lint;
    lint.resources
        .retain(|resource| same(Path::new(&resource.file), path));
    lint.unreadable.retain(|fault| same(Path::new(&fault.file), path));
    Some(lint)
}

/// Whether two names lead to one file, as far as names tell.
fn same(one: &Path, other: &Path) -> bool {
    let parts = |path: &Path| -> Vec<PathBuf> {
        path.components()
            .filter(|part| *part != Component::CurDir)
            .map(|part| PathBuf::from(part.as_os_str()))
            .collect()
    };
    parts(one) == parts(other)
}
