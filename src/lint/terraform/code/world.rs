//! Everything that is known of one root module and of what it calls.

use super::effort::Effort;
use super::instance::Instance;
use super::manifest::Manifest;
use super::module::Module;
use super::tfvars::Given;
use crate::lint::Unreadable;
use crate::lint::regions::Regions;
use crate::lint::terraform::eval::{Each, Evaluated, Fault, Scope, convert, eval};
use crate::lint::terraform::value::{Kind, Marks, Reference, Value};
use hcl_edit::expr::Expression;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::rc::Rc;

/// A root module and what it calls, found out as it is asked for.
#[derive(Debug)]
pub(in crate::lint::terraform) struct World {
    pub(in crate::lint::terraform) effort: Effort,
    pub(super) instances: RefCell<Vec<Rc<Instance>>>,
    pub(super) modules: RefCell<HashMap<PathBuf, Option<Rc<Module>>>>,
    /// Folders of the instances that are told.
    pub(super) visited: RefCell<BTreeSet<PathBuf>>,
    pub(super) unreadable: RefCell<Vec<Unreadable>>,
    pub(super) manifest: Manifest,
    given: Given,
    /// Bytes of the addresses that are told.
    pub(super) told: Cell<usize>,
    /// Of the command line: among others the Region of providers that name none.
    pub(super) regions: Regions,
}

impl World {
    pub(super) fn new(
        root: Module,
        given: Given,
        unreadable: Vec<Unreadable>,
        regions: Option<&Regions>,
    ) -> Self {
        let manifest = Manifest::of(&root.dir);
        let instance = Instance {
            module: Rc::new(root),
            address: String::new(),
            path: String::new(),
            call: None,
            through: Vec::new(),
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
            told: Cell::default(),
            regions: regions.cloned().unwrap_or_default(),
        }
    }

    /// A root module of one file, for tests of expressions.
    #[cfg(test)]
    pub(in crate::lint::terraform) fn of_text(text: &str) -> Self {
        let name = "main.tf".to_owned();
        let source =
            super::source::Source::of(name.clone(), name.as_ref(), text.as_bytes().to_vec()).unwrap();
        let read = super::declared::Read {
            name,
            overrides: false,
            blocks: super::declared::body(&source).map(|(_, blocks)| blocks),
        };
        let mut unreadable = Vec::new();
        let module = Module::of(PathBuf::new(), String::new(), vec![read], &mut unreadable);
        Self::new(module, Given::default(), unreadable, None)
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
                Ok(instances) => {
                    let whole = once(&self.instance(number), format!("module.{name}"), || {
                        Ok(children.sum.value(|at, _| match instances.get(at) {
                            Some(instance) => Kind::Module(*instance).into(),
                            None => Value::unknown(format!("there is nothing of module.{name}")),
                        }))
                    });
                    whole.unwrap_or_else(|fault| Value::unknown(fault.to_string()))
                }
            },
        }
    }

    /// A resource: an instance, a list of them, or a map.
    pub(in crate::lint::terraform) fn resource(&self, number: usize, kind: &str, name: &str) -> Value {
        let instance = self.instance(number);
        let Some(at) = instance.module.index.get(&format!("{kind}.{name}")) else {
            return undeclared(&instance.module, &format!("{kind}.{name}"));
        };
        // A loop may name it as often as it has instances.
        let whole = once(&instance, format!("resource.{kind}.{name}"), || {
            let sum = self.sum(number, &instance.module.resources[*at]);
            Ok(sum.value(|_, each| {
                Kind::Resource(Rc::new(Reference {
                    module: number,
                    kind: kind.to_owned(),
                    name: name.to_owned(),
                    key: each.key(),
                }))
                .into()
            }))
        });
        whole.unwrap_or_else(|fault| Value::unknown(fault.to_string()))
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
