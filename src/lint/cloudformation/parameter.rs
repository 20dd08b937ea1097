//! What a `Ref` gives: a parameter's default, a pseudo parameter, a variable of a loop, a resource.

use super::choice::Choice;
use super::scope::Scope;
use super::value::Value;
use crate::lint::judgement::Cause;
use crate::lint::tree::{Kind, Node, whole};

/// Possible values that are tried one by one.
const TRIED: usize = 32;
/// Numbers at which what AWS says of a window changes.
const TURNS: [i64; 6] = [-1, 0, 1, 3_600, 259_200, 259_201];

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
        if let Some(parameter) = self.template.named("Parameters", name) {
            return self.parameter(name, parameter);
        }
        if let Some(assumed) = self.world.refs.get(name) {
            return Value::computed(assumed);
        }
        if name == "AWS::Region"
            && let Some(region) = self.template.region
        {
            return Value::computed(region);
        }
        if name.starts_with("AWS::") {
            if name == "AWS::Region" {
                self.lacks(Cause::RegionNotTold);
            }
            return Value::Given(format!("`{name}` is known at deployment"));
        }
        if self.declares(name) {
            return Value::Resource(name.to_owned());
        }
        Value::Unknown(format!(
            "`{name}` is neither a parameter nor a resource of this template"
        ))
    }

    /// True for the logical id of a resource, those of loops included.
    fn declares(&self, name: &str) -> bool {
        let mut resources = self.template.resources().iter();
        resources.any(|entry| &*entry.key == name || entry.key.starts_with("Fn::"))
    }

    fn parameter(&self, name: &str, declared: &'t Node) -> Value<'t> {
        self.parameterised.set(true);
        let kind = declared.get("Type").and_then(Node::text).unwrap_or("String");
        if kind.starts_with("AWS::SSM::Parameter::Value") {
            return Value::Given(format!(
                "parameter `{name}` is read from the SSM parameter store at deployment"
            ));
        }
        let list = kind == "CommaDelimitedList" || kind.starts_with("List<");
        let given = self.world.refs.get(name).map(|text| (text.clone(), false));
        let default = declared.get("Default").and_then(|default| match &default.kind {
            Kind::Scalar { text, plain } => Some((text.to_string(), *plain)),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        });
        match given.or(default) {
            Some((text, _)) if text.contains("{{resolve:") => Value::Given(format!(
                "the default of parameter `{name}` is a dynamic reference, which is resolved at deployment"
            )),
            Some((text, _)) if list => Value::List(split(&text)),
            Some((text, plain)) => Value::Text { text, plain },
            None => {
                self.lacks(Cause::Parameter);
                let answers = answers(declared, kind);
                if !answers.is_empty() && answers.len() <= TRIED {
                    self.undecided(Choice::Ref(name.to_owned(), answers));
                }
                let why = format!("parameter `{name}` has no default");
                if filled(declared) {
                    Value::Given(why)
                } else {
                    Value::Unknown(why)
                }
            }
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

/// Values that stand for everything that a parameter can be; none where they cannot be counted.
fn answers(declared: &Node, kind: &str) -> Vec<String> {
    let allowed = declared.get("AllowedValues").map_or(&[][..], Node::items);
    if !allowed.is_empty() {
        return allowed
            .iter()
            .filter_map(|value| value.text().map(str::to_owned))
            .collect();
    }
    let bound = |name: &str| {
        let text = declared.get(name).and_then(Node::text)?;
        whole(text, true)
    };
    let (least, most) = (bound("MinValue"), bound("MaxValue"));
    if kind != "Number" || (least.is_none() && most.is_none()) {
        return Vec::new();
    }
    // An open end has one more beside the bound, so that no single number is taken for all of them.
    let beside = [
        most.is_none()
            .then(|| least.map(|least| least.saturating_add(1)))
            .flatten(),
        least
            .is_none()
            .then(|| most.map(|most| most.saturating_sub(1)))
            .flatten(),
    ];
    let ends = [least, most].into_iter().chain(beside).flatten();
    let (least, most) = (least.unwrap_or(i64::MIN), most.unwrap_or(i64::MAX));
    let between = TURNS.into_iter().filter(|turn| (least..=most).contains(turn));
    let mut numbers: Vec<i64> = ends.chain(between).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().map(i64::to_string).collect()
}

/// True where a parameter without a default cannot be left empty.
fn filled(declared: &Node) -> bool {
    let least = declared.get("MinLength").and_then(Node::text);
    least
        .and_then(|text| whole(text, true))
        .is_some_and(|least| least > 0)
}
