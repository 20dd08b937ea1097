//! Which of the resources that are declared here a value names.

use super::home::{Home, Near};
use crate::lint::terraform::fact::{identifier, outcomes, region_of};
use crate::lint::terraform::value::{Kind, Reference, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Resources of one type.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// One of these, or some of these.
    pub(super) list: Vec<Rc<Reference>>,
    /// It is one of them for certain.
    pub(super) closed: bool,
}

impl Named {
    fn only(of: &Rc<Reference>) -> Self {
        Self {
            list: vec![Rc::clone(of)],
            closed: true,
        }
    }

    /// The one that it is for certain.
    pub(super) fn sure(&self) -> Option<&Rc<Reference>> {
        match self.list.as_slice() {
            [only] if self.closed => Some(only),
            _ => None,
        }
    }

    fn with(mut self, other: Self) -> Self {
        self.closed &= other.closed;
        for of in other.list {
            if !self.list.contains(&of) {
                self.list.push(of);
            }
        }
        self
    }
}

/// Resources of one type by the identifier that they are given.
#[derive(Debug)]
pub(super) struct Index {
    kind: &'static str,
    by_name: HashMap<String, Vec<(Rc<Reference>, Home)>>,
    /// Those whose identifier is not known.
    unnamed: Vec<(Rc<Reference>, Home)>,
}

impl Index {
    pub(super) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            by_name: HashMap::new(),
            unnamed: Vec::new(),
        }
    }

    /// Takes a resource by the identifier that it is given; without one AWS makes one up.
    pub(super) fn add(&mut self, name: &Value, of: Reference, home: Home) {
        let entry = (Rc::new(of), home);
        match &name.kind {
            Kind::Text(name) => {
                if let Some(name) = identifier(self.kind, name) {
                    self.by_name.entry(name).or_default().push(entry);
                }
            }
            Kind::Unknown(_) => self.unnamed.push(entry),
            _ => {}
        }
    }

    /// What a value may name besides, where names are not known on one side or on both.
    pub(super) fn besides(&self, value: &Value, home: &Home) -> Vec<Rc<Reference>> {
        let named = self.by_name.values().flatten().filter(|_| value.why().is_some());
        self.unnamed
            .iter()
            .chain(named)
            .filter(|(_, own)| home.near(own) != Near::Other)
            .map(|(of, _)| Rc::clone(of))
            .collect()
    }

    /// What a value names that stands in a resource at `home`.
    pub(super) fn find(&self, value: &Value, home: &Home) -> Named {
        if let Some(origin) = value.origin.as_ref().filter(|of| of.kind == self.kind) {
            return Named::only(origin);
        }
        match &value.kind {
            Kind::Text(text) => self.by_text(text, home),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => Named::default(),
            Kind::Unknown(unknown) => {
                if let Some(of) = unknown.of.as_ref().filter(|of| of.kind == self.kind) {
                    return Named::only(of);
                }
                if !unknown.options.is_empty() {
                    let mut each = outcomes(value).iter().map(|each| self.find(each, home));
                    let first = each.next().unwrap_or_default();
                    return each.fold(first, Named::with);
                }
                if let Some(tail) = unknown.tail.as_ref().filter(|tail| tail.contains("cluster:")) {
                    return self.by_tail(tail);
                }
                let parts = unknown.parts.iter().filter(|of| of.kind == self.kind);
                Named {
                    list: parts.cloned().collect(),
                    closed: false,
                }
            }
            // No text: whatever it is, it is made of these.
            _ => self.find(&Value::made_of("", [value]), home),
        }
    }

    /// By an identifier, or by an ARN, whose Region decides.
    fn by_text(&self, text: &str, home: &Home) -> Named {
        let all = self.all(text);
        if let Some(region) = region_of(text) {
            let there: Vec<_> = all
                .iter()
                .filter(|(_, own)| own.is_in(region))
                .map(|(of, _)| Rc::clone(of))
                .collect();
            let closed = there.len() == 1;
            return Named { list: there, closed };
        }
        let at = |near: Near| -> Vec<Rc<Reference>> {
            all.iter()
                .filter(|(_, own)| home.near(own) == near)
                .map(|(of, _)| Rc::clone(of))
                .collect()
        };
        let same = at(Near::Same);
        if same.is_empty() {
            return Named {
                list: at(Near::Perhaps),
                closed: false,
            };
        }
        Named {
            list: same,
            closed: true,
        }
    }

    /// By the end of an ARN whose beginning is not known.
    fn by_tail(&self, tail: &str) -> Named {
        let list: Vec<_> = self.all(tail).iter().map(|(of, _)| Rc::clone(of)).collect();
        let closed = list.len() == 1;
        Named { list, closed }
    }

    fn all(&self, text: &str) -> &[(Rc<Reference>, Home)] {
        identifier(self.kind, text)
            .and_then(|name| self.by_name.get(&name))
            .map_or(&[], Vec::as_slice)
    }
}
