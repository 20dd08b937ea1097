//! The commands that may change a cluster.

use std::path::PathBuf;

use clap::Args;

/// `run`
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// What to pause and how to verify [default: the built-in rewind.toml, which asks you to do both by hand]
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: Option<PathBuf>,
    /// Cluster id
    #[arg(long, value_name = "ID")]
    pub cluster: String,
    /// Where to: 2026-11-20T02:14:05Z, '10 minutes ago', -10m, mark:NAME, earliest, or with --zone a local time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: String,
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
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Proceed although binary logging is on: replicas and change streams diverge without a word; needs --reason
    #[arg(long, requires = "reason")]
    pub force: bool,
    /// Take no safety copy although the runbook asks for one; needs --reason
    #[arg(long, requires = "reason")]
    pub no_clone: bool,
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
    #[arg(long, value_name = "TEXT")]
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
    #[arg(long, value_name = "TEXT")]
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
