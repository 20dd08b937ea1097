//! The commands that change nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `status`
#[derive(Clone, Debug, Args)]
pub struct StatusArgs {
    /// Cluster id
    pub cluster: String,
}

/// `history`
#[derive(Clone, Debug, Args)]
pub struct HistoryArgs {
    /// Only runs on this cluster
    pub cluster: Option<String>,
}

/// `report`
#[derive(Clone, Debug, Args)]
pub struct ReportArgs {
    /// The run
    pub run: String,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Md)]
    pub format: ReportFormat,
}

/// Form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Markdown, to paste into the incident's ticket.
    Md,
    /// JSON.
    Json,
}

/// `journal`
#[derive(Clone, Debug, Subcommand)]
pub enum JournalCommand {
    /// Follow the chain of hashes and print the head
    Verify {
        /// The run
        run: String,
    },
}

/// `record`
#[derive(Clone, Debug, Args)]
pub struct RecordArgs {
    /// The runbook
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: PathBuf,
    /// Cluster id
    #[arg(long, value_name = "ID")]
    pub cluster: String,
}

/// `check`
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// The runbook
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: PathBuf,
}
