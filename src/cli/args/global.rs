//! Options of every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::ui::ColourChoice;

/// Options that are accepted before and after the command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Talk to a running lab on the loopback: mode drill
    #[arg(long, global = true, value_name = "URL")]
    pub lab: Option<String>,
    /// Rehearse `run`: every read for real, nothing changed, nothing asked
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Where runs are journaled [default: $XDG_STATE_HOME/backtrackctl or ~/.local/state/backtrackctl]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "BACKTRACKCTL_JOURNAL",
        hide_env_values = true
    )]
    pub journal: Option<PathBuf>,
    /// AWS profile
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// AWS Region
    #[arg(long, global = true, value_name = "REGION")]
    pub region: Option<String>,
    /// Send every AWS call to this URL
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Lines for people, or one JSON object a line on stdout
    #[arg(long, global = true, value_enum, default_value_t = Output::Text)]
    pub output: Output,
    /// Colour: NO_COLOR is obeyed by auto
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Diagnostics on stderr: -v info, -vv debug, -vvv with the SDK's own
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// Form of what a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// In a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl From<Colour> for ColourChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}
