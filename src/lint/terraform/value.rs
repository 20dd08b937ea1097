//! Values of Terraform's language, known or not.

use super::key::Key;
pub(super) use super::marks::Marks;
use super::number::Number;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A value and its marks. What lies within a collection has marks of its own.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// What it is.
    pub(super) kind: Kind,
    /// What is to be said of it.
    pub(super) marks: Marks,
    /// The resource whose name, identifier or ARN it is, as far as it was handed on unchanged.
    pub(super) origin: Option<Rc<Reference>>,
    /// How many collections lie within each other in it.
    depth: u16,
}

/// Names that refer to names can build collections without end; what is done with one goes as deep as it is.
const DEEPEST: u16 = 150;

/// What a value is. Collections are shared: one that is named twice is not copied.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(Rc<str>),
    List(Rc<[Value]>),
    Set(Rc<[Value]>),
    Map(Rc<BTreeMap<String, Value>>),
    /// An instance of a resource, before an attribute of it is asked for.
    Resource(Rc<Reference>),
    /// An instance of a module, before an output of it is asked for.
    Module(usize),
    /// Not known.
    Unknown(Rc<Unknown>),
}

/// Which instance of which resource, in which instance of a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reference {
    pub(super) module: usize,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) key: Key,
}

/// Why a value is not known, and what can be said of it all the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Unknown {
    /// A fragment that names the expression.
    pub(super) why: String,
    /// The resource that it is an attribute of: it will not be null.
    pub(super) of: Option<Rc<Reference>>,
    /// What it will be one of, where a condition is all that is not known. They may be not known themselves.
    pub(super) options: Vec<Value>,
    /// The resources that have a say in it.
    pub(super) parts: Rc<[Rc<Reference>]>,
    /// What its text ends in, where that much is known.
    pub(super) tail: Option<Rc<str>>,
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Self {
        Self {
            kind,
            marks: Marks::default(),
            origin: None,
            depth: 0,
        }
    }
}

impl Value {
    pub(super) fn null() -> Self {
        Kind::Null.into()
    }

    pub(super) fn bool(value: bool) -> Self {
        Kind::Bool(value).into()
    }

    pub(super) fn number(value: impl Into<Number>) -> Self {
        Kind::Number(value.into()).into()
    }

    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Kind::Text(Rc::from(text.as_ref())).into()
    }

    /// A text that is there already.
    pub(super) fn shared(text: Rc<str>) -> Self {
        Kind::Text(text).into()
    }

    pub(super) fn list(values: Vec<Self>) -> Self {
        let depth = Self::around(values.iter());
        Self::collection(Kind::List(Rc::from(values)), depth)
    }

    pub(super) fn set(values: Vec<Self>) -> Self {
        let depth = Self::around(values.iter());
        Self::collection(Kind::Set(Rc::from(values)), depth)
    }

    pub(super) fn map(values: BTreeMap<String, Self>) -> Self {
        let depth = Self::around(values.values());
        Self::collection(Kind::Map(Rc::new(values)), depth)
    }

    /// The depth of a collection of these.
    fn around<'a>(values: impl Iterator<Item = &'a Self>) -> u16 {
        values.map(|value| value.depth).max().map_or(1, |depth| depth + 1)
    }

    fn collection(kind: Kind, depth: u16) -> Self {
        if depth > DEEPEST {
            return Self::unknown(format!("it is a value of more than {DEEPEST} levels"));
        }
        Self {
            kind,
            marks: Marks::default(),
            origin: None,
            depth,
        }
    }

    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Kind::Unknown(Rc::new(Unknown {
            why: told(why.into()),
            ..Unknown::default()
        }))
        .into()
    }

    /// The same, with more to be said of it.
    pub(super) fn marked(mut self, marks: Marks) -> Self {
        self.marks = self.marks.with(marks);
        self
    }

    /// The same, handed on from the name of a resource.
    pub(super) fn named(mut self, origin: Option<Rc<Reference>>) -> Self {
        self.origin = origin;
        self
    }

    /// Why it is not known, if it is not.
    pub(super) fn why(&self) -> Option<&Unknown> {
        match &self.kind {
            Kind::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Its text, if it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What lies in a list or set.
    pub(super) fn items(&self) -> Option<&Rc<[Self]>> {
        match &self.kind {
            Kind::List(items) | Kind::Set(items) => Some(items),
            _ => None,
        }
    }

    /// What lies under a key of a map; null where nothing does.
    pub(super) fn at(&self, key: &str) -> Self {
        match &self.kind {
            Kind::Map(map) => map
                .get(key)
                .map_or_else(Self::null, |value| value.clone().marked(self.marks)),
            Kind::Unknown(_) => self.clone(),
            _ => Self::null(),
        }
    }

    /// As a number, by Terraform's own conversion.
    pub(super) fn to_number(&self) -> Option<Number> {
        match &self.kind {
            Kind::Number(number) => Some(number.clone()),
            Kind::Text(text) => Number::parse(text),
            _ => None,
        }
    }

    /// As a bool, by Terraform's own conversion.
    pub(super) fn to_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(value) => Some(*value),
            Kind::Text(text) => match &**text {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// As text, by Terraform's own conversion.
    pub(super) fn to_text(&self) -> Option<Rc<str>> {
        match &self.kind {
            Kind::Text(text) => Some(Rc::clone(text)),
            Kind::Bool(value) => Some(Rc::from(value.to_string())),
            Kind::Number(number) => Some(Rc::from(number.to_string())),
            _ => None,
        }
    }

    /// The word for what it is, in a message.
    pub(super) fn sort(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a bool",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Set(_) => "a set",
            Kind::Map(_) => "a map",
            Kind::Resource(_) => "a resource",
            Kind::Module(_) => "a module",
            Kind::Unknown(_) => "not known",
        }
    }
}

/// A fragment for a message, cut where it is long: names and texts can be as long as a file.
pub(super) fn told(mut why: String) -> String {
    const LONGEST: usize = 400;
    if why.len() > LONGEST {
        let end = why.floor_char_boundary(LONGEST);
        why.truncate(end);
        why.push('…');
    }
    why
}
