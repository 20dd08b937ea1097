//! The command that judges templates.

use std::path::PathBuf;

use clap::Args;

use super::region::region;

/// `lint`
#[derive(Clone, Debug, Args)]
pub struct LintArgs {
    /// Templates, or folders of them; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Regions that have Backtrack by now, whatever the list of June 2023 says
    #[arg(long, value_name = "REGION", value_delimiter = ',', value_parser = region)]
    pub backtrack_regions: Vec<String>,
    /// Write the findings to this file as SARIF 2.1.0, too, for code review
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<PathBuf>,
}
