//! A template in one world, with what was found out there already.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::catalog::Catalog;
use super::choice::{Choice, World};
use super::effort::Effort;
use super::scope::Scope;
use crate::lint::judgement::Cause;

/// One world. Each of its conditions is looked into once.
pub(super) struct Setting<'s, 't> {
    pub(super) catalog: &'s Catalog<'t>,
    pub(super) effort: &'s Effort,
    pub(super) world: World,
    /// None while a condition is being looked into.
    conditions: RefCell<HashMap<String, Option<Answer>>>,
}

/// What a condition is: whether it holds, or why that is not known, and what would decide it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) holds: Result<bool, String>,
    pub(super) open: Option<Choice>,
}

/// What is noted while something is evaluated.
#[derive(Default)]
pub(super) struct Notes {
    /// A value came from a parameter.
    pub(super) parameterised: Cell<bool>,
    /// A value depended on a condition.
    pub(super) conditional: Cell<bool>,
    /// The first thing that was undecided and has countable answers.
    pub(super) open: RefCell<Option<Choice>>,
    /// The first thing that whoever lints can give.
    pub(super) lacking: Cell<Option<Cause>>,
}

impl Notes {
    /// Notes something undecided; the first stays.
    pub(super) fn undecided(&self, choice: Choice) {
        self.open.borrow_mut().get_or_insert(choice);
    }

    /// True where something undecided was noted.
    pub(super) fn has_open(&self) -> bool {
        self.open.borrow().is_some()
    }

    /// Takes over what was noted beside.
    pub(super) fn take(&self, other: &Self) {
        self.parameterised
            .set(self.parameterised.get() || other.parameterised.get());
        self.conditional
            .set(self.conditional.get() || other.conditional.get());
        if let Some(choice) = other.open.take() {
            self.undecided(choice);
        }
    }

    /// Notes what whoever lints can give; the first stays.
    pub(super) fn lacks(&self, cause: Cause) {
        self.lacking.set(self.lacking.get().or(Some(cause)));
    }
}

impl<'s, 't> Setting<'s, 't> {
    pub(super) fn new(catalog: &'s Catalog<'t>, effort: &'s Effort, world: World) -> Self {
        Self {
            catalog,
            effort,
            world,
            conditions: RefCell::default(),
        }
    }

    /// Whether a named condition holds; it stands `depth` levels deep in what is evaluated.
    pub(super) fn condition(&self, name: &str, depth: u32) -> Answer {
        let decided = |holds| Answer { holds, open: None };
        if let Some(assumed) = self.world.conditions.get(name) {
            return decided(Ok(*assumed));
        }
        match self.conditions.borrow().get(name) {
            Some(Some(answer)) => return answer.clone(),
            Some(None) => return decided(Err(format!("condition `{name}` names itself"))),
            None => {}
        }
        let Some(declared) = self.catalog.conditions.get(name) else {
            return decided(Err(format!(
                "condition `{name}` is not declared in this template"
            )));
        };
        self.conditions.borrow_mut().insert(name.to_owned(), None);
        let notes = Notes::default();
        let scope = Scope::at(self, &notes, &[], depth);
        let holds = scope
            .inner(declared)
            .map_err(|why| format!("condition `{name}` is decided at deployment: {why}"));
        let open = holds.is_err().then(|| {
            let open = notes.open.take();
            open.unwrap_or_else(|| Choice::Condition(name.to_owned()))
        });
        let answer = Answer { holds, open };
        self.conditions
            .borrow_mut()
            .insert(name.to_owned(), Some(answer.clone()));
        answer
    }
}
