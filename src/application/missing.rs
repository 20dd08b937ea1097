//! What keeps a command from being started, as far as it can be seen before it is needed. Starts nothing.

use std::ffi::OsString;

use super::Runner;
use super::program;
use crate::domain::runbook::{Command, EnvValue, Piece, Variable, expand, pieces};
use crate::domain::shell::word;

impl Runner {
    /// What keeps the command from being started, as far as it can be seen beforehand; `None` when
    /// nothing does. For preflight: variables that only a moment of the run can give are not asked for.
    pub fn missing(&self, command: &Command) -> Option<String> {
        self.missing_variable(command)
            .or_else(|| missing_value(command))
            .or_else(|| self.missing_program(command))
    }

    fn missing_variable(&self, command: &Command) -> Option<String> {
        let named = command.argv.iter().flat_map(|word| pieces(word));
        named.into_iter().find_map(|piece| match piece {
            Piece::Text(_) | Piece::Variable(Variable::Phase | Variable::Target | Variable::Effective) => {
                None
            }
            Piece::Variable(variable) => {
                let none = self.vars.value(variable, None).is_none();
                none.then(|| format!("expected {} to be set, got none", variable.name()))
            }
            Piece::Unknown(name) => Some(format!("expected a variable that exists, got {name}")),
        })
    }

    fn missing_program(&self, command: &Command) -> Option<String> {
        let Some(first) = command.argv.first() else {
            return Some("expected a program, got an empty command".to_owned());
        };
        // A program whose name only a moment gives cannot be looked for yet.
        let name = expand(first, |variable| self.vars.value(variable, None)).ok()?;
        let path = match command.env.get("PATH") {
            Some(EnvValue::Literal(path)) => OsString::from(path.expose()),
            Some(EnvValue::Reference(reference)) => std::env::var_os(reference).unwrap_or_default(),
            Some(EnvValue::Withheld) | None => std::env::var_os("PATH").unwrap_or_default(),
        };
        let place = if name.contains('/') {
            "at its path"
        } else {
            "in PATH"
        };
        let there = program::is_there(&name, &path);
        (!there).then(|| format!("expected the program {} {place}, got none", word(&name)))
    }
}

/// A value of `env` that is not there.
fn missing_value(command: &Command) -> Option<String> {
    command.env.iter().find_map(|(name, value)| match value {
        EnvValue::Literal(_) => None,
        EnvValue::Reference(reference) => {
            let none = std::env::var_os(reference).is_none();
            none.then(|| format!("expected {reference} to be set in the environment, got none"))
        }
        EnvValue::Withheld => Some(withheld(name)),
    })
}

pub(super) fn withheld(name: &str) -> String {
    format!(
        "expected a value for {name}, got one withheld from the journal: the runbook's file must be read again"
    )
}
