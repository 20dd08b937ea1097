//! What a runbook asks to be done, and what it asks to be seen. Nothing here runs anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{EnvValue, Sql};
use crate::domain::safety_copy::CopyPlan;

/// Something that is done to the application: by a command, or by the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Done by a program.
    Command(Command),
    /// Done by the operator, who attests it.
    Manual {
        /// What the operator is asked to do.
        instruction: String,
    },
    /// Done by AWS: a clone or a snapshot of the present. Written as `[copy]`.
    Copy(CopyPlan),
    /// Ends every session of the database that is not ours, AWS's own or kept.
    Drain,
    /// Nothing: what a step that leaves nothing to be reopened has for its way back. No runbook can write it by hand.
    Nothing,
}

/// One program with its arguments. No shell stands between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The program and its arguments; never empty. `$BACKTRACKCTL_*` is expanded by
    /// [`expand`](super::expand), nothing else is.
    pub argv: Vec<String>,
    /// After how many seconds the program and all that it started are killed. Default 60.
    pub timeout_s: u32,
    /// What the program's environment holds besides the operator's own.
    pub env: BTreeMap<String, EnvValue>,
}

/// Something that is looked at, and passes or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Passes when the program exits with 0.
    Command(Command),
    /// A GET request without redirects.
    Http {
        /// `http://…` or `https://…`; `$BACKTRACKCTL_*` is expanded.
        url: String,
        /// The status that passes, 100 to 599.
        status: u16,
        /// What the first MiB of the body must contain.
        contains: Option<String>,
        /// Within how many seconds the whole answer must have come. Default 10.
        timeout_s: u32,
    },
    /// A statement that reads, and what its answer must be.
    Sql(Sql),
    /// Two looks at who is there and what was written: passes when nobody is left.
    Quiet {
        /// How far apart they are, in seconds.
        apart_s: u32,
        /// For how long the looks are repeated, in seconds. Default 60.
        timeout_s: u32,
    },
    /// Asked of the operator; yes passes.
    Question {
        /// The question, worded so that "yes" means that all is well.
        text: String,
    },
    /// Asked of AWS: the safety copy is available, and this run's. No runbook can write it by hand.
    Copy,
}

impl Step {
    /// The command, when it is done by one.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Self::Command(command) => Some(command),
            Self::Manual { .. } | Self::Copy(_) | Self::Drain | Self::Nothing => None,
        }
    }

    pub(super) fn root(&mut self, folder: &Path) {
        match self {
            Self::Command(command) => command.root(folder),
            Self::Manual { .. } | Self::Copy(_) | Self::Drain | Self::Nothing => {}
        }
    }
}

impl Command {
    /// The timeout that is used when a runbook names none, in seconds.
    pub const TIMEOUT_S: u32 = 60;

    /// A name without `/` is looked for in `PATH`; one that begins with a variable is whole by itself.
    fn root(&mut self, folder: &Path) {
        let Some(program) = self.argv.first_mut() else {
            return;
        };
        if program.contains('/') && !program.starts_with(['/', '$']) {
            let whole: PathBuf = folder.join(program.as_str()).components().collect();
            *program = whole.to_string_lossy().into_owned();
        }
    }
}

impl Check {
    /// The timeout of an HTTP check when a runbook names none, in seconds.
    pub const HTTP_TIMEOUT_S: u32 = 10;
    /// For how long it is looked for quiet when a runbook does not say, in seconds.
    pub const QUIET_TIMEOUT_S: u32 = 60;
    /// The timeout of a check by SQL when a runbook names none, in seconds.
    pub const SQL_TIMEOUT_S: u32 = 10;

    /// Whether it can be made again and again without a person.
    pub fn is_made_by_machine(&self) -> bool {
        match self {
            Self::Command(_) | Self::Http { .. } | Self::Sql(_) | Self::Quiet { .. } => true,
            // A copy is looked at apart: what cannot be read of it is a failed look.
            Self::Question { .. } | Self::Copy => false,
        }
    }

    /// Whether it asks the database.
    pub fn by_sql(&self) -> bool {
        match self {
            Self::Sql(_) | Self::Quiet { .. } => true,
            Self::Command(_) | Self::Http { .. } | Self::Question { .. } | Self::Copy => false,
        }
    }

    /// The command, when it is looked at by one.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Self::Command(command) => Some(command),
            Self::Http { .. } | Self::Sql(_) | Self::Quiet { .. } | Self::Question { .. } | Self::Copy => {
                None
            }
        }
    }

    pub(super) fn root(&mut self, folder: &Path) {
        match self {
            Self::Command(command) => command.root(folder),
            Self::Http { .. } | Self::Sql(_) | Self::Quiet { .. } | Self::Question { .. } | Self::Copy => {}
        }
    }
}
