//! The commands that keep a moment.

use clap::Args;

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
