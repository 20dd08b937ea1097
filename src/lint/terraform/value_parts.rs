//! What a value is made of: how much, and of which resources.

use super::value::{Kind, Reference, Unknown, Value, told};
use std::rc::Rc;

impl Value {
    /// A value that is not known, made of some others.
    pub(super) fn made_of<'a>(why: impl Into<String>, of: impl IntoIterator<Item = &'a Self>) -> Self {
        Kind::Unknown(Rc::new(Unknown {
            why: told(why.into()),
            parts: parts(of),
            ..Unknown::default()
        }))
        .into()
    }

    /// True for a set whose order is Terraform's own: of other things than texts, numbers and bools, and of more than one.
    pub(super) fn is_unordered(&self) -> bool {
        let plain = |value: &Self| {
            matches!(
                value.kind,
                Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_)
            )
        };
        matches!(&self.kind, Kind::Set(items) if items.len() > 1 && !items.iter().all(plain))
    }

    /// What depends on the order of such a set.
    pub(super) fn in_some_order<'a>(of: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::made_of("the order of a set of objects or lists is Terraform's own", of)
    }

    /// Bytes to be read through where all of it is looked at: its own, and those of what lies directly in it.
    pub(super) fn weight(&self) -> usize {
        const ELEMENT: usize = 32;
        let within = |value: &Self| match &value.kind {
            Kind::Text(text) => ELEMENT + text.len(),
            Kind::Number(number) => ELEMENT + number.weight(),
            _ => ELEMENT,
        };
        match &self.kind {
            Kind::Text(text) => text.len(),
            Kind::Number(number) => number.weight(),
            Kind::List(items) | Kind::Set(items) => items.iter().map(within).sum(),
            Kind::Map(map) => map
                .iter()
                .map(|(key, value)| 2 * ELEMENT + key.len() + within(value))
                .sum(),
            _ => 0,
        }
    }
}

/// Every resource that has a say in some values.
fn parts<'a>(of: impl IntoIterator<Item = &'a Value>) -> Rc<[Rc<Reference>]> {
    // An identifier is made of few; what is larger is none.
    const MOST: usize = 256;
    const MOST_VALUES: usize = 4096;
    let mut found: Vec<Rc<Reference>> = Vec::new();
    let mut left: Vec<&Value> = of.into_iter().collect();
    let mut seen = 0;
    while let Some(value) = left.pop() {
        seen += 1;
        if seen > MOST_VALUES || found.len() >= MOST {
            break;
        }
        let mut add = |of: &Rc<Reference>| {
            if !found.contains(of) {
                found.push(Rc::clone(of));
            }
        };
        value.origin.iter().for_each(&mut add);
        match &value.kind {
            Kind::Unknown(unknown) => {
                unknown.of.iter().chain(unknown.parts.iter()).for_each(add);
                left.extend(&unknown.options);
            }
            Kind::Resource(of) => add(of),
            Kind::List(items) | Kind::Set(items) => left.extend(items.iter().take(MOST_VALUES)),
            Kind::Map(map) => left.extend(map.values().take(MOST_VALUES)),
            _ => {}
        }
    }
    found.into()
}
