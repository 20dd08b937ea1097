//! The commands that keep a moment, and that find one.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

/// `mark`
#[derive(Clone, Debug, Args)]
pub struct MarkArgs {
    /// The name: 1 to 64 letters, digits, `.`, `_` or `-`, the first a letter or digit
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    pub name: Option<String>,
    /// Cluster id; with --list: only its marks, and whether each can still be reached
    #[arg(long, value_name = "ID", required_unless_present = "list")]
    pub cluster: Option<String>,
    /// The commit that is about to be deployed
    #[arg(long, value_name = "SHA", conflicts_with = "list")]
    pub commit: Option<String>,
    /// The ticket of the work
    #[arg(long, value_name = "TEXT", conflicts_with = "list")]
    pub ticket: Option<String>,
    /// Move a mark that this cluster has already; the file keeps the old one too
    #[arg(long, conflicts_with = "list")]
    pub force: bool,
    /// Show the marks, newest first
    #[arg(long)]
    pub list: bool,
}

/// `bisect`
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(group = ArgGroup::new("asks").args(["sql", "probe"]).required(true))]
#[command(group = ArgGroup::new("where").args(["candidates", "at", "within"]).required(true))]
pub struct BisectArgs {
    /// What to pause, and how to verify where it ends [default: the built-in rewind.toml]
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: Option<PathBuf>,
    /// Cluster id
    #[arg(long, value_name = "ID")]
    pub cluster: String,
    /// An instant known to be good: any form that `run --to` takes
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub good: String,
    /// An instant known to be bad [default: the present]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub bad: Option<String>,
    /// The zone of a time that names none
    #[arg(long, value_name = "AREA/CITY")]
    pub zone: Option<String>,
    /// Search these statements: the lines of `locate --output json`
    #[arg(long, value_name = "FILE")]
    pub candidates: Option<PathBuf>,
    /// Search these instants: when each suspect took effect; may be repeated
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Vec<String>,
    /// Search time, until good and bad are no farther apart than this: 1s, 30s, 5m
    #[arg(long, value_name = "LENGTH")]
    pub within: Option<String>,
    /// Ask this statement; good is what --expect says
    #[arg(long, value_name = "STATEMENT", requires = "expect")]
    pub sql: Option<String>,
    /// What is good, as a runbook says it: 'equals = 0', 'at_least = 1200', 'rows', 'no rows'
    #[arg(long, value_name = "EXPECTATION", requires = "sql")]
    pub expect: Option<String>,
    /// Ask this command; all that follows belongs to it
    #[arg(long, value_name = "COMMAND", num_args = 1.., allow_hyphen_values = true)]
    pub probe: Vec<String>,
    /// A probe that takes longer is ended, and the search stops
    #[arg(long, value_name = "LENGTH", default_value = "60s")]
    pub timeout: String,
    /// Ask so often at each place: answers that differ stop the search
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=9))]
    pub confirm: u32,
    /// Hops that may be spent on places of which the probe cannot tell
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=20))]
    pub skips: u32,
    /// Stop at the last good moment with the application paused (exit 20)
    #[arg(long, conflicts_with = "back")]
    pub hold: bool,
    /// End where it set out from: tell what was found, and leave the data as it is
    #[arg(long = "return")]
    pub back: bool,
    /// Answer the pause and the one confirmation; must repeat the cluster id
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
    /// Why; the report shows it
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Proceed although binary logging is on: replicas and change streams diverge without a word; needs --reason
    #[arg(long, requires = "reason")]
    pub force: bool,
    /// Take no safety copy although the runbook asks for one; needs --reason
    #[arg(long, requires = "reason")]
    pub no_clone: bool,
}
