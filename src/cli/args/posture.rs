//! The command that looks at fleets.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::region::region;

/// `posture`
#[derive(Clone, Debug, Args)]
pub struct PostureArgs {
    /// Regions, by name [default: that of --region, the environment or the profile]
    #[arg(long, value_name = "REGION", value_delimiter = ',')]
    pub regions: Vec<String>,
    /// Profiles, each read in every Region [default: that of --profile]
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "profile")]
    pub profiles: Vec<String>,
    /// Regions that have Backtrack by now, whatever the list of June 2023 says
    #[arg(long, value_name = "REGION", value_delimiter = ',', value_parser = region)]
    pub backtrack_regions: Vec<String>,
    /// Judge as of this instant, such as 2026-11-20T02:14:05Z [default: now, by the service's clock]
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// What is required of clusters, and what things cost, as TOML
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Ask for the backtracks of each cluster that has a window, too: a call for each
    #[arg(long)]
    pub deep: bool,
    /// A sheet or a page on stdout in the place of a table; not with --output json
    #[arg(long, value_enum, value_name = "FORM")]
    pub format: Option<PostureFormat>,
}

/// What else may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PostureFormat {
    /// A sheet, one row for each cluster.
    Csv,
    /// One page that needs nothing from anywhere.
    Html,
}

impl PostureFormat {
    /// The word that is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }
}
