//! What plays the database of a drill, and how much time that needs.

use std::time::Duration;

use chrono::TimeDelta;

use super::scenario::{FirstTarget, Others, Place, Scenario};
use crate::cli::args::EngineChoice;
use crate::cli::failure::Failure;
use crate::lab::{Engine, LabError};
use crate::runbook;
use crate::ui::Line;

/// The item of the shipped runbook that ends sessions and looks for quiet.
const SESSIONS: &str = "[[pause]]
name = \"sessions\"

[pause.pause]
drain = true

[pause.paused]
quiet = \"1s\"

";

/// The engine of a drill.
#[derive(Debug)]
pub enum Chosen {
    /// A timeline in memory, and why it is not a server: nobody asked for one, or there is none.
    Memory {
        /// True when a server would have been taken, had there been one.
        for_want: bool,
    },
    /// A real server.
    Mariadb {
        /// `mariadb 10.11.14`.
        name: String,
    },
}

/// How much time a drill takes for its story.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Real seconds of orders before anything happens.
    pub history: Duration,
    /// How much too early the colleague's target is.
    pub too_early: TimeDelta,
    /// Orders of this long before the statement may be given up by a good recovery.
    pub bearable: TimeDelta,
}

impl Chosen {
    /// The best that is there, unless one is named.
    ///
    /// # Errors
    /// A server was asked for and cannot be had.
    pub fn of(choice: EngineChoice) -> Result<Self, Failure> {
        match choice {
            EngineChoice::Memory => Ok(Self::Memory { for_want: false }),
            EngineChoice::Mariadb => match Engine::mariadb() {
                Ok(name) => Ok(Self::Mariadb { name }),
                Err(error) => Err(Failure::usage(format!("--engine mariadb: {error}"))),
            },
            EngineChoice::Auto => {
                Ok(Engine::mariadb().map_or(Self::Memory { for_want: true }, |name| Self::Mariadb { name }))
            }
        }
    }

    /// As the lab names it.
    pub fn lab(&self) -> Engine {
        match self {
            Self::Memory { .. } => Engine::Memory,
            Self::Mariadb { .. } => Engine::Mariadb,
        }
    }

    /// Whether a real server keeps the rows.
    pub fn is_server(&self) -> bool {
        match self {
            Self::Memory { .. } => false,
            Self::Mariadb { .. } => true,
        }
    }

    /// The runbook of a scenario: on a real server one that asks it.
    pub fn runbook(&self, scenario: &Scenario) -> String {
        match self {
            Self::Memory { .. } => runbook::PRACTICE.to_owned(),
            Self::Mariadb { .. } if scenario.stage == Place::Server(Others::Import) => {
                runbook::DRILL_SQL.replacen(SESSIONS, "", 1)
            }
            Self::Mariadb { .. } => runbook::DRILL_SQL.to_owned(),
        }
    }

    /// As the option names it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Memory { .. } => "memory",
            Self::Mariadb { .. } => "mariadb",
        }
    }

    /// Which engine plays, and how to get the other.
    pub fn lines(&self) -> [Line; 2] {
        let (plays, other) = match self {
            Self::Memory { for_want } => (
                "The database is played by the engine memory: orders on a timeline, no server.".to_owned(),
                if *for_want {
                    "For real rows on a real server: apt-get install mariadb-server-core"
                } else {
                    "For real rows on a real server: drill --engine mariadb"
                },
            ),
            Self::Mariadb { name } => (
                format!(
                    "The database is played by {name}: a private server, with rows that are really lost."
                ),
                "For the quick one, without a server: drill --engine memory",
            ),
        };
        [Line::at(0).text(&plays), Line::at(2).text(other)]
    }

    /// In memory hours have passed already; a real server's history begins with the lab.
    ///
    /// Nobody waits for less than a scenario needs: a person may aim some seconds early, and a colleague has aimed
    /// too early already.
    pub fn pace(&self, scenario: &Scenario, attended: bool) -> Pace {
        match self {
            Self::Memory { .. } => Pace {
                history: Duration::ZERO,
                too_early: TimeDelta::minutes(10),
                bearable: TimeDelta::minutes(1),
            },
            Self::Mariadb { .. } if attended || scenario.first == FirstTarget::TooEarly => Pace {
                history: Duration::from_secs(15),
                too_early: TimeDelta::seconds(10),
                bearable: TimeDelta::seconds(8),
            },
            Self::Mariadb { .. } => Pace {
                history: Duration::from_secs(6),
                too_early: TimeDelta::seconds(5),
                bearable: TimeDelta::seconds(4),
            },
        }
    }

    /// Why there is no lab: in memory nothing can be missing.
    pub fn not_started(&self, error: &LabError) -> Failure {
        let text = format!("the lab could not be started: {error}");
        match self {
            Self::Memory { .. } => Failure::bug(text),
            Self::Mariadb { .. } => {
                Failure::usage(text).next("backtrackctl drill --engine memory    # needs no server")
            }
        }
    }
}
