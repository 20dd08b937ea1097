//! Files and folders as they were named, read by as many threads as there are processors.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::input;
use super::languages::{self, Read};
use super::modules::{self, Modules, Values};
use super::regions::Regions;
use super::resource::{Lint, Unreadable};
use super::walk::{Found, Walk, walk};

/// Files from which on a second thread is worth its start.
const MANY: usize = 32;

/// What was read.
#[derive(Debug, Default)]
pub struct Findings {
    /// Clusters, and what could not be read.
    pub lint: Lint,
    /// Files that are templates.
    pub templates: usize,
    /// Files in folders that are not.
    pub passed: usize,
    /// What can be read only once, by its name: standard input, pipes and devices.
    pub kept: BTreeMap<String, Vec<u8>>,
}

/// What one path leads to.
enum Named {
    /// `-`.
    Stdin,
    /// What can be read only once.
    Passing,
    /// A file of a module.
    OfModule,
    /// Values that Terraform does not read by itself.
    Aside,
    /// A folder, or a file of another kind.
    Files(Walk),
}

/// Reads everything that was named, in the order in which it was named. `stdin` is what `-` stands for.
pub fn read(paths: &[PathBuf], stdin: Option<&[u8]>, regions: Option<&Regions>) -> Findings {
    let mut modules = Modules::default();
    let named: Vec<Named> = paths
        .iter()
        .enumerate()
        .map(|(at, path)| look(at, path, &mut modules))
        .collect();
    let modules = modules.read(regions);
    let mut roots = modules.roots.into_iter().peekable();
    let mut findings = Findings::default();
    for (at, (path, named)) in paths.iter().zip(&named).enumerate() {
        let name = path.display().to_string();
        let before = (findings.templates, findings.lint.unreadable.len());
        match named {
            Named::Stdin => findings.once(&name, stdin.unwrap_or_default().to_vec(), regions),
            Named::Passing => match input::of_file(path) {
                Ok(bytes) => findings.once(&name, bytes, regions),
                Err(error) => findings.take(broken(&name, &error.to_string())),
            },
            Named::OfModule if !modules.holding.contains(&at) => findings.take(no_template(&name)),
            Named::OfModule => {}
            Named::Aside => findings.take(broken(
                &name,
                "expected a template, got values that Terraform reads with -var-file alone: lint a plan that was made with \
                 them, as `terraform show -json` gives it",
            )),
            Named::Files(walk) => findings.walked(walk, regions),
        }
        while let Some((_, lint)) = roots.next_if(|(by, _)| *by == at) {
            findings.take(Read::Template(lint));
        }
        if let Named::Files(walk) = named
            && walk.folder
            && !modules.holding.contains(&at)
            && before == (findings.templates, findings.lint.unreadable.len())
        {
            let looked = walk.files.len();
            findings.take(broken(
                &name,
                &format!("expected a folder with templates, got one without (files looked at: {looked})"),
            ));
        }
    }
    findings
}

fn look(at: usize, path: &Path, modules: &mut Modules) -> Named {
    if path.as_os_str() == "-" {
        return Named::Stdin;
    }
    if passes_by(path) {
        return Named::Passing;
    }
    if modules::values(path) == Some(Values::Asked) && path.is_file() {
        return Named::Aside;
    }
    if modules::holds(path) && path.is_file() {
        modules.file(at, path);
        return Named::OfModule;
    }
    let walk = walk(path);
    for folder in &walk.folders {
        modules.folder(at, folder);
    }
    Named::Files(walk)
}

/// True for what is no file and no folder: a pipe, as a shell's `<(…)` is one, or a device.
fn passes_by(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|about| !about.is_file() && !about.is_dir())
}

impl Findings {
    /// What cannot be read a second time: it is kept where its lines may be shown.
    fn once(&mut self, name: &str, bytes: Vec<u8>, regions: Option<&Regions>) {
        let read = match input::refusal(&bytes) {
            Some(refusal) => broken(name, &refusal),
            None => languages::file(name, &bytes, regions),
        };
        self.take(match read {
            Read::Nothing => no_template(name),
            Read::Template(_) | Read::Broken(_) => read,
        });
        self.kept.insert(name.to_owned(), bytes);
    }

    /// The files of a folder, or one that was named.
    fn walked(&mut self, walk: &Walk, regions: Option<&Regions>) {
        for (folder, why) in &walk.closed {
            let name = folder.display().to_string();
            self.take(broken(&name, &format!("the folder cannot be listed: {why}")));
        }
        for (found, read) in walk.files.iter().zip(each(&walk.files, regions)) {
            self.take(match read {
                Read::Nothing if found.named => no_template(&found.path.display().to_string()),
                Read::Nothing | Read::Template(_) | Read::Broken(_) => read,
            });
        }
    }

    fn take(&mut self, read: Read) {
        match read {
            Read::Template(lint) => {
                self.templates += 1;
                self.lint.resources.extend(lint.resources);
                self.lint.unreadable.extend(lint.unreadable);
            }
            Read::Nothing => self.passed += 1,
            Read::Broken(unreadable) => self.lint.unreadable.push(*unreadable),
        }
    }
}

/// Each file's reading, in the files' order whatever thread it was.
fn each(files: &[Found], regions: Option<&Regions>) -> Vec<Read> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
    if files.len() < MANY || threads == 1 {
        return files.iter().map(|file| one(file, regions)).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return done };
            done.push((at, one(file, regions)));
        }
    };
    let mut done: Vec<(usize, Read)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            // A thread that fell has read what it read; what it had in hand is missing, and seen to be below.
            done.extend(other.join().unwrap_or_default());
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    let mut done = done.into_iter().peekable();
    (0..files.len())
        .map(|at| match done.next_if(|(found, _)| *found == at) {
            Some((_, read)) => read,
            None => broken(
                &files[at].path.display().to_string(),
                "reading it failed inside this program: a bug",
            ),
        })
        .collect()
}

fn one(file: &Found, regions: Option<&Regions>) -> Read {
    let name = file.path.display().to_string();
    let bytes = match input::of_file(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => return broken(&name, &error.to_string()),
    };
    // What cannot be a template is not worth parsing, and not worth complaining of.
    let candidate = file.named
        || is_a_state(&name)
        || bytes.iter().all(u8::is_ascii_whitespace)
        || languages::may_be_a_template(&bytes);
    if let Some(refusal) = input::refusal(&bytes) {
        return if candidate {
            broken(&name, &refusal)
        } else {
            Read::Nothing
        };
    }
    if !candidate && std::str::from_utf8(&bytes).is_ok() {
        return Read::Nothing;
    }
    languages::file(&name, &bytes, regions)
}

/// A state by its name, whatever is left of what it held.
fn is_a_state(name: &str) -> bool {
    name.ends_with(".tfstate") || name.ends_with(".tfstate.backup")
}

/// What is named has to be a template.
fn no_template(name: &str) -> Read {
    broken(name, "expected a template, got something else")
}

fn broken(name: &str, message: &str) -> Read {
    Read::Broken(Box::new(Unreadable {
        file: name.to_owned(),
        message: message.to_owned(),
        place: None,
    }))
}
