//! One instance of a module, with what was found out of it so far.

use super::module::Module;
use crate::lint::terraform::eval::{Each, Evaluated, Sum};
use crate::lint::terraform::value::Marks;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

/// An instance of a module.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) module: Rc<Module>,
    /// Its address; empty for the root.
    pub(super) address: String,
    /// Names of calls alone, joined by dots; as the manifest has them.
    pub(super) path: String,
    /// Who called it, by which call, for which of its instances; none for the root.
    pub(super) call: Option<(usize, String, Each)>,
    /// The files of the calls that lead to it.
    pub(super) through: Vec<Rc<Path>>,
    /// What is to be said of its being there.
    pub(super) marks: Marks,
    /// Terraform refuses the number of it, or of what called it.
    pub(super) refused: bool,
    /// Why there is none of it, if there is none.
    pub(super) nothing: Option<String>,
    /// Values of variables, locals and outputs by their written name; none while one is being found.
    pub(super) values: RefCell<HashMap<String, Option<Evaluated>>>,
    /// Numbers of instances by address; none while one is being found.
    pub(super) sums: RefCell<HashMap<String, Option<Rc<Sum>>>>,
    /// Modules that it calls.
    pub(super) children: RefCell<HashMap<String, Option<Rc<Children>>>>,
}

/// The instances of a module that is called.
#[derive(Debug)]
pub(super) struct Children {
    pub(super) sum: Rc<Sum>,
    /// One for each of the sum, or why the module cannot be looked into.
    pub(super) instances: Result<Vec<usize>, String>,
}
