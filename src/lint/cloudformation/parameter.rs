//! What a `Ref` gives: a parameter's default, a pseudo parameter, a variable of a loop, a resource.

use super::choice::Choice;
use super::domain::{Domain, Literal, TRIED, is_list, kind, of_the_store};
use super::scope::{Scope, resolved};
use super::value::{Part, Value};
use crate::lint::judgement::Cause;
use crate::lint::regions::Regions;
use crate::lint::tree::{Node, whole};

impl<'t> Scope<'_, 't> {
    /// What `Ref` gives.
    pub(super) fn reference(&self, name: &str) -> Value<'t> {
        let looped = self.loops.iter().rev().find(|(variable, _)| variable == name);
        if let Some((_, value)) = looped {
            return Value::computed(value);
        }
        if name == "AWS::NoValue" {
            return Value::Nothing;
        }
        let catalog = self.setting.catalog;
        if let Some(parameter) = catalog.parameters.get(name) {
            return self.parameter(name, parameter);
        }
        if name.starts_with("AWS::") {
            return match self.domain(name) {
                Domain::One(literal) => Value::computed(literal.text),
                Domain::Few(_) | Domain::Numbers(_) | Domain::Any(_) => {
                    if name == "AWS::Region" {
                        self.notes.lacks(Cause::RegionNotTold);
                    }
                    Value::named(name, format!("`{name}` is known at deployment"), true)
                }
            };
        }
        if catalog.declares(name) {
            return Value::Partly(vec![Part::Resource(name.to_owned())]);
        }
        Value::Unknown(format!(
            "`{name}` is neither a parameter nor a resource of this template"
        ))
    }

    /// What is left, in this world, of what a parameter or pseudo parameter can be.
    pub(super) fn domain(&self, name: &str) -> Domain {
        let setting = self.setting;
        if let Some(domain) = setting.world.values.get(name) {
            return domain.clone();
        }
        if let Some(declared) = setting.catalog.parameters.get(name) {
            return Domain::of_parameter(declared, setting.world.freed.contains(name));
        }
        match setting.catalog.template.regions.and_then(Regions::named) {
            Some(region) if name == "AWS::Region" => Domain::One(Literal::computed(region)),
            Some(_) | None => Domain::any(),
        }
    }

    /// Notes that a value is undecided, with the answers to it.
    pub(super) fn part(&self, name: &str, answers: Vec<(String, Domain)>) {
        if !answers.is_empty() {
            self.notes.undecided(Choice::Value {
                name: name.to_owned(),
                freed: self.setting.world.freed.contains(name),
                answers,
            });
        }
    }

    fn parameter(&self, name: &str, declared: &'t Node) -> Value<'t> {
        self.notes.parameterised.set(true);
        let domain = self.domain(name);
        let open = |why: &str| {
            let filled = domain.filled() || filled(declared);
            Value::named(name, format!("parameter `{name}` {why}"), filled)
        };
        match &domain {
            Domain::One(literal) if literal.text.contains("{{resolve:") => resolved(&literal.text),
            Domain::One(literal) if is_list(kind(declared)) => Value::List(split(&literal.text)),
            Domain::One(literal) => Value::Text {
                text: literal.text.clone(),
                plain: literal.plain,
            },
            Domain::Any(_) if of_the_store(kind(declared)) => {
                open("is read from the SSM parameter store at deployment")
            }
            Domain::Few(values) => {
                self.notes.lacks(Cause::Parameter);
                if values.len() <= TRIED {
                    let texts: Vec<String> = values.iter().map(Literal::compared).collect();
                    self.part(name, domain.parted(texts.iter().map(String::as_str)).0);
                }
                open(self.why(name))
            }
            Domain::Numbers(_) | Domain::Any(_) => {
                self.notes.lacks(Cause::Parameter);
                open(self.why(name))
            }
        }
    }

    fn why(&self, name: &str) -> &'static str {
        if self.setting.world.freed.contains(name) {
            "has another value than its default where this is made"
        } else {
            "has no default"
        }
    }
}

/// A list as a parameter writes it.
fn split<'t>(text: &str) -> Vec<Value<'t>> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(',').map(|item| Value::computed(item.trim())).collect()
}

/// True where a parameter without a default cannot be left empty.
fn filled(declared: &Node) -> bool {
    let least = declared.get("MinLength").and_then(Node::text);
    kind(declared) == "Number"
        || of_the_store(kind(declared))
        || least
            .and_then(|text| whole(text, true))
            .is_some_and(|least| least > 0)
}
