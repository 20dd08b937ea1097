//! CloudFormation's functions, as far as they can be computed without a deployment.

use super::choice::Choice;
use super::scope::Scope;
use super::value::Value;
use crate::lint::tree::Node;

/// Keys of a mapping that are tried one by one.
const TRIED: usize = 40;

impl<'t> Scope<'_, 't> {
    /// What one function gives.
    pub(super) fn intrinsic(&self, name: &str, argument: &'t Node) -> Value<'t> {
        match name {
            "Ref" => match argument.text() {
                Some(named) => self.reference(&self.looped(named)),
                None => Value::Unknown("`Ref` names nothing".to_owned()),
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
                Value::Given("`Fn::ImportValue` gives what another stack exports at deployment".to_owned())
            }
            _ => Value::Unknown(format!("`{name}` is evaluated at deployment")),
        }
    }

    fn either(&self, argument: &'t Node) -> Value<'t> {
        let [condition, then, otherwise] = argument.items() else {
            return Value::Unknown("`Fn::If` is not given a condition and two values".to_owned());
        };
        self.conditional.set(true);
        let Some(name) = condition.text().map(|name| self.looped(name)) else {
            return Value::Unknown("`Fn::If` names no condition".to_owned());
        };
        match self.condition(&name) {
            Ok(true) => self.value(then),
            Ok(false) => self.value(otherwise),
            Err(why) => Value::Unknown(why),
        }
    }

    fn find_in_map(&self, argument: &'t Node) -> Value<'t> {
        let [map, first, second, more @ ..] = argument.items() else {
            return Value::Unknown("`Fn::FindInMap` is not given a map and two keys".to_owned());
        };
        let map = match self.value(map).into_text() {
            Ok(map) => map,
            Err(why) => return Value::Unknown(why),
        };
        let Some(mapping) = self.template.named("Mappings", &map) else {
            return Value::Unknown(format!(
                "`Fn::FindInMap` names `{map}`, which is no mapping of this template"
            ));
        };
        if let Some(bringing) = mapping.entry("Fn::Transform") {
            return Value::Unknown(format!("`{}` gives mapping `{map}`", bringing.key));
        }
        let found = self
            .key_of(mapping, first)
            .and_then(|row| self.key_of(row, second));
        match found {
            Ok(found) => self.value(found),
            Err(Missing::Unknown(why)) => Value::Unknown(why),
            Err(Missing::Key(key)) => {
                let default = more.iter().find_map(|option| option.get("DefaultValue"));
                match default {
                    Some(default) => self.value(default),
                    None => Value::Unknown(format!("mapping `{map}` has no key `{key}`")),
                }
            }
        }
    }

    /// The entry of a mapping whose key is an expression. Where that is undecided, each key is an answer.
    fn key_of(&self, map: &'t Node, key: &'t Node) -> Result<&'t Node, Missing> {
        let before = self.open.borrow().clone();
        let value = self.value(key);
        let named = key.get("Ref").and_then(Node::text);
        match value.into_text() {
            Ok(key) => map.get(&key).ok_or(Missing::Key(key)),
            Err(why) => {
                let keys = map.entries();
                if let Some(name) = named
                    && before.is_none()
                    && keys.len() <= TRIED
                {
                    let keys = keys.iter().map(|entry| entry.key.to_string()).collect();
                    *self.open.borrow_mut() = Some(Choice::Ref(name.to_owned(), keys));
                }
                Err(Missing::Unknown(why))
            }
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
            return Value::Given(format!(
                "dynamic reference `{template}` is resolved at deployment"
            ));
        }
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                return Value::Unknown("`Fn::Sub` has a `${` without its end".to_owned());
            };
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                text.push_str("${");
                text.push_str(literal);
                text.push('}');
                continue;
            }
            let given = variables.and_then(|variables| variables.get(name));
            let value = match given {
                Some(node) => self.value(node),
                None if name.contains('.') => Value::Given(format!("`{name}` is known at deployment")),
                None => self.reference(name),
            };
            match value.into_text() {
                Ok(value) => text.push_str(&value),
                Err(why) => return Value::Given(why),
            }
        }
        text.push_str(rest);
        Value::computed(text)
    }

    fn join(&self, argument: &'t Node) -> Value<'t> {
        let [separator, items] = argument.items() else {
            return Value::Unknown("`Fn::Join` is not given a text and a list".to_owned());
        };
        let separator = match self.value(separator).into_text() {
            Ok(separator) => separator,
            Err(why) => return Value::Unknown(why),
        };
        let texts = self.value(items).into_list().and_then(|items| {
            let given = items.into_iter().filter(|item| !matches!(item, Value::Nothing));
            given.map(Value::into_text).collect::<Result<Vec<_>, _>>()
        });
        match texts {
            Ok(texts) => Value::computed(texts.join(&separator)),
            Err(why) => Value::Unknown(why),
        }
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
                Value::List(text.split(&separator).map(Value::computed).collect())
            }
            (Ok(_), Ok(_)) => Value::Unknown("`Fn::Split` is given no separator".to_owned()),
            (Err(why), _) | (_, Err(why)) => Value::Unknown(why),
        }
    }

    /// An attribute of a resource: of one in this template it is told which.
    fn attribute(&self, argument: &'t Node) -> Value<'t> {
        let named = match argument.items() {
            [] => argument.text().map(|text| text.split('.').next().unwrap_or(text)),
            [first, ..] => first.text(),
        };
        match named.map(|named| self.reference(&self.looped(named))) {
            Some(Value::Resource(id)) => Value::Resource(id),
            Some(_) | None => Value::Given("`Fn::GetAtt` is known at deployment".to_owned()),
        }
    }
}

/// Why a value of a mapping is not to be had.
enum Missing {
    Key(String),
    Unknown(String),
}
