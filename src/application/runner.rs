//! Runs what a runbook names: expands variables, resolves the environment, and reports.

use std::ffi::OsString;
use std::time::{Duration, Instant};

use super::http::{self, Expected};
use super::missing::withheld;
use super::output::Kept;
use super::process;
use super::report::{CommandOutcome, CommandReport, HttpOutcome, HttpReport};
use super::tail::{Secrets, Tail};
use super::tether::{Held, Tether};
use super::variables::{Moment, Variables};
use crate::domain::runbook::{Command, EnvValue, Variable, expand};

/// Runs the commands and HTTP checks of one run.
#[derive(Debug, Clone)]
pub struct Runner {
    pub(super) vars: Variables,
    tether: Option<Tether>,
    /// A variable of the operator's that holds a password: commands inherit it, and no screen shows it.
    hidden: Option<String>,
}

/// A command with everything that it names resolved.
struct Resolved {
    argv: Vec<String>,
    env: Vec<(String, OsString)>,
}

impl Runner {
    /// A runner for one run.
    pub fn new(vars: Variables) -> Self {
        Self {
            vars,
            tether: None,
            hidden: None,
        }
    }

    /// The same, whose commands' output is masked where it repeats the value of this variable.
    #[must_use]
    pub fn hiding(self, variable: Option<String>) -> Self {
        Self {
            hidden: variable,
            ..self
        }
    }

    /// The same, whose commands show that they live even when this process is dead.
    #[must_use]
    pub fn tethered(self, tether: Tether) -> Self {
        Self {
            tether: Some(tether),
            ..self
        }
    }

    /// What shows that a command lives.
    pub(super) fn tether(&self) -> Option<&Tether> {
        self.tether.as_ref()
    }

    /// Runs a command to its end or its timeout. Dropped before that, the command and all that it
    /// started is killed. A command that names a variable without a value is not started.
    pub async fn command(&self, command: &Command, moment: &Moment) -> CommandReport {
        let began = Instant::now();
        let none = Kept::new(0);
        let resolved = self
            .resolve(command, moment)
            .and_then(|resolved| Ok((self.hold(command)?, resolved)));
        let (outcome, tail) = match resolved {
            Err(outcome) => (outcome, Tail::new(&none, &none, &Secrets::default())),
            Ok((held, resolved)) => {
                let secrets = Secrets::new(
                    resolved
                        .env
                        .iter()
                        .map(|(_, value)| value.to_string_lossy().into_owned())
                        .chain(inherited(self.hidden.as_deref())),
                );
                let limit = Duration::from_secs(command.timeout_s.into());
                let process = self.process(&resolved, moment);
                let (outcome, stdout, stderr) = process::run(process, limit, secrets.longest(), held).await;
                (outcome, Tail::new(&stdout, &stderr, &secrets))
            }
        };
        CommandReport {
            outcome,
            took_ms: since(began),
            tail,
        }
    }

    /// Asks a URL once, by GET. Redirects are not followed; the timeout is for the whole answer. With a
    /// lab, a URL off the loopback is refused.
    pub async fn http(
        &self,
        url: &str,
        status: u16,
        contains: Option<&str>,
        timeout_s: u32,
        moment: &Moment,
    ) -> HttpReport {
        let began = Instant::now();
        let outcome = match self.expanded(url, moment) {
            Err(unset) => HttpOutcome::Unset { variable: unset },
            Ok(url) => {
                let limit = Duration::from_secs(timeout_s.into());
                http::get(
                    &url,
                    Expected { status, contains },
                    limit,
                    self.vars.lab.is_some(),
                )
                .await
            }
        };
        HttpReport {
            outcome,
            took_ms: since(began),
        }
    }

    fn resolve(&self, command: &Command, moment: &Moment) -> Result<Resolved, CommandOutcome> {
        let unset = |variable: String| CommandOutcome::Unset { variable };
        let argv: Result<Vec<_>, _> = command
            .argv
            .iter()
            .map(|word| self.expanded(word, moment))
            .collect();
        let argv = argv.map_err(unset)?;
        let mut env = Vec::with_capacity(command.env.len());
        for (name, value) in &command.env {
            let value = match value {
                EnvValue::Literal(literal) => OsString::from(literal.expose()),
                EnvValue::Reference(reference) => {
                    std::env::var_os(reference).ok_or_else(|| unset(reference.clone()))?
                }
                EnvValue::Withheld => {
                    return Err(CommandOutcome::NotStarted { why: withheld(name) });
                }
            };
            env.push((name.clone(), value));
        }
        Ok(Resolved { argv, env })
    }

    fn hold(&self, command: &Command) -> Result<Option<Held>, CommandOutcome> {
        let Some(tether) = &self.tether else {
            return Ok(None);
        };
        let program = command.argv.first().map_or("", String::as_str);
        match tether.hold(program, command.timeout_s) {
            Ok(held) => Ok(Some(held)),
            Err(error) => Err(CommandOutcome::NotStarted {
                why: format!("its lock {} was not taken: {error}", tether.path().display()),
            }),
        }
    }

    fn process(&self, resolved: &Resolved, moment: &Moment) -> tokio::process::Command {
        let (program, arguments) = resolved
            .argv
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (first, rest));
        let mut process = tokio::process::Command::new(program);
        process
            .args(arguments)
            .envs(resolved.env.iter().map(|(name, value)| (name, value)));
        for variable in Variable::ALL {
            // A value of an outer run must not be taken for one of this.
            match self.vars.value(variable, Some(moment)) {
                Some(value) => process.env(variable.name(), value),
                None => process.env_remove(variable.name()),
            };
        }
        process
    }

    /// The text with its variables expanded, or the name of one that is unset.
    fn expanded(&self, text: &str, moment: &Moment) -> Result<String, String> {
        expand(text, |variable| self.vars.value(variable, Some(moment))).map_err(|unset| unset.variable)
    }
}

/// What every command inherits and no screen should show: it may print its whole environment.
fn inherited(hidden: Option<&str>) -> impl Iterator<Item = String> {
    let names = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    let names = names.into_iter().chain(hidden);
    let value = |name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    names.filter_map(value)
}

fn since(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}
