//! The commands that may change a cluster.

use std::path::PathBuf;

use clap::Args;

/// `run`
#[derive(Clone, Debug, Default, Args)]
pub struct RunArgs {
    /// What to pause and how to verify [default: the built-in rewind.toml, which asks you to do both by hand]
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: Option<PathBuf>,
    /// Cluster id
    #[arg(long, value_name = "ID")]
    pub cluster: String,
    /// Where to: 2026-11-20T02:14:05Z, '10 minutes ago', -10m, mark:NAME, earliest, or with --zone a local time
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        required_unless_present = "locate"
    )]
    pub to: Option<String>,
    /// Where the target comes from when nobody knows it.
    #[command(flatten)]
    pub search: SearchArgs,
    /// The zone of a time that names none
    #[arg(long, value_name = "AREA/CITY")]
    pub zone: Option<String>,
    /// Stop after verification with the application paused (exit 20)
    #[arg(long)]
    pub hold: bool,
    /// Answer the pause and the confirmation; must repeat the cluster id
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
    /// Why; the report shows it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
    /// Proceed although binary logging is on: replicas and change streams diverge without a word; needs --reason
    #[arg(long, requires = "reason")]
    pub force: bool,
    /// Take no safety copy although the runbook asks for one; needs --reason
    #[arg(long, requires = "reason")]
    pub no_clone: bool,
}

/// `run --locate`
#[derive(Clone, Debug, Default, Args)]
pub struct SearchArgs {
    /// Find the bad statement in the cluster's logs first, and go to before it, in place of --to
    ///
    /// In a terminal you choose among the candidates. Without one, what `locate` suggests is taken, and only where the
    /// logs show everything that was run, and the statement has no bound and was committed; else exit 5 or 10.
    #[arg(long, conflicts_with = "to")]
    pub locate: bool,
    /// With --locate: only from then on [default: 3 hours ago]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, requires = "locate")]
    pub from: Option<String>,
    /// With --locate: only statements that damage this table: `orders`, or `shop.orders`
    #[arg(long, value_name = "[SCHEMA.]TABLE", requires = "locate")]
    pub table: Option<String>,
    /// With --locate: search this log, or folder of logs, and fetch none; can be given again
    #[arg(long = "file", value_name = "PATH", requires = "locate")]
    pub files: Vec<PathBuf>,
}

impl SearchArgs {
    /// Narrows a search that was not asked for.
    pub fn is_stray(&self) -> bool {
        !self.locate && (self.from.is_some() || self.table.is_some() || !self.files.is_empty())
    }
}

/// `forward`
#[derive(Clone, Debug, Args)]
pub struct ForwardArgs {
    /// The run
    pub run: String,
    /// A later instant, mark:NAME, or `origin`
    #[arg(long, value_name = "TIME|origin", allow_hyphen_values = true)]
    pub to: String,
    /// The zone of a time that names none
    #[arg(long, value_name = "AREA/CITY")]
    pub zone: Option<String>,
    /// Answer the pause and the confirmation; must repeat the cluster id
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
    /// Why; also acknowledges that writes made since the application was resumed may be lost
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
    /// Take no safety copy before this move, and do without the one that was taken; needs --reason
    #[arg(long, requires = "reason")]
    pub no_clone: bool,
}

/// `recover`
#[derive(Clone, Debug, Args)]
pub struct RecoverArgs {
    /// The run
    pub run: String,
    /// Answer for the operator; must repeat the cluster id
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
    /// Why; the report shows it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
    /// Where no trace of the request is found, send again as a new attempt
    #[arg(long)]
    pub resend: bool,
    /// Take the run from a process that still holds it, on another host or hanging
    ///
    /// The other process can do nothing more from then on. Needs a --reason.
    #[arg(long, requires = "reason")]
    pub take_over: bool,
}

/// A reason says something: blanks open no door.
fn reason(typed: &str) -> Result<String, &'static str> {
    if typed.trim().is_empty() {
        return Err("expected a reason, got none");
    }
    Ok(typed.to_owned())
}
