//! The command that judges templates.

use std::path::PathBuf;

use clap::Args;

/// `lint`
#[derive(Clone, Debug, Args)]
pub struct LintArgs {
    /// Templates, or folders of them; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write the findings to this file as SARIF 2.1.0, too, for code review
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<PathBuf>,
}
