//! The commands that drill: on a lab or a pre-production cluster, and the lab alone.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `drill`
#[derive(Clone, Debug, Args)]
pub struct DrillArgs {
    /// Which scenario; in a terminal one is chosen when none is named
    pub scenario: Option<String>,
    /// What plays the database
    #[arg(long, value_enum, default_value_t = EngineChoice::Auto)]
    pub engine: EngineChoice,
    /// Makes the lab repeat itself
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// List the scenarios
    #[arg(long)]
    pub list: bool,
    /// Drill on this real pre-production cluster instead: ALL of it goes back
    #[arg(long, value_name = "ID", requires = "runbook", conflicts_with_all = ["scenario", "engine", "seed", "list"])]
    pub cluster: Option<String>,
    /// The cluster's own runbook, with [database]
    #[arg(long, value_name = "RUNBOOK.toml", requires = "cluster")]
    pub runbook: Option<PathBuf>,
    /// Let the whole cluster go back; must repeat the cluster id
    #[arg(long, value_name = "ID", requires = "cluster")]
    pub yes: Option<String>,
}

/// What plays the database in the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineChoice {
    /// The best that is there.
    Auto,
    /// The built-in timeline of orders.
    Memory,
    /// A private mariadbd; BACKTRACKCTL_MARIADBD names one in an unusual place.
    Mariadb,
}

/// `lab`
#[derive(Clone, Debug, Subcommand)]
pub enum LabCommand {
    /// Serve a lab until SIGTERM; prints one line of JSON when ready
    Serve(LabServeArgs),
    /// The sample application of a lab, as a runbook's commands use it (reads BACKTRACKCTL_LAB)
    #[command(subcommand)]
    Shop(ShopCommand),
}

/// `lab serve`
#[derive(Clone, Debug, Args)]
pub struct LabServeArgs {
    /// Loopback address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: String,
    /// What plays the database
    #[arg(long, value_enum, default_value_t = LabEngine::Memory)]
    pub engine: LabEngine,
    /// How the lab behaves, as TOML
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Clusters of several Regions that are described and never moved, as TOML: for `posture`
    #[arg(long, value_name = "FILE")]
    pub fleet: Option<PathBuf>,
    /// Makes the lab repeat itself
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// What plays the database of a lab that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LabEngine {
    /// The built-in timeline of orders.
    Memory,
    /// A private mariadbd; BACKTRACKCTL_MARIADBD names one in an unusual place.
    Mariadb,
}

/// `lab shop`
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum ShopCommand {
    /// Stop taking orders
    Pause,
    /// Take orders again
    Resume,
    /// Succeed when it takes no orders
    IsPaused,
    /// Succeed when it takes orders
    IsOpen,
    /// Succeed when the orders table agrees with the shop's receipts
    Check,
}
