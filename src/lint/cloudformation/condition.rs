//! Conditions, over pseudo parameters and parameters.

use std::collections::BTreeSet;

use super::domain::{Domain, Literal, TRIED};
use super::names;
use super::scope::Scope;
use super::setting::Setting;
use super::template::Declared;
use super::value::Value;
use crate::lint::tree::{Kind, Node, whole};

/// Whether a resource is made.
pub(super) enum Made {
    Yes,
    No,
    /// A deployment decides; why, as a fragment.
    Open(String),
}

impl<'t> Scope<'_, 't> {
    /// Whether a resource is made in this world.
    pub(super) fn made(&self, resource: &Declared<'t>) -> Made {
        let Some(name) = resource.body.get("Condition").map(|node| self.named(node)) else {
            return Made::Yes;
        };
        match name.and_then(|name| self.condition(&name)) {
            Ok(true) => Made::Yes,
            Ok(false) => Made::No,
            Err(why) => Made::Open(why),
        }
    }

    /// The name of a condition where one is named; or why it is not known.
    pub(super) fn named(&self, node: &'t Node) -> Result<String, String> {
        let node = node.get("Condition").unwrap_or(node);
        self.value(node).into_text()
    }

    /// Whether a named condition holds; or why that is not known.
    pub(super) fn condition(&self, name: &str) -> Result<bool, String> {
        let answer = self.setting.condition(name, self.depth());
        if let Some(choice) = answer.open {
            self.notes.undecided(choice);
        }
        answer.holds
    }

    /// Whether an expression of a condition holds.
    pub(super) fn inner(&self, node: &'t Node) -> Result<bool, String> {
        self.deeper(|| self.holds(node))?
    }

    fn holds(&self, node: &'t Node) -> Result<bool, String> {
        let [only] = node.entries() else {
            return Err("it is not one function".to_owned());
        };
        let argument = &only.value;
        match &*only.key {
            "Condition" => match argument.text() {
                Some(name) => self.condition(name),
                None => Err("it names no condition".to_owned()),
            },
            "Fn::Equals" => self.equals(argument),
            "Fn::Not" => match argument.items() {
                [inner] => self.inner(inner).map(|holds| !holds),
                _ => Err("`Fn::Not` is not given one condition".to_owned()),
            },
            "Fn::And" => self.all(argument, false),
            "Fn::Or" => self.all(argument, true),
            other => Err(format!("`{other}` is evaluated at deployment")),
        }
    }

    /// `Fn::And` is decided by one that is false, `Fn::Or` by one that is true.
    fn all(&self, argument: &'t Node, decides: bool) -> Result<bool, String> {
        let mut undecided = None;
        for inner in argument.items() {
            match self.inner(inner) {
                Ok(holds) if holds == decides => return Ok(decides),
                Ok(_) => {}
                Err(why) => undecided = undecided.or(Some(why)),
            }
        }
        undecided.map_or(Ok(!decides), Err)
    }

    fn equals(&self, argument: &'t Node) -> Result<bool, String> {
        let [left, right] = argument.items() else {
            return Err("`Fn::Equals` is not given two values".to_owned());
        };
        let (left, right) = (self.value(left), self.value(right));
        match (compared(&left), compared(&right)) {
            (Some(left), Some(right)) => Ok(left == right),
            (Some(text), None) => self.is(right, &text),
            (None, Some(text)) => self.is(left, &text),
            (None, None) if names::same(&left, &right) => Ok(true),
            (None, None) => Err(left.into_text().err().unwrap_or_default()),
        }
    }

    /// Whether a value that is not known is some text.
    fn is(&self, value: Value<'t>, text: &str) -> Result<bool, String> {
        let Some(name) = value.decided_by().map(str::to_owned) else {
            return Err(value.into_text().err().unwrap_or_default());
        };
        let domain = self.domain(&name);
        let open = match &domain {
            Domain::One(literal) => return Ok(literal.compared() == text),
            Domain::Few(values) => {
                if values.iter().all(|value| value.compared() != text) {
                    return Ok(false);
                }
                // Fewer are tried one by one.
                values.len() > TRIED
            }
            // Whether a text that is no whole number is equal to one is not known.
            Domain::Numbers(_) => whole(text, false).is_some(),
            Domain::Any(_) => true,
        };
        let (within, rest) = domain.parted(std::iter::once(text));
        if within.is_empty() && open {
            return Ok(false);
        }
        if open {
            let rest = rest.map(|rest| ("another value".to_owned(), rest));
            self.part(&name, within.into_iter().chain(rest).collect());
        }
        Err(value.into_text().err().unwrap_or_default())
    }
}

/// The text that a comparison sees.
fn compared(value: &Value<'_>) -> Option<String> {
    let Value::Text { text, plain } = value else {
        return None;
    };
    let literal = Literal {
        text: text.clone(),
        plain: *plain,
    };
    Some(literal.compared())
}

/// The parameters that a condition reads, by itself and by others; none where that takes too many steps.
pub(super) fn reads(setting: &Setting<'_, '_>, name: &str) -> Option<BTreeSet<String>> {
    let catalog = setting.catalog;
    let mut parameters = BTreeSet::new();
    let mut conditions = BTreeSet::from([name.to_owned()]);
    let mut waiting: Vec<&Node> = catalog.conditions.get(name).copied().into_iter().collect();
    while let Some(node) = waiting.pop() {
        if !setting.effort.take(1) {
            return None;
        }
        match &node.kind {
            Kind::Null => {}
            Kind::Scalar { text, .. } => {
                // A parameter that is named in a text, too: more may be tried than is needed, and nothing is left out.
                let within = text.split("${").skip(1).filter_map(|part| part.split('}').next());
                let named = std::iter::once(&**text).chain(within);
                let parameter = named.filter(|name| catalog.parameters.contains_key(name));
                parameters.extend(parameter.map(str::to_owned));
            }
            Kind::List(items) => waiting.extend(items),
            Kind::Map(entries) => {
                for entry in entries {
                    waiting.push(&entry.value);
                    if &*entry.key == "Condition"
                        && let Some(name) = entry.value.text()
                        && conditions.insert(name.to_owned())
                    {
                        waiting.extend(catalog.conditions.get(name).copied());
                    }
                }
            }
        }
    }
    Some(parameters)
}
