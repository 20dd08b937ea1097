//! The command that searches logs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::logs::LogSource;
use crate::domain::statement_log::LogKind;
use crate::locate::Kind;

/// `locate`
#[derive(Clone, Debug, Default, Args)]
pub struct LocateArgs {
    /// Logs, or folders of them: plain, gzip or zstd, or lines as CloudWatch exports them
    #[arg(long = "file", value_name = "PATH", required_unless_present = "cluster", num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// Fetch the logs of this cluster, from the instances that were its writer then
    #[arg(long, value_name = "ID", conflicts_with = "files")]
    pub cluster: Option<String>,
    /// Where a cluster's logs come from: `auto` takes the instances' files, and where those lack something CloudWatch Logs
    #[arg(long, value_enum, value_name = "SOURCE", default_value_t = Source::Auto)]
    pub source: Source,
    /// Kinds of log [default: the first that there is]
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    pub logs: Vec<Log>,
    /// The zone of logs in local time, and of a --from or --to that names none
    ///
    /// MariaDB's audit log writes the server's local time without saying which: without this it is not searched, and
    /// the exit code says so. A time that the clocks showed twice is taken for the earlier one.
    #[arg(long, value_name = "AREA/CITY")]
    pub zone: Option<String>,
    /// Only statements at or after this: 2026-11-20T02:14:05Z, '3 hours ago', -10m, or with --zone a local time
    ///
    /// Of a cluster's logs, the last 3 hours are fetched unless it says otherwise.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Only statements at or before this
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Only statements of this account
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Only statements from this client host, as the log writes it
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only statements that damage this table: `orders`, or `shop.orders`
    #[arg(long, value_name = "[SCHEMA.]TABLE")]
    pub table: Option<String>,
    /// Only statements that damage a table of this schema
    #[arg(long, value_name = "NAME")]
    pub schema: Option<String>,
    /// Only statements of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<StatementKind>,
    /// Only statements that hold this text; case is ignored
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// Files read at the same time [default: one for each processor]
    ///
    /// What is found does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// List every candidate, and what did no damage too: what was rolled back, and single rows by their key
    #[arg(long)]
    pub all: bool,
}

/// Where a cluster's logs come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Source {
    /// Files, and where those lack something CloudWatch Logs.
    #[default]
    Auto,
    /// Files of the instances, by the RDS API.
    Files,
    /// What the cluster exports to CloudWatch Logs.
    Cloudwatch,
}

impl From<Source> for LogSource {
    fn from(source: Source) -> Self {
        match source {
            Source::Auto => Self::Auto,
            Source::Files => Self::Files,
            Source::Cloudwatch => Self::CloudWatch,
        }
    }
}

/// A kind of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// Advanced Auditing: every statement, and whether it failed.
    Audit,
    /// Every statement as it was received.
    General,
    /// Statements that took long.
    Slow,
}

impl From<Log> for LogKind {
    fn from(log: Log) -> Self {
        match log {
            Log::Audit => Self::Audit,
            Log::General => Self::General,
            Log::Slow => Self::Slow,
        }
    }
}

/// A kind of statement that destroys, or runs what may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatementKind {
    /// DELETE.
    Delete,
    /// UPDATE.
    Update,
    /// TRUNCATE.
    Truncate,
    /// DROP TABLE, DROP DATABASE.
    Drop,
    /// RENAME TABLE.
    Rename,
    /// ALTER TABLE.
    Alter,
    /// REPLACE.
    Replace,
    /// LOAD DATA.
    Load,
    /// INSERT that writes over rows.
    Insert,
    /// CALL of a procedure.
    Call,
    /// EXECUTE of a prepared statement.
    Execute,
}

impl From<StatementKind> for Kind {
    fn from(kind: StatementKind) -> Self {
        match kind {
            StatementKind::Delete => Self::Delete,
            StatementKind::Update => Self::Update,
            StatementKind::Truncate => Self::Truncate,
            StatementKind::Drop => Self::Drop,
            StatementKind::Rename => Self::Rename,
            StatementKind::Alter => Self::Alter,
            StatementKind::Replace => Self::Replace,
            StatementKind::Load => Self::Load,
            StatementKind::Insert => Self::Insert,
            StatementKind::Call => Self::Call,
            StatementKind::Execute => Self::Execute,
        }
    }
}
