//! A folder as a root module.

use super::declared::{self, join};
use super::module::Module;
use super::relations::Relations;
use super::rows::{MOST, full, rows, unfold};
use super::tfvars;
use super::version::locked;
use super::world::World;
use crate::lint::regions::Regions;
use crate::lint::{Lint, Unreadable};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a folder, taken for a root module, declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Clusters, and modules that are not on disk.
    pub lint: Lint,
    /// Folders that it calls as modules, by their real path. Taken for root modules themselves they would be judged a
    /// second time, without the values that they are called with.
    pub modules: BTreeSet<PathBuf>,
    /// The files that each resource comes from, by their real folders: where it is declared, what overrides it, and the calls
    /// that lead to it.
    pub declared: Vec<Vec<Rc<Path>>>,
    /// The same of each file that could not be read; nothing where it concerns the folder as a whole.
    pub concerned: Vec<Vec<Rc<Path>>>,
    /// Files of this folder on which clusters in its other files may depend.
    pub shared: BTreeSet<Rc<Path>>,
}

/// Reads the folder `dir`, told as `name`, with everything on disk that it calls; none where no file of it is
/// Terraform's. `regions` tells where resources are whose provider names no Region.
pub fn folder(name: &str, dir: &Path, regions: Option<&Regions>) -> Option<Folder> {
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
                concerned: vec![Vec::new()],
                ..Folder::default()
            });
        }
    };
    let mut unreadable = Vec::new();
    let files = declared::read(name, &real, &names);
    let mut root = Module::of(real.clone(), name.to_owned(), files, &mut unreadable);
    root.aws_versions.extend(locked(dir));
    let given = tfvars::read(name, &real, &names, &mut unreadable);
    let world = World::new(root, given, unreadable, regions);
    unfold(&world, 0);
    let relations = Relations::of(&world);
    let mut found = Vec::new();
    rows(&world, &relations, 0, &mut found);
    if full(&world, &found) {
        found.truncate(MOST);
        world.unreadable.borrow_mut().push(Unreadable {
            file: name.to_owned(),
            message: format!("it comes to more than {MOST} clusters and modules, or to longer addresses than are told: the rest is not told"),
            place: None,
        });
    }
    let mut modules = world.visited.take();
    modules.remove(&real);
    let unreadable = world.unreadable.take();
    let concerned = unreadable.iter().map(|fault| concerned(&world, fault)).collect();
    let shared = world.instance(0).module.shared.clone();
    let (resources, declared) = found.into_iter().map(|row| (row.resource, row.files)).unzip();
    Some(Folder {
        lint: Lint {
            resources,
            unreadable,
        },
        modules,
        declared,
        concerned,
        shared,
    })
}

/// The file of a fault, and those of the calls that lead to its module.
fn concerned(world: &World, fault: &Unreadable) -> Vec<Rc<Path>> {
    let Some(name) = Path::new(&fault.file).file_name().and_then(OsStr::to_str) else {
        return Vec::new();
    };
    let mut files: BTreeSet<Rc<Path>> = BTreeSet::new();
    for instance in world.instances.borrow().iter() {
        if join(&instance.module.told, name) == fault.file {
            files.insert(Rc::from(instance.module.dir.join(name)));
            files.extend(instance.through.iter().cloned());
        }
    }
    files.into_iter().collect()
}
