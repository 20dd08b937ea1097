//! Conditions, over pseudo parameters and the defaults of parameters.

use super::choice::{Choice, World};
use super::scope::Scope;
use super::template::Template;
use super::value::Value;
use crate::lint::tree::Node;

impl<'t> Scope<'_, 't> {
    /// Whether a named condition holds; or why that is not known.
    pub(super) fn condition(&self, name: &str) -> Result<bool, String> {
        if let Some(assumed) = self.world.conditions.get(name) {
            return Ok(*assumed);
        }
        let Some(declared) = self.template.named("Conditions", name) else {
            return Err(format!("condition `{name}` is not declared in this template"));
        };
        // A verdict that depends on a condition says so; whether a parameter decided it is the condition's matter.
        let parameterised = self.parameterised.get();
        let conditional = self.conditional.get();
        let result = self
            .deeper(|| self.holds(declared))
            .unwrap_or_else(|| Err(format!("condition `{name}` names itself")));
        self.parameterised.set(parameterised);
        self.conditional.set(conditional);
        result.map_err(|why| {
            self.undecided(Choice::Condition(name.to_owned()));
            format!("condition `{name}` is decided at deployment: {why}")
        })
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

    fn inner(&self, node: &'t Node) -> Result<bool, String> {
        self.deeper(|| self.holds(node))
            .unwrap_or_else(|| Err("conditions name each other without an end".to_owned()))
    }

    /// `Fn::And` is decided by one that is false, `Fn::Or` by one that is true.
    fn all(&self, argument: &'t Node, decides: bool) -> Result<bool, String> {
        let mut undecided = None;
        for inner in argument.items() {
            match self.inner(inner) {
                Ok(holds) if holds == decides => return Ok(decides),
                Ok(_) => {}
                Err(why) => undecided = Some(why),
            }
        }
        undecided.map_or(Ok(!decides), Err)
    }

    fn equals(&self, argument: &'t Node) -> Result<bool, String> {
        let [left, right] = argument.items() else {
            return Err("`Fn::Equals` is not given two values".to_owned());
        };
        let before = self.open.borrow().clone();
        let sides = self.side(left).and_then(|left| Ok((left, self.side(right)?)));
        if sides.is_err() && !self.exhaustive() {
            // Numbers that stand for a range are not every number that it may be compared with.
            *self.open.borrow_mut() = before;
        }
        sides.map(|(left, right)| left == right)
    }

    /// True where what is open names every value that there can be.
    fn exhaustive(&self) -> bool {
        match &*self.open.borrow() {
            Some(Choice::Ref(name, _)) => self
                .template
                .named("Parameters", name)
                .is_some_and(|parameter| parameter.get("AllowedValues").is_some()),
            Some(Choice::Condition(_)) => true,
            None => false,
        }
    }

    /// One side of a comparison. YAML has several spellings of a boolean.
    fn side(&self, node: &'t Node) -> Result<String, String> {
        let value = self.value(node);
        let plain = matches!(value, Value::Text { plain: true, .. });
        value.into_text().map(|text| {
            let lower = text.to_ascii_lowercase();
            if plain && matches!(lower.as_str(), "true" | "false") {
                lower
            } else {
                text
            }
        })
    }
}

/// Assumes that a condition holds, with what follows from it: that a parameter has the value it is compared with.
pub(super) fn assume(template: Template<'_>, name: &str, world: &mut World) {
    if world.conditions.insert(name.to_owned(), true).is_some() {
        return;
    }
    if let Some(declared) = template.named("Conditions", name) {
        follows(template, declared, world);
    }
}

fn follows(template: Template<'_>, node: &Node, world: &mut World) {
    let [only] = node.entries() else { return };
    match &*only.key {
        "Condition" => {
            if let Some(name) = only.value.text() {
                assume(template, name, world);
            }
        }
        "Fn::And" => {
            for inner in only.value.items() {
                follows(template, inner, world);
            }
        }
        "Fn::Equals" => {
            let [left, right] = only.value.items() else { return };
            for (named, literal) in [(left, right), (right, left)] {
                let named = named.get("Ref").and_then(Node::text);
                if let (Some(name), Some(value)) = (named, literal.text()) {
                    world.refs.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        _ => {}
    }
}
