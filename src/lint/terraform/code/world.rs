//! Everything that is known of one root module and of what it calls.

use super::declared::{self, join};
use super::effort::Effort;
use super::instance::{Children, Instance};
use super::manifest::Manifest;
use super::module::Module;
use super::tfvars::Given;
use crate::lint::Unreadable;
use crate::lint::terraform::eval::{Each, Evaluated, Fault, Scope, Sum, convert, eval};
use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::{Kind, Marks, Reference, Value};
use hcl_edit::expr::Expression;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Modules within modules; Terraform's own users seldom go beyond four.
const LEVELS: usize = 24;
/// Instances of modules in all.
const INSTANCES: usize = 4096;

/// A root module and what it calls, found out as it is asked for.
#[derive(Debug)]
pub(in crate::lint::terraform) struct World {
    pub(in crate::lint::terraform) effort: Effort,
    pub(super) instances: RefCell<Vec<Rc<Instance>>>,
    modules: RefCell<HashMap<PathBuf, Option<Rc<Module>>>>,
    pub(super) visited: RefCell<BTreeSet<PathBuf>>,
    pub(super) unreadable: RefCell<Vec<Unreadable>>,
    manifest: Manifest,
    given: Given,
}

impl World {
    pub(super) fn new(root: Module, given: Given, unreadable: Vec<Unreadable>) -> Self {
        let manifest = Manifest::of(&root.dir);
        let instance = Instance {
            module: Rc::new(root),
            address: String::new(),
            path: String::new(),
            call: None,
            marks: Marks::default(),
            refused: false,
            nothing: None,
            values: RefCell::default(),
            sums: RefCell::default(),
            children: RefCell::default(),
        };
        Self {
            effort: Effort::default(),
            instances: RefCell::new(vec![Rc::new(instance)]),
            modules: RefCell::default(),
            visited: RefCell::default(),
            unreadable: RefCell::new(unreadable),
            manifest,
            given,
        }
    }

    /// A root module of one file, for tests of expressions.
    #[cfg(test)]
    pub(in crate::lint::terraform) fn of_text(text: &str) -> Self {
        let source = super::source::Source::of("main.tf".to_owned(), text.as_bytes().to_vec()).unwrap();
        let read = declared::Read {
            name: "main.tf".to_owned(),
            overrides: false,
            blocks: declared::body(&source).map(|(_, blocks)| blocks),
        };
        let mut unreadable = Vec::new();
        let module = Module::of(PathBuf::new(), String::new(), vec![read], &mut unreadable);
        Self::new(module, Given::default(), unreadable)
    }

    /// An instance of a module by its number; the root is 0.
    pub(super) fn instance(&self, number: usize) -> Rc<Instance> {
        Rc::clone(&self.instances.borrow()[number])
    }

    /// `var.name`.
    pub(in crate::lint::terraform) fn variable(&self, number: usize, name: &str) -> Evaluated {
        let instance = self.instance(number);
        let written = format!("var.{name}");
        once(&instance, written.clone(), || {
            let Some(block) = instance.module.variables.get(name) else {
                return Ok(undeclared(&instance.module, &written));
            };
            let to = block.value("type");
            let typed = |value: Value| match to {
                Some(to) => convert(self, value, to),
                None => Ok(value),
            };
            let nullable = block.value("nullable").and_then(Expression::as_bool) != Some(false);
            let given = match self.given(&instance, name)? {
                Some(value) if value.is_null() && !nullable => None,
                given => given,
            };
            if let Some(value) = given {
                return typed(value);
            }
            match block.value("default") {
                Some(default) => {
                    // Only a root's variable can be set by whoever runs Terraform.
                    let marks = Marks {
                        parameterised: instance.call.is_none(),
                        conditional: false,
                    };
                    let value = eval(self, default, Scope::new(number, &Each::One))?;
                    typed(value).map(|value| value.marked(marks))
                }
                None => Ok(Value::unknown(format!("{written} has no value in what was read"))),
            }
        })
    }

    /// The value that a variable is given: by files for the root, by the call for any other.
    fn given(&self, instance: &Instance, name: &str) -> Result<Option<Value>, Fault> {
        let Some((parent, call, each)) = &instance.call else {
            if let Some(file) = &self.given.broken {
                return Ok(Some(Value::unknown(format!(
                    "var.{name} may be set in {file}, which could not be read"
                ))));
            }
            let value = self.given.values.get(name);
            return value
                .map(|value| eval(self, value, Scope::new(0, &Each::One)))
                .transpose();
        };
        let caller = self.instance(*parent);
        let Some(value) = caller.module.calls.get(call).and_then(|block| block.value(name)) else {
            return Ok(None);
        };
        eval(self, value, Scope::new(*parent, each)).map(Some)
    }

