//! The program and its commands.

use clap::{Parser, Subcommand};
use clap_complete::Shell;

use super::{
    BisectArgs, CheckArgs, DrillArgs, ForwardArgs, Global, HistoryArgs, JournalCommand, LabCommand, LintArgs,
    LocateArgs, MarkArgs, PostureArgs, RecordArgs, RecoverArgs, ReportArgs, RunArgs, StatusArgs,
};

/// By hand no wider than 80 columns: what is wrapped by itself loses its table.
const AFTER: &str = "\
EXIT CODES
   0  done: rewound, verified, application resumed (or a read-only command
      succeeded)
   1  a bug
   2  usage
   3  findings (check, lint, posture), or a drill scenario that missed its end
   4  input that could not be read, or output that could not be written
   5  undecided (lint, posture); or the logs do not cover the asked interval (locate)
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
      backtrackctl run --cluster CLUSTER --to TIME
  the incident, when nobody knows when it happened:
      backtrackctl run --cluster CLUSTER --locate";

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

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Rehearse on the built-in lab: it really loses rows and really gets them back
    ///
    /// Starts a lab of its own, hurts it, walks you through the recovery and ends with a score card. In a terminal you
    /// choose the scenario; without one it plays the operator itself, all scenarios. Nothing real can be touched.
    /// Exit 3 when a scenario missed its end.
    ///
    /// With --cluster it is played on a real pre-production cluster, by its own runbook: a canary table in a schema of its
    /// own is written, lost, rewound, verified and removed. THE WHOLE CLUSTER GOES BACK, every schema of it, and what
    /// anybody writes meanwhile is lost. Only where the cluster has the tag backtrackctl:drill = allowed, and with --yes.
    /// Exits as `run` does. With --lab the cluster is that lab's.
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
    /// Keep what the probes see now, to be expected after a rewind
    ///
    /// Asks every check with expect = "recorded" and keeps the answers beside the journal. Do it while the data is as it
    /// should be, as before risky work: what was recorded before is replaced, and told. Refused while an unfinished run
    /// holds the cluster.
    Record(RecordArgs),
    /// Find the bad statement in a cluster's logs or in files, and the instant before it
    ///
    /// Searches Aurora's audit log, those of RDS for MySQL and MariaDB, general and slow logs: files on this machine, or
    /// with --cluster those of the instances that were its writer then, or what it exports to CloudWatch Logs. What is
    /// fetched is kept beside the journal first, because logs go with age; what could not be fetched is named. Changes nothing.
    /// In a terminal, --cluster then asks which one, and offers to begin the run that goes to before it.
    ///
    /// A statement is a candidate when rows or columns are gone, changed wholesale, or unreachable under their name:
    /// DELETE, UPDATE, DROP, TRUNCATE, RENAME, ALTER ... DROP, and what may hide them: CALL, EXECUTE. Candidates are
    /// ranked and not filtered: `unbounded` (no WHERE, one that is always true, or DDL), `wide` (one end open, or some
    /// rows excluded), `unknown` (the text was cut off, or only names what was run), `bounded`; the earliest first in each.
    /// What failed, what was rolled back, and single rows by their key did no damage: they are counted.
    ///
    /// The target is one second before the first damaging statement of the transaction, rounded down. What it would
    /// sacrifice is counted in statements, and said to be unknown where no log shows every one.
    ///
    /// What was read is always told: lines, files, the interval they cover. Nothing proves what lies before the first
    /// and after the last line, so --from and --to within them: exit 5 when the logs do not cover what was asked, and 4
    /// when a file could not be read. What was found is shown all the same.
    #[command(
        after_help = "EXAMPLES\n  backtrackctl locate --cluster orders-prod\n  backtrackctl locate --file audit/ --table orders \\\n      --from 2026-11-20T02:00:00Z --to 2026-11-20T02:30:00Z"
    )]
    Locate(LocateArgs),
    /// Name the present instant before a deployment, a migration, a test suite
    ///
    /// Asks AWS who the cluster is and what time it is there, changes nothing on it, and keeps the name beside the
    /// journal. `--to mark:NAME` goes back to it. Exit 0 only once it is durable. The instant is the service's, rounded
    /// toward the past: what is written after the mark was made is never before it.
    ///
    /// A name that the cluster has already is refused (10), as is a cluster whose Backtrack is off, that is backtracking, or
    /// that an unfinished run holds (12). A mark of another cluster, a restored one of the same name too, is no target.
    /// With --list --cluster ID it says of each mark how long it can still be reached.
    #[command(
        after_help = "EXAMPLE\n  backtrackctl mark before-deploy-1841 --cluster orders-prod --commit \"$SHA\"\n  backtrackctl run orders.toml --cluster orders-prod --to mark:before-deploy-1841"
    )]
    Mark(MarkArgs),
    /// Say which clusters of templates could not be rewound, before they exist
    ///
    /// Reads files that lie on this machine, and asks nobody: CloudFormation in YAML and JSON, SAM, what CDK writes;
    /// Terraform's plans and states as JSON, and its modules. Folders are searched; what is no template in them is
    /// passed over and counted.
    ///
    /// Each cluster is `ok`, `disabled` (it could have Backtrack and has none), `invalid` (AWS refuses the window),
    /// `blocked` (a window that cannot be used), `not_applicable`, or `unknown`: what only a deployment decides is named
    /// and never taken for a pass. A value that comes from a parameter is judged by its default, and said to be.
    ///
    /// Exit 4 when a file could not be read or the output not be written, else 3 with findings, else 5 when something
    /// stays undecided. --region says what AWS::Region is, and where Terraform's resources are whose provider names no
    /// Region.
    #[command(after_help = "EXAMPLE\n  backtrackctl lint templates/ cdk.out/ --sarif backtrack.sarif")]
    Lint(LintArgs),
    /// Which clusters of a fleet could not be rewound today, why, and what AWS accepts as a remedy
    ///
    /// Judges every cluster of the Regions: whether it could be rewound, how far back against what was asked for, whether at
    /// this moment, what its change records cost. It asks for lists alone, page by page, and once for each custom parameter
    /// group; a service that fails makes its own facts unknown and no others. Nothing is changed.
    ///
    /// Within reach is from AWS's EarliestBacktrackTime to now, in whole seconds, and not cut to what was asked for. A window
    /// that is short because its cluster is young (`window_still_filling`) is told from one that is short because of what is
    /// written (`actual_shorter_than_target`).
    ///
    /// Exit 4 when a Region could not be read, or not whole: a list with a hole in it proves nothing. Else 3 with disabled,
    /// invalid or blocked clusters, or findings of the policy; else 5 when something is undecided. What was read is shown in
    /// each of these.
    #[command(
        after_help = "EXAMPLE\n  backtrackctl posture --regions us-east-1,eu-west-1 --policy policy.toml --format html > posture.html"
    )]
    Posture(PostureArgs),
    /// Find the last good moment by moving the cluster to and fro, when no log tells it
    ///
    /// With the application paused, it rewinds and forwards between a known good and a known bad instant and asks a probe at
    /// each: over candidate statements (--candidates, --at) or over time (--within). EVERY HOP IS AN OUTAGE of the whole
    /// cluster; one confirmation names their greatest number, and the search never exceeds it. It assumes that bad stays bad.
    ///
    /// The probe is asked of the present first, which costs no outage and must be bad. A command's exit code means what
    /// it means to `git bisect run`: 0 good, 1 to 124 bad, 125 it cannot tell, anything else stops the search, as does a probe
    /// that hangs, and answers that contradict each other: none of these is ever taken for bad. By --sql, an answer
    /// that is not as expected is bad, and no answer stops.
    ///
    /// It ends at the last good moment, verified by the runbook's probes, and resumes as a run does; with --hold it stays
    /// paused there, with --return the data is again what it was. A search that stops stays where it is, paused (20);
    /// with --return it goes back by itself. `recover` continues it, mid-search too.
    #[command(
        override_usage = "backtrackctl bisect [RUNBOOK.toml] --cluster <ID> --good <TIME>\n           <--candidates <FILE>|--at <TIME>...|--within <LENGTH>>\n           <--sql <STATEMENT> --expect <EXPECTATION>|--probe <COMMAND>...>",
        after_help = "EXAMPLES\n  backtrackctl locate --file audit/ --output json > found.jsonl\n  backtrackctl bisect orders.toml --cluster orders-prod --good -2h \\\n      --candidates found.jsonl --sql 'SELECT COUNT(*) FROM orders' --expect 'at_least = 1200'\n  backtrackctl bisect orders.toml --cluster orders-prod --good mark:before-deploy \\\n      --within 30s --probe ./is-it-good.sh"
    )]
    Bisect(BisectArgs),
    /// The lab alone: an Aurora that can be hurt, for any AWS client
    #[command(subcommand)]
    Lab(LabCommand),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}
