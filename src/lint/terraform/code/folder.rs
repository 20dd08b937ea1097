//! A folder as a root module.

use super::declared;
use super::module::Module;
use super::relations::Relations;
use super::rows::{MOST, full, rows, unfold};
use super::tfvars;
use super::version::locked;
use super::world::World;
use crate::lint::{Lint, Unreadable};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a folder, taken for a root module, declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Clusters, and modules that are not on disk.
    pub lint: Lint,
    /// Folders that it calls as modules, by their real path. Taken for root modules themselves they would be judged a
    /// second time, without the values that they are called with.
    pub modules: BTreeSet<PathBuf>,
}

/// Reads the folder `dir`, told as `name`, with everything on disk that it calls; none where no file of it is
/// Terraform's. `region` is where resources are whose provider names no Region.
pub fn folder(name: &str, dir: &Path, region: Option<&str>) -> Option<Folder> {
    let names = declared::listed(dir)?;
    if !names.iter().any(|name| declared::is_configuration(name)) {
        return None;
    }
    let real = match dir.canonicalize() {
        Ok(real) => real,
        Err(error) => {
            let fault = Unreadable {
                file: name.to_owned(),
                message: error.to_string(),
                place: None,
            };
            return Some(Folder {
                lint: Lint {
                    resources: Vec::new(),
                    unreadable: vec![fault],
                },
                modules: BTreeSet::new(),
            });
        }
    };
    let mut unreadable = Vec::new();
    let files = declared::read(name, dir, &names);
    let mut root = Module::of(real.clone(), name.to_owned(), files, &mut unreadable);
    root.aws_versions.extend(locked(dir));
    let given = tfvars::read(name, dir, &names, &mut unreadable);
    let world = World::new(root, given, unreadable, region.map(ToOwned::to_owned));
    unfold(&world, 0);
    let relations = Relations::of(&world);
    let mut resources = Vec::new();
    rows(&world, &relations, 0, &mut resources);
    if full(&world, &resources) {
        resources.truncate(MOST);
        world.unreadable.borrow_mut().push(Unreadable {
            file: name.to_owned(),
            message: format!("it comes to more than {MOST} clusters and modules, or to longer addresses than are told: the rest is not told"),
            place: None,
        });
    }
    let mut modules = world.visited.into_inner();
    modules.remove(&real);
    Some(Folder {
        lint: Lint {
            resources,
            unreadable: world.unreadable.into_inner(),
        },
        modules,
    })
}
