//! The command line. Help text is documentation: it says what a command changes and how it ends.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::ui::ColourChoice;

/// By hand no wider than 80 columns: what is wrapped by itself loses its table.
const AFTER: &str = "\
EXIT CODES
   0  done: rewound, verified, application resumed (or a read-only command
      succeeded)
   1  a bug
   2  usage
   3  findings (check), or a drill scenario that missed its end
   4  input that could not be read
   5  undecided
  10  a guard refused; data untouched, whatever was paused has been resumed
  11  the operator declined; data untouched, whatever was paused has been
      resumed
  12  another run holds this cluster
  20  detached, held, or waiting for a person: `recover` continues it
  30  AWS reports that the backtrack failed; application still paused
  31  outcome unknown: `recover`, do not run again
  32  rewound, verification failed, application still paused
  33  resume incomplete; the outcome says whether data was rewound and what is
      still paused
  40  journal damaged
 130  interrupted before any request; data untouched, whatever was paused has
      been resumed

FIRST STEPS
  rehearse on the built-in lab; nothing real can be touched:
      backtrackctl drill
  what could be reached right now:
      backtrackctl status CLUSTER
  everything but the changes:
      backtrackctl run --cluster CLUSTER --to TIME --dry-run
  the incident:
      backtrackctl run --cluster CLUSTER --to TIME";

/// Walks an operator through an Aurora MySQL Backtrack: pause, validate, rewind once, verify, resume.
///
/// Every step is journaled before it is taken, so that a run that was killed is continued by `recover`. Nothing is
/// changed without being asked for, and without a terminal nothing is ever taken for a yes.
#[derive(Debug, Parser)]
#[command(name = "backtrackctl", version, after_help = AFTER, propagate_version = true, max_term_width = 110)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that are accepted before and after the command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Talk to a running lab on the loopback: mode drill
    #[arg(long, global = true, value_name = "URL")]
    pub lab: Option<String>,
    /// Rehearse `run`: every read for real, nothing changed, nothing asked
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Where runs are journaled [default: $XDG_STATE_HOME/backtrackctl or ~/.local/state/backtrackctl]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "BACKTRACKCTL_JOURNAL",
        hide_env_values = true
    )]
    pub journal: Option<PathBuf>,
    /// AWS profile
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// AWS Region
    #[arg(long, global = true, value_name = "REGION")]
    pub region: Option<String>,
    /// Send every AWS call to this URL
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Lines for people, or one JSON object a line on stdout
    #[arg(long, global = true, value_enum, default_value_t = Output::Text)]
    pub output: Output,
    /// Colour: NO_COLOR is obeyed by auto
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Diagnostics on stderr: -v info, -vv debug, -vvv with the SDK's own
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// Form of what a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// In a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl From<Colour> for ColourChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Rehearse on the built-in lab: it really loses rows and really gets them back
    ///
    /// Starts a lab of its own, hurts it, walks you through the recovery and ends with a score card. In a terminal you
    /// choose the scenario; without one it plays the operator itself, all scenarios. Nothing real can be touched.
    /// Exit 3 when a scenario missed its end.
    Drill(DrillArgs),
    /// The incident: pause, validate, rewind once, verify, resume
    ///
    /// Reads everything and judges it before anything is paused; then asks to pause, validates again, shows what is
    /// lost, and asks once. `--yes` answers the pause and the confirmation, and must repeat the cluster id.
    Run(RunArgs),
    /// Move the cluster of a held or finished run to a later instant
    ///
    /// The same API with a later target, at most what the rewind left (`origin`). The application is left as it was
    /// found: a held run stays held, a finished one is paused, moved, verified and resumed.
    Forward(ForwardArgs),
    /// Continue an interrupted run from its journal, after asking AWS what happened
    ///
    /// Reads the journal, asks AWS what happened before anything else, then goes on where the run stood. It never sends
    /// a request again by itself: `--resend` orders a new attempt, which is validated and confirmed anew, and only
    /// where AWS shows no trace of the first. With `--yes` a `--reason` also accepts data whose verification failed, or
    /// gives up a backtrack that AWS reports as failed. A finished run repeats its outcome and its exit code.
    Recover(RecoverArgs),
    /// What could be reached right now, what is under way, what was done before
    ///
    /// Asks AWS and the journal, and changes nothing.
    Status(StatusArgs),
    /// The runs in the journal
    ///
    /// Reads the journal alone, and asks AWS nothing.
    History(HistoryArgs),
    /// The incident report of a run
    ///
    /// From the journal alone: who decided what and when, what AWS answered, how long it took. Changes nothing.
    Report(ReportArgs),
    /// Examine the audit trail
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Say what is wrong with a runbook, with line and column
    ///
    /// Runs none of its commands and asks AWS nothing. Exit 3 when something is wrong.
    Check(CheckArgs),
    /// The lab alone: an Aurora that can be hurt, for any AWS client
    #[command(subcommand)]
    Lab(LabCommand),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}

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
}

/// What plays the database in the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineChoice {
    /// The best that is there.
    Auto,
    /// The built-in timeline of orders.
    Memory,
    /// A real server.
    Mariadb,
}

/// `run`
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// What to pause and how to verify [default: the built-in rewind.toml, which asks you to do both by hand]
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: Option<PathBuf>,
    /// Cluster id
    #[arg(long, value_name = "ID")]
    pub cluster: String,
    /// Where to: 2026-11-20T02:14:05Z, '10 minutes ago', -10m, earliest, or with --zone a local time
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
}

/// `forward`
#[derive(Clone, Debug, Args)]
pub struct ForwardArgs {
    /// The run
    pub run: String,
    /// A later instant, or `origin`
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

/// `check`
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// The runbook
    #[arg(value_name = "RUNBOOK.toml")]
    pub runbook: PathBuf,
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
    /// Makes the lab repeat itself
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// What plays the database of a lab that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LabEngine {
    /// The built-in timeline of orders.
    Memory,
    /// A real server.
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