    /// `local.name`.
    pub(in crate::lint::terraform) fn local(&self, number: usize, name: &str) -> Evaluated {
        let instance = self.instance(number);
        let written = format!("local.{name}");
        once(&instance, written.clone(), || {
            match instance.module.locals.get(name) {
                Some(local) => eval(self, &local.value, Scope::new(number, &Each::One)),
                None => Ok(undeclared(&instance.module, &written)),
            }
        })
    }

    /// An output of an instance.
    pub(in crate::lint::terraform) fn output(&self, number: usize, name: &str) -> Evaluated {
        let instance = self.instance(number);
        let written = format!("output.{name}");
        once(&instance, written, || {
            let value = instance
                .module
                .outputs
                .get(name)
                .and_then(|block| block.value("value"));
            match value {
                Some(value) => eval(self, value, Scope::new(number, &Each::One)),
                None => Ok(undeclared(&instance.module, &format!("the output {name}"))),
            }
        })
    }

    /// `module.name`: an instance, a list of them, or a map.
    pub(in crate::lint::terraform) fn module(&self, number: usize, name: &str) -> Value {
        match self.children(number, name) {
            None => undeclared(&self.instance(number).module, &format!("module.{name}")),
            Some(children) => match &children.instances {
                Err(why) => Value::unknown(format!("module.{name}: {why}")),
                Ok(instances) => children.sum.value(|at, _| match instances.get(at) {
                    Some(instance) => Kind::Module(*instance).into(),
                    None => Value::unknown(format!("there is nothing of module.{name}")),
                }),
            },
        }
    }

    /// A resource: an instance, a list of them, or a map.
    pub(in crate::lint::terraform) fn resource(&self, number: usize, kind: &str, name: &str) -> Value {
        let instance = self.instance(number);
        let Some(at) = instance.module.index.get(&format!("{kind}.{name}")) else {
            return undeclared(&instance.module, &format!("{kind}.{name}"));
        };
        let sum = self.sum(number, &instance.module.resources[*at]);
        sum.value(|_, each| {
            Kind::Resource(Rc::new(Reference {
                module: number,
                kind: kind.to_owned(),
                name: name.to_owned(),
                key: each.key(),
            }))
            .into()
        })
    }

    /// The block of a resource, as its module and place there.
    pub(in crate::lint::terraform) fn block(&self, of: &Reference) -> Option<(Rc<Module>, usize)> {
        let module = Rc::clone(&self.instance(of.module).module);
        let at = *module.index.get(&format!("{}.{}", of.kind, of.name))?;
        Some((module, at))
    }

    /// A resource's address.
    pub(in crate::lint::terraform) fn address(&self, of: &Reference) -> String {
        let module = &self.instance(of.module).address;
        let dot = if module.is_empty() { "" } else { "." };
        format!("{module}{dot}{}.{}{}", of.kind, of.name, of.key)
    }

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
            (
                instance.module.dir.join(source),
                join(&instance.module.told, source),
            )
        } else {
            let root = self.instance(0);
            match self
                .manifest
                .folder(&format!("{}{dot}{name}", instance.path), source)
            {
                Some(dir) => (
                    root.module.dir.join(dir),
                    join(&root.module.told, &dir.to_string_lossy()),
                ),
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
        if found.is_some() {
            self.visited.borrow_mut().insert(dir.clone());
        }
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
            made.push(instances.len());
            instances.push(Rc::new(Instance {
                module: Rc::clone(module),
                address: format!("{}{dot}module.{name}{key}", caller.address),
                path: format!("{}{inner}{name}", caller.path),
                call: Some((parent, name.to_owned(), each.clone())),
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

/// What no file that could be read declares.
fn undeclared(module: &Module, name: &str) -> Value {
    Value::unknown(match &module.broken {
        Some(file) => format!("{name} is declared nowhere, but {file} could not be read"),
        None => format!("{name} is declared nowhere"),
    })
}

/// A value that is found once; one that needs itself is not known.
fn once(instance: &Instance, name: String, find: impl FnOnce() -> Evaluated) -> Evaluated {
    if let Some(known) = instance.values.borrow().get(&name) {
        return known
            .clone()
            .unwrap_or_else(|| Ok(Value::unknown(format!("{name} refers to itself"))));
    }
    instance.values.borrow_mut().insert(name.clone(), None);
    let found = find();
    instance.values.borrow_mut().insert(name, Some(found.clone()));
    found
}
