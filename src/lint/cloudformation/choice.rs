//! What only a deployment decides, with the answers that it can give.

use std::collections::BTreeMap;

/// Something undecided, and every answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// What a `Ref` gives: a parameter's or pseudo parameter's name, and its possible values.
    Ref(String, Vec<String>),
    /// A condition's name: true or false.
    Condition(String),
}

/// Answers that were assumed.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// By the name that a `Ref` names.
    pub(super) refs: BTreeMap<String, String>,
    /// By the condition's name.
    pub(super) conditions: BTreeMap<String, bool>,
}

impl Choice {
    /// Number of answers.
    pub(super) fn answers(&self) -> usize {
        match self {
            Self::Ref(_, values) => values.len(),
            Self::Condition(_) => 2,
        }
    }

    /// The worlds that it parts into, each with its name.
    pub(super) fn worlds(&self, world: &World) -> Vec<(String, World)> {
        match self {
            Self::Ref(name, values) => values
                .iter()
                .map(|value| {
                    let mut world = world.clone();
                    world.refs.insert(name.clone(), value.clone());
                    (format!("`{value}`"), world)
                })
                .collect(),
            Self::Condition(name) => [true, false]
                .into_iter()
                .map(|holds| {
                    let mut world = world.clone();
                    world.conditions.insert(name.clone(), holds);
                    (holds.to_string(), world)
                })
                .collect(),
        }
    }

    /// What is undecided, in words.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Ref(name, _) if name.starts_with("AWS::") => {
                format!("`{name}`, which is known at deployment")
            }
            Self::Ref(name, _) => format!("parameter `{name}`, which has no default"),
            Self::Condition(name) => format!("condition `{name}`, which is decided at deployment"),
        }
    }
}
