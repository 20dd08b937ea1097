//! Where an expression stands.

use crate::lint::terraform::key::Key;
use crate::lint::terraform::value::{Kind, Marks, Value, told};
use std::fmt;
use std::rc::Rc;

/// What Terraform would refuse, and why, as a fragment.
#[derive(Clone, Debug)]
pub(in crate::lint::terraform) struct Fault(pub(in crate::lint::terraform) Rc<str>);

impl Fault {
    pub(in crate::lint::terraform) fn new(why: impl AsRef<str>) -> Self {
        Self(Rc::from(told(why.as_ref().to_owned())))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Which of its instances a block is evaluated for.
#[derive(Clone, Debug)]
pub(in crate::lint::terraform) enum Each {
    /// The only one.
    One,
    /// Of `count`.
    Index(usize),
    /// Of `for_each`.
    Entry(String, Value),
    /// Of a number that is not known.
    Some(String),
    /// There is none; the block is looked at for its address alone.
    Nothing(String),
}

impl Each {
    /// Whether a key is its own.
    fn is(&self, key: &Key) -> bool {
        match (self, key) {
            (Self::Index(index), Key::Index(wanted)) => index == wanted,
            (Self::Entry(name, _), Key::Name(wanted)) => name == wanted,
            (Self::One | Self::Some(_) | Self::Nothing(_), Key::None) => true,
            _ => false,
        }
    }

    /// Its part of the address.
    pub(in crate::lint::terraform) fn key(&self) -> Key {
        match self {
            Self::Index(index) => Key::Index(*index),
            Self::Entry(key, _) => Key::Name(key.clone()),
            Self::One | Self::Some(_) | Self::Nothing(_) => Key::None,
        }
    }
}

/// How many instances a block has.
#[derive(Clone, Debug)]
pub(in crate::lint::terraform) struct Sum {
    /// One for each; exactly one of `Each::Some` where it is not known, or of `Each::Nothing` where it is none.
    pub(in crate::lint::terraform) each: Vec<Each>,
    /// By `count` a list, by `for_each` a map, by neither itself.
    pub(in crate::lint::terraform) by: By,
    /// What is to be said of the number.
    pub(in crate::lint::terraform) marks: Marks,
    /// Terraform refuses the expression of the number.
    pub(in crate::lint::terraform) refused: bool,
}

/// What multiplies a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint::terraform) enum By {
    Nothing,
    Count,
    ForEach,
}

impl Sum {
    pub(in crate::lint::terraform) fn one() -> Self {
        Self {
            each: vec![Each::One],
            by: By::Nothing,
            marks: Marks::default(),
            refused: false,
        }
    }

    pub(in crate::lint::terraform) fn unknown(by: By, why: String, marks: Marks) -> Self {
        Self {
            each: vec![Each::Some(why)],
            by,
            marks,
            refused: false,
        }
    }

    /// A number whose expression Terraform refuses.
    pub(in crate::lint::terraform) fn refused(by: By, why: String) -> Self {
        Self {
            refused: true,
            ..Self::unknown(by, why, Marks::default())
        }
    }

    /// The instance that has a key.
    pub(in crate::lint::terraform) fn find(&self, key: &Key) -> Option<&Each> {
        match key {
            Key::Index(index) => self.each.get(*index).filter(|each| each.is(key)),
            Key::None | Key::Name(_) => self.each.iter().find(|each| each.is(key)),
        }
    }

    /// The whole as an expression sees it, each instance made by `of`.
    ///
    /// Where their number is not known, it is made of what `of` makes of one of them.
    pub(in crate::lint::terraform) fn value(&self, of: impl Fn(usize, &Each) -> Value) -> Value {
        if let [each @ Each::Some(why)] = self.each.as_slice() {
            return Value::made_of(why.as_str(), [&of(0, each)]).marked(self.marks);
        }
        let present = self
            .each
            .iter()
            .enumerate()
            .filter(|(_, each)| !matches!(each, Each::Nothing(_)));
        let value = match self.by {
            By::Nothing => match self.each.as_slice() {
                [each @ Each::One] => of(0, each),
                _ => Value::null(),
            },
            By::Count => Value::list(present.map(|(at, each)| of(at, each)).collect()),
            By::ForEach => Value::map(
                present
                    .filter_map(|(at, each)| match each {
                        Each::Entry(key, _) => Some((key.clone(), of(at, each))),
                        Each::One | Each::Index(_) | Each::Some(_) | Each::Nothing(_) => None,
                    })
                    .collect(),
            ),
        };
        value.marked(self.marks)
    }
}

/// A name that a `for` or a dynamic block binds.
pub(in crate::lint::terraform) struct Frame<'a> {
    pub(in crate::lint::terraform) name: &'a str,
    pub(in crate::lint::terraform) value: Value,
    pub(in crate::lint::terraform) outer: Option<&'a Frame<'a>>,
}

/// Where an expression stands: in which instance of a module, of a block, and below which names.
#[derive(Clone, Copy)]
pub(in crate::lint::terraform) struct Scope<'a> {
    pub(in crate::lint::terraform) instance: usize,
    pub(in crate::lint::terraform) each: &'a Each,
    pub(in crate::lint::terraform) names: Option<&'a Frame<'a>>,
}

impl<'a> Scope<'a> {
    pub(in crate::lint::terraform) fn new(instance: usize, each: &'a Each) -> Self {
        Self {
            instance,
            each,
            names: None,
        }
    }

    /// The value under a bound name.
    pub(super) fn bound(&self, name: &str) -> Option<&Value> {
        let mut frame = self.names;
        while let Some(each) = frame {
            if each.name == name {
                return Some(&each.value);
            }
            frame = each.outer;
        }
        None
    }
}

/// The first value that is not known, of some and of what lies directly in them.
pub(super) fn blamed<'a>(values: impl IntoIterator<Item = &'a Value>) -> Option<&'a Value> {
    values.into_iter().find_map(|value| match &value.kind {
        Kind::Unknown(_) => Some(value),
        Kind::List(items) | Kind::Set(items) => items.iter().find(|item| item.why().is_some()),
        _ => None,
    })
}
