//! CloudFormation's functions, as far as they can be computed without a deployment.

use super::effort::Effort;
use super::scope::{Scope, resolved};
use super::value::{Part, Value};
use crate::lint::tree::Node;

/// Bytes of a text that are put together in one step.
const STRIDE: usize = 64;

impl<'t> Scope<'_, 't> {
    /// What one function gives.
    pub(super) fn intrinsic(&self, name: &str, argument: &'t Node) -> Value<'t> {
        match name {
            "Ref" => match self.value(argument).into_text() {
                Ok(named) => self.reference(&named),
                Err(why) => Value::Unknown(format!("`Ref` names nothing that is known: {why}")),
            },
            "Fn::If" => self.either(argument),
            "Fn::FindInMap" => self.find_in_map(argument),
            "Fn::Sub" => self.sub(argument),
            "Fn::Join" => self.join(argument),
            "Fn::Select" => self.select(argument),
            "Fn::Split" => self.split(argument),
            "Fn::Length" => match self.value(argument).into_list() {
                Ok(items) => Value::computed(items.len().to_string()),
                Err(why) => Value::Unknown(why),
            },
            "Fn::GetAtt" => self.attribute(argument),
            "Fn::ImportValue" => {
                let why = "`Fn::ImportValue` gives what another stack exports at deployment".to_owned();
                match self.value(argument).into_text() {
                    Ok(name) => Value::named(format!("export {name}"), why, true),
                    Err(_) => Value::Partly(vec![Part::Open(why)]),
                }
            }
            _ => Value::Unknown(format!("`{name}` is evaluated at deployment")),
        }
    }

    fn either(&self, argument: &'t Node) -> Value<'t> {
        let [condition, then, otherwise] = argument.items() else {
            return Value::Unknown("`Fn::If` is not given a condition and two values".to_owned());
        };
        self.notes.conditional.set(true);
        match self.named(condition).and_then(|name| self.condition(&name)) {
            Ok(true) => self.value(then),
            Ok(false) => self.value(otherwise),
            Err(why) => Value::Unknown(why),
        }
    }

    fn sub(&self, argument: &'t Node) -> Value<'t> {
        let (template, variables) = match argument.items() {
            [template, variables, ..] => (template.text(), Some(variables)),
            [template] => (template.text(), None),
            [] => (argument.text(), None),
        };
        let Some(template) = template else {
            return Value::Unknown("`Fn::Sub` is not given a text".to_owned());
        };
        if template.contains("{{resolve:") {
            return resolved(template);
        }
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            parts.push(Part::Text(before.to_owned()));
            let Some((name, after)) = after.split_once('}') else {
                return Value::Unknown("`Fn::Sub` has a `${` without its end".to_owned());
            };
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                parts.push(Part::Text(format!("${{{literal}}}")));
                continue;
            }
            let name = name.trim();
            let given = variables.and_then(|variables| variables.get(name));
            let value = match (given, name.split_once('.')) {
                (Some(node), _) => self.value(node),
                (None, Some((resource, _))) => self.attribute_of(resource, name),
                (None, None) => self.reference(name),
            };
            match self.paid(value).into_parts() {
                Ok(value) => parts.extend(value),
                Err(why) => parts.push(Part::Open(why)),
            }
        }
        parts.push(Part::Text(rest.to_owned()));
        self.text_of(parts)
    }

    /// The text of some parts, at a cost.
    fn text_of(&self, parts: Vec<Part>) -> Value<'t> {
        let length: usize = parts.iter().map(Part::length).sum();
        if self.setting.effort.take(parts.len() + length / STRIDE) {
            Value::of_parts(parts)
        } else {
            Value::Unknown(Effort::why())
        }
    }

    fn join(&self, argument: &'t Node) -> Value<'t> {
        let [separator, items] = argument.items() else {
            return Value::Unknown("`Fn::Join` is not given a text and a list".to_owned());
        };
        let separator = match self.value(separator).into_text() {
            Ok(separator) => separator,
            Err(why) => return Value::Unknown(why),
        };
        let items = match self.value(items).into_list() {
            Ok(items) => items,
            Err(why) => return Value::Unknown(why),
        };
        let steps = items.len() * (1 + separator.len() / STRIDE);
        if !self.setting.effort.take(steps) {
            return Value::Unknown(Effort::why());
        }
        let mut parts = Vec::new();
        for item in items {
            if matches!(item, Value::Nothing) {
                continue;
            }
            if !parts.is_empty() {
                parts.push(Part::Text(separator.clone()));
            }
            match item.into_parts() {
                Ok(item) => parts.extend(item),
                Err(why) => return Value::Unknown(why),
            }
        }
        self.text_of(parts)
    }

    fn select(&self, argument: &'t Node) -> Value<'t> {
        let [index, items] = argument.items() else {
            return Value::Unknown("`Fn::Select` is not given an index and a list".to_owned());
        };
        let index = match self.value(index).into_text() {
            Ok(index) => index,
            Err(why) => return Value::Unknown(why),
        };
        let items = match self.value(items).into_list() {
            Ok(items) => items,
            Err(why) => return Value::Unknown(why),
        };
        let at = index.parse::<usize>().ok();
        at.and_then(|at| items.into_iter().nth(at)).unwrap_or_else(|| {
            Value::Unknown(format!(
                "`Fn::Select` asks for item {index}, which the list has not"
            ))
        })
    }

    fn split(&self, argument: &'t Node) -> Value<'t> {
        let [separator, text] = argument.items() else {
            return Value::Unknown("`Fn::Split` is not given two texts".to_owned());
        };
        let separator = self.value(separator).into_text();
        let text = self.value(text).into_text();
        match (separator, text) {
            (Ok(separator), Ok(text)) if !separator.is_empty() => {
                if self.setting.effort.take(text.matches(&separator).count()) {
                    Value::List(text.split(&separator).map(Value::computed).collect())
                } else {
                    Value::Unknown(Effort::why())
                }
            }
            (Ok(_), Ok(_)) => Value::Unknown("`Fn::Split` is given no separator".to_owned()),
            (Err(why), _) | (_, Err(why)) => Value::Unknown(why),
        }
    }

    /// An attribute of a resource.
    fn attribute(&self, argument: &'t Node) -> Value<'t> {
        let mut texts = match argument.items() {
            [] => vec![self.value(argument).into_text()],
            items => items.iter().map(|item| self.value(item).into_text()).collect(),
        };
        let last = texts.pop().and_then(Result::ok).unwrap_or_default();
        let first = match texts.into_iter().next() {
            Some(first) => first.ok(),
            None => last.split('.').next().map(str::to_owned),
        };
        match first {
            Some(first) => self.attribute_of(&first, &format!("{first}.{last}")),
            None => Value::Partly(vec![Part::Open("`Fn::GetAtt` is known at deployment".to_owned())]),
        }
    }

    /// An attribute of a resource: of one in this template it is told which.
    fn attribute_of(&self, resource: &str, whole: &str) -> Value<'t> {
        if self.setting.catalog.declares(resource) {
            return Value::Partly(vec![Part::Resource(resource.to_owned())]);
        }
        Value::named(whole, format!("`{whole}` is known at deployment"), true)
    }
}
