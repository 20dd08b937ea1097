//! Terraform's modules among what was named: a folder is a root module, and a file is read with its folder.
//!
//! Everything that was named is looked at together. A module that another one calls is judged there, with the values
//! that it is called with, whichever of the two was named first, and whether as a folder or by its files.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::regions::Regions;
use super::resource::Lint;
use super::terraform;

/// How the names of a module's files end. What they say depends on all of them, and is never read file by file.
const ENDINGS: [&str; 6] = [
    ".tf",
    ".tf.json",
    ".tfvars",
    ".tfvars.json",
    ".tofu",
    ".tofu.json",
];

/// True for a file that belongs to a module.
pub(super) fn holds(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            ENDINGS.iter().any(|ending| name.ends_with(ending))
                // What begins with a dot is none of its configuration.
                && (!name.starts_with('.') || values(path).is_some())
        })
}

/// What Terraform reads a file of values for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// By itself: it may change anything that its folder declares.
    Always,
    /// Where it is named by `-var-file`.
    Asked,
}

/// Which file of values it is; none where it is none.
pub(super) fn values(path: &Path) -> Option<Values> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".json").unwrap_or(name);
    let stem = name.strip_suffix(".tfvars")?;
    let always = stem == "terraform" || stem.strip_suffix(".auto").is_some();
    Some(if always { Values::Always } else { Values::Asked })
}

/// Folders that may be modules, in the order in which they were named.
#[derive(Debug, Default)]
pub(super) struct Modules {
    folders: Vec<Folder>,
    /// By their real path.
    known: BTreeMap<PathBuf, usize>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    real: PathBuf,
    /// The numbers of the named paths that lead here; what it declares is told with the first.
    by: Vec<usize>,
    told: Told,
}

/// How much of a folder is told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// All that it declares.
    All,
    /// What files of these names declare.
    Files(BTreeSet<OsString>),
}

/// What modules declare.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Each root module's, under the number of the path that it is told with.
    pub(super) roots: Vec<(usize, Lint)>,
    /// Numbers of the paths that lead to a module, wherever it is judged.
    pub(super) holding: BTreeSet<usize>,
}

impl Modules {
    /// A folder, of which everything is to be told.
    pub(super) fn folder(&mut self, by: usize, path: &Path) {
        self.add(by, path, Told::All);
    }

    /// A file of a module: what it declares itself is to be told, or what its values are for.
    pub(super) fn file(&mut self, by: usize, path: &Path) {
        if values(path).is_some() {
            self.folder(by, &parent(path));
            return;
        }
        let name = path.file_name().unwrap_or_default().to_owned();
        self.add(by, &parent(path), Told::Files(BTreeSet::from([name])));
    }

    fn add(&mut self, by: usize, path: &Path, told: Told) {
        let real = real(path);
        let Some(at) = self.known.get(&real) else {
            self.known.insert(real.clone(), self.folders.len());
            self.folders.push(Folder {
                path: path.to_owned(),
                real,
                by: vec![by],
                told,
            });
            return;
        };
        let folder = &mut self.folders[*at];
        folder.by.push(by);
        match (&mut folder.told, told) {
            (Told::All, _) => {}
            (Told::Files(known), Told::Files(more)) => known.extend(more),
            (Told::Files(_), Told::All) => folder.told = Told::All,
        }
    }

    /// What each root module among them declares.
    pub(super) fn read(self, regions: Option<&Regions>) -> Declared {
        let mut declared = Declared::default();
        let mut all = BTreeSet::new();
        let mut read = Vec::new();
        for folder in &self.folders {
            if let Some(found) = terraform::folder(&folder.path.display().to_string(), &folder.path, regions)
            {
                declared.holding.extend(&folder.by);
                if found.shared.iter().any(|file| self.named(file)) {
                    all.insert(folder.real.as_path());
                }
                read.push((folder, found));
            }
        }
        let called: BTreeSet<&PathBuf> = read.iter().flat_map(|(_, found)| &found.modules).collect();
        let mut judged: BTreeSet<&PathBuf> = BTreeSet::new();
        let mut root = vec![false; read.len()];
        // Those that nobody calls, then what these do not lead to: modules that call each other in a circle.
        for circles in [false, true] {
            for (at, (folder, found)) in read.iter().enumerate() {
                let outside = if circles {
                    !judged.contains(&folder.real)
                } else {
                    !called.contains(&folder.real)
                };
                if outside && !root[at] {
                    root[at] = true;
                    judged.insert(&folder.real);
                    judged.extend(&found.modules);
                }
            }
        }
        let roots = read.iter().zip(root).filter(|(_, root)| *root);
        let told = |file: &Path| self.named(file) || file.parent().is_some_and(|folder| all.contains(folder));
        declared.roots = roots
            .map(|((folder, found), _)| (folder.by[0], kept(found, told)))
            .collect();
        declared
    }

    /// Whether a file was named, by itself or with its folder.
    fn named(&self, file: &Path) -> bool {
        let folder = file.parent().and_then(|folder| self.known.get(folder));
        folder.is_some_and(|at| match &self.folders[*at].told {
            Told::All => true,
            Told::Files(names) => file.file_name().is_some_and(|name| names.contains(name)),
        })
    }
}

/// What is to be told of a root module: what comes from a file that is told, and what concerns the whole of it.
fn kept(found: &terraform::Folder, told: impl Fn(&Path) -> bool) -> Lint {
    let any = |files: &[Rc<Path>]| files.iter().any(|file| told(file));
    let resources = found.lint.resources.iter().zip(&found.declared);
    let unreadable = found.lint.unreadable.iter().zip(&found.concerned);
    Lint {
        resources: resources
            .filter(|(_, files)| any(files))
            .map(|(resource, _)| resource.clone())
            .collect(),
        unreadable: unreadable
            .filter(|(_, files)| files.is_empty() || any(files))
            .map(|(fault, _)| fault.clone())
            .collect(),
    }
}

/// The folder that a file is in.
fn parent(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// A folder's real path; its own where there is none.
fn real(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}
