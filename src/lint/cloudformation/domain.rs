//! What a parameter or pseudo parameter can be, in one world.

use std::collections::BTreeSet;

use super::numbers::Numbers;
use crate::lint::tree::{Kind, Node, whole};

/// Values that are tried one by one.
pub(super) const TRIED: usize = 32;

/// A text as it is written; `plain` without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) plain: bool,
}

/// Everything that a value can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// This.
    One(Literal),
    /// One of these.
    Few(Vec<Literal>),
    /// A whole number.
    Numbers(Numbers),
    /// Any text but these.
    Any(BTreeSet<String>),
}

impl Literal {
    /// A text that was computed.
    pub(super) fn computed(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            plain: false,
        }
    }

    /// The literal of a scalar.
    fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, plain } => Some(Self {
                text: text.to_string(),
                plain: *plain,
            }),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The text that a comparison sees: YAML has several spellings of a boolean.
    pub(super) fn compared(&self) -> String {
        let lower = self.text.to_ascii_lowercase();
        if self.plain && matches!(lower.as_str(), "true" | "false") {
            lower
        } else {
            self.text.clone()
        }
    }
}

impl Domain {
    /// Any text at all.
    pub(super) fn any() -> Self {
        Self::Any(BTreeSet::new())
    }

    /// One of some values.
    pub(super) fn few(mut values: Vec<Literal>) -> Self {
        match values.len() {
            1 => Self::One(values.remove(0)),
            _ => Self::Few(values),
        }
    }

    /// What a declared parameter can be; `freed` where its default is set aside.
    pub(super) fn of_parameter(declared: &Node, freed: bool) -> Self {
        let kind = kind(declared);
        if of_the_store(kind) {
            return Self::any();
        }
        if !freed && let Some(default) = declared.get("Default").and_then(Literal::of) {
            return Self::One(default);
        }
        if is_list(kind) {
            return Self::any();
        }
        let allowed = declared.get("AllowedValues").map_or(&[][..], Node::items);
        if !allowed.is_empty() {
            return Self::few(allowed.iter().filter_map(Literal::of).collect());
        }
        let bound = |name: &str| {
            let text = declared.get(name).and_then(Node::text)?;
            whole(text, true)
        };
        let (least, most) = (bound("MinValue"), bound("MaxValue"));
        if kind != "Number" || (least.is_none() && most.is_none()) {
            return Self::any();
        }
        let numbers = Numbers::between(least.unwrap_or(i64::MIN), most.unwrap_or(i64::MAX));
        numbers.each(TRIED).map_or(Self::Numbers(numbers), Self::few)
    }

    /// Its parts: those of some texts that it can be, each by itself and told as it is, and everything else.
    pub(super) fn parted<'k>(
        &self,
        texts: impl Iterator<Item = &'k str>,
    ) -> (Vec<(String, Self)>, Option<Self>) {
        let one = |literal: Literal| (format!("`{}`", literal.text), Self::One(literal));
        match self {
            Self::One(literal) => (vec![one(literal.clone())], None),
            Self::Few(values) => {
                let texts: BTreeSet<&str> = texts.collect();
                let (within, rest): (Vec<_>, Vec<_>) = values
                    .iter()
                    .cloned()
                    .partition(|value| texts.contains(value.compared().as_str()));
                let rest = (!rest.is_empty()).then(|| Self::few(rest));
                (within.into_iter().map(one).collect(), rest)
            }
            Self::Numbers(numbers) => {
                let mut rest = numbers.clone();
                let texts = texts.filter(|text| rest.remove(text));
                let within = texts.map(|text| one(Literal::computed(text))).collect();
                (within, (!rest.is_empty()).then_some(Self::Numbers(rest)))
            }
            Self::Any(without) => {
                let mut rest = without.clone();
                let texts = texts.filter(|text| rest.insert((*text).to_owned()));
                let within = texts.map(|text| one(Literal::computed(text))).collect();
                (within, Some(Self::Any(rest)))
            }
        }
    }

    /// True where it is known not to be empty.
    pub(super) fn filled(&self) -> bool {
        match self {
            Self::One(literal) => !literal.text.is_empty(),
            Self::Few(values) => values.iter().all(|value| !value.text.is_empty()),
            Self::Numbers(_) => true,
            Self::Any(without) => without.contains(""),
        }
    }
}

/// A parameter's type.
pub(super) fn kind(declared: &Node) -> &str {
    declared.get("Type").and_then(Node::text).unwrap_or("String")
}

/// True for a type that is read from the SSM parameter store.
pub(super) fn of_the_store(kind: &str) -> bool {
    kind.starts_with("AWS::SSM::Parameter::Value")
}

/// True for a type that is a list.
pub(super) fn is_list(kind: &str) -> bool {
    kind == "CommaDelimitedList" || kind.starts_with("List<")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(domain: &Domain, texts: &[&str]) -> (Vec<String>, Option<Domain>) {
        let (within, rest) = domain.parted(texts.iter().copied());
        (within.into_iter().map(|(told, _)| told).collect(), rest)
    }

    #[test]
    fn the_parts_of_a_domain_leave_nothing_out() {
        let (within, rest) = told(&Domain::any(), &["prod", "stage"]);
        assert_eq!(within, ["`prod`", "`stage`"]);
        // What was set aside is no answer any more.
        let rest = rest.unwrap();
        let (within, last) = told(&rest, &["prod", "test"]);
        assert_eq!(within, ["`test`"]);
        assert!(last.is_some_and(|last| last != rest));
        let few = Domain::few(["a", "b", "c"].map(Literal::computed).to_vec());
        let (within, rest) = told(&few, &["a", "x"]);
        assert_eq!(within, ["`a`"]);
        let others = ["b", "c"].map(Literal::computed).to_vec();
        assert_eq!(rest, Some(Domain::Few(others)));
        let (within, rest) = told(&Domain::Numbers(Numbers::between(7, 7)), &["7", "8", "x"]);
        assert_eq!((within, rest), (vec!["`7`".to_owned()], None));
    }
}
