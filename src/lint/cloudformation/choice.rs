//! What only a deployment decides, with the answers that it can give.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::Domain;

/// Something undecided, and every answer to it.
#[derive(Clone, Debug)]
pub(super) enum Choice {
    /// What a `Ref` gives: a parameter's or pseudo parameter's name. The answers leave nothing out.
    Value {
        name: String,
        /// It has a default, with which the resource is not made.
        freed: bool,
        /// Each with how it is told.
        answers: Vec<(String, Domain)>,
    },
    /// A condition's name: true or false.
    Condition(String),
}

/// Answers that were assumed.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// What is left of what a `Ref` can give, by the name that it names.
    pub(super) values: BTreeMap<String, Domain>,
    /// By the condition's name.
    pub(super) conditions: BTreeMap<String, bool>,
    /// Parameters whose default does not hold here.
    pub(super) freed: BTreeSet<String>,
}

impl Choice {
    /// Number of answers.
    pub(super) fn answers(&self) -> usize {
        match self {
            Self::Value { answers, .. } => answers.len(),
            Self::Condition(_) => 2,
        }
    }

    /// The worlds that it parts into, each with its name.
    pub(super) fn worlds(&self, world: &World) -> Vec<(String, World)> {
        match self {
            Self::Value { name, answers, .. } => answers
                .iter()
                .map(|(told, domain)| {
                    let mut world = world.clone();
                    world.values.insert(name.clone(), domain.clone());
                    (told.clone(), world)
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
            Self::Value { name, .. } if name.starts_with("AWS::") => {
                format!("`{name}`, which is known at deployment")
            }
            Self::Value {
                name, freed: true, ..
            } => {
                format!("parameter `{name}`, whose default does not make it")
            }
            Self::Value { name, .. } => format!("parameter `{name}`, which has no default"),
            Self::Condition(name) => format!("condition `{name}`, which is decided at deployment"),
        }
    }
}
