//! Modules that are called: where they are, and how many of each.

use super::block::Block;
use super::declared::{self, join};
use super::instance::{Children, Instance};
use super::module::Module;
use super::world::World;
use crate::lint::terraform::eval::{Each, Sum};
use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::Marks;
use hcl_edit::expr::Expression;
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

/// Modules within modules; Terraform's own users seldom go beyond four.
const LEVELS: usize = 24;
/// Instances of modules in all.
const INSTANCES: usize = 4096;

impl World {
    /// The instances of a module that an instance calls; none where there is no such call.
    pub(super) fn children(&self, number: usize, name: &str) -> Option<Rc<Children>> {
        let instance = self.instance(number);
        let block = instance.module.calls.get(name)?;
        if let Some(known) = instance.children.borrow().get(name) {
            // A module whose number of instances needs its own outputs.
            return Some(known.clone().unwrap_or_else(|| {
                Rc::new(Children {
                    sum: Rc::new(Sum::one()),
                    instances: Err("it refers to itself".to_owned()),
                })
            }));
        }
        instance.children.borrow_mut().insert(name.to_owned(), None);
        let sum = self.sum(number, block);
        let instances = self
            .folder(&instance, name, block.value("source"))
            .and_then(|module| self.called(number, name, &module, &sum));
        let children = Rc::new(Children { sum, instances });
        instance
            .children
            .borrow_mut()
            .insert(name.to_owned(), Some(Rc::clone(&children)));
        Some(children)
    }

    /// The module that a call names, if it is on disk.
    fn folder(
        &self,
        instance: &Instance,
        name: &str,
        source: Option<&Expression>,
    ) -> Result<Rc<Module>, String> {
        let Some(source) = source.and_then(Expression::as_str) else {
            return Err("its source is no plain text".to_owned());
        };
        let dot = if instance.path.is_empty() { "" } else { "." };
        let local = source.starts_with("./") || source.starts_with("../");
        let (dir, told) = if local {
            let dir = instance.module.dir.join(source);
            let told = below(&instance.module.told, source, &dir);
            (dir, told)
        } else {
            let root = self.instance(0);
            match self
                .manifest
                .folder(&format!("{}{dot}{name}", instance.path), source)
            {
                Some(fetched) => {
                    let dir = root.module.dir.join(fetched);
                    let told = below(&root.module.told, &fetched.to_string_lossy(), &dir);
                    (dir, told)
                }
                None => return Err(format!("it is not on disk: its source is {source}")),
            }
        };
        if instance.path.split('.').count() >= LEVELS {
            return Err(format!("it is called at more than {LEVELS} levels"));
        }
        let module = self
            .load(&dir, told)
            .ok_or_else(|| format!("it is not on disk: there is no module in {source}"))?;
        if module.dir == instance.module.dir
            || self.above(instance).any(|above| above.module.dir == module.dir)
        {
            return Err(format!(
                "it calls itself: {source} is a folder that leads to this call"
            ));
        }
        Ok(module)
    }

    /// The instances that lead to one, from its caller up.
    fn above(&self, instance: &Instance) -> impl Iterator<Item = Rc<Instance>> {
        let parent = |instance: &Instance| {
            instance
                .call
                .as_ref()
                .map(|(parent, _, _)| self.instance(*parent))
        };
        std::iter::successors(parent(instance), move |instance| parent(instance))
    }

    /// Reads a folder once.
    fn load(&self, dir: &Path, told: String) -> Option<Rc<Module>> {
        let dir = dir.canonicalize().ok()?;
        if let Some(known) = self.modules.borrow().get(&dir) {
            return known.clone();
        }
        let names = declared::listed(&dir)?;
        let found = names
            .iter()
            .any(|name| declared::is_configuration(name))
            .then(|| {
                let files = declared::read(&told, &dir, &names);
                let mut unreadable = self.unreadable.borrow_mut();
                Rc::new(Module::of(dir.clone(), told, files, &mut unreadable))
            });
        self.modules.borrow_mut().insert(dir, found.clone());
        found
    }

    /// Makes the instances of a call.
    fn called(
        &self,
        parent: usize,
        name: &str,
        module: &Rc<Module>,
        sum: &Sum,
    ) -> Result<Vec<usize>, String> {
        let caller = self.instance(parent);
        let dot = if caller.address.is_empty() { "" } else { "." };
        let inner = if caller.path.is_empty() { "" } else { "." };
        let mut made = Vec::with_capacity(sum.each.len());
        let call = caller.module.calls.get(name).into_iter().flat_map(Block::files);
        let through: Vec<Rc<Path>> = caller.through.iter().chain(call).cloned().collect();
        // Within a module that there is none of, each is looked at once.
        let each = if caller.nothing.is_some() {
            &sum.each[..sum.each.len().min(1)]
        } else {
            &sum.each
        };
        for each in each {
            let mut instances = self.instances.borrow_mut();
            if instances.len() >= INSTANCES {
                return Err(format!("there are more than {INSTANCES} instances of modules"));
            }
            let nothing = match each {
                Each::Nothing(why) => Some(format!("{why} of module.{name}")),
                Each::One | Each::Index(_) | Each::Entry(..) | Each::Some(_) => caller.nothing.clone(),
            };
            let unknown = Marks {
                parameterised: false,
                conditional: matches!(each, Each::Some(_)),
            };
            let key = if caller.nothing.is_some() {
                Key::None
            } else {
                each.key()
            };
            let address = format!("{}{dot}module.{name}{key}", caller.address);
            if self.effort.carry(address.len()).is_none() {
                return Err("their addresses take more room than is given to one folder".to_owned());
            }
            made.push(instances.len());
            instances.push(Rc::new(Instance {
                module: Rc::clone(module),
                address,
                path: format!("{}{inner}{name}", caller.path),
                call: Some((parent, name.to_owned(), each.clone())),
                through: through.clone(),
                marks: caller.marks.with(sum.marks).with(unknown),
                refused: caller.refused || sum.refused,
                nothing,
                values: RefCell::default(),
                sums: RefCell::default(),
                children: RefCell::default(),
            }));
        }
        Ok(made)
    }
}

/// How a folder is told that is `dir`: below the one that leads to it, unless a link makes `..` lead elsewhere.
fn below(told: &str, name: &str, dir: &Path) -> String {
    let joined = join(told, name);
    let other = Path::new(&joined).canonicalize().ok();
    match dir.canonicalize() {
        Ok(dir) if other.as_ref() != Some(&dir) && Path::new(told).exists() => {
            dir.to_string_lossy().into_owned()
        }
        Ok(_) | Err(_) => joined,
    }
}
