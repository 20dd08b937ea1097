//! The one stream that the engine narrates; terminal, plain lines and JSON render it. A view cannot steer.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::backtrack::BacktrackRecord;
use super::debts::{Debt, Interval};
use super::effect::Way;
use super::event::{ReadFailure, Reply};
use super::finding::Finding;
use super::identity::Identity;
use super::mode::Mode;
use super::outcome::Outcome;
use super::phase::Phase;
use super::question::{Answer, Question};
use super::receipt::Receipt;
use super::run_id::RunId;
use super::safety_copy::LeftBehind;
use super::search::{self, Answered, Outlook};
use super::target::{Direction, Window};
use super::time_text::Echo;
use super::verification::Verification;

/// One line of the narration.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// Always `backtrackctl/notice/1`.
    pub schema: &'static str,
    /// When, by the program's clock.
    #[serde(serialize_with = "millis")]
    pub at: DateTime<Utc>,
    /// Which run; none before it has a name.
    pub run: Option<RunId>,
    /// Live, rehearsal or drill.
    pub mode: Mode,
    /// Where the run is.
    pub phase: Phase,
    /// What is said.
    #[serde(flatten)]
    pub kind: NoticeKind,
}

/// Version of the notices.
pub const SCHEMA: &str = "backtrackctl/notice/1";

/// What can be said.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum NoticeKind {
    /// A run began, or was taken up again.
    Opened {
        /// Cluster id, as asked.
        cluster: String,
        /// The target, as typed.
        typed: String,
        /// Path of the journal.
        journal: String,
        /// True when an earlier process began it.
        again: bool,
    },
    /// Which cluster, which account, who asks.
    Identity(Identity),
    /// The window, and the target in it. `discards_s`: how much a rewind to it throws away.
    Window {
        /// What can be reached.
        window: Window,
        /// Where to.
        target: DateTime<Utc>,
        /// What the cluster shows now.
        present: DateTime<Utc>,
        /// The target four ways.
        echo: Echo,
        /// Rewind or forward.
        direction: Direction,
        /// It is one hop of a search, which may discard more than that.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        search: bool,
    },
    /// What can be reached, where a run is taken up behind its last look.
    Reach {
        /// What can be reached.
        window: Window,
    },
    /// The result of one check.
    Finding(Finding),
    /// What the run would do next, with the AWS CLI command that does the same by hand.
    Plan {
        /// One step a line.
        steps: Vec<PlanStep>,
    },
    /// The run entered a phase.
    Entered {
        /// What this phase does, in a sentence.
        what: String,
        /// The AWS CLI command that does the same by hand.
        by_hand: Option<String>,
    },
    /// A step of the runbook begins or ended.
    Step {
        /// Name of the item.
        item: String,
        /// Pause or resume.
        way: Way,
        /// The exact command, or the instruction.
        how: String,
        /// Who carries it out.
        by: Doer,
        /// None while it runs.
        result: Option<StepResult>,
    },
    /// What one hop costs.
    Receipt(Receipt),
    /// A question was put.
    Asked(Question),
    /// It was answered.
    Answered {
        /// The answer.
        answer: Answer,
        /// True for an answer that `--yes` stands for.
        unattended: bool,
    },
    /// The intent is durable and the call goes out.
    Sending {
        /// `BacktrackTo`.
        to: DateTime<Utc>,
        /// After this instant it is not sent.
        send_by: DateTime<Utc>,
    },
    /// What became of the call.
    Replied(Reply),
    /// The state of our backtrack changed.
    Record(BacktrackRecord),
    /// Something is waited for. Sent at least every 10 s.
    Waiting {
        /// What for.
        what: String,
        /// Since when.
        since: DateTime<Utc>,
        /// The estimate from recorded runs, in seconds; none: unknown.
        estimate_s: Option<i64>,
    },
    /// A read failed and is tried again: not known.
    Unknown(ReadFailure),
    /// The result of the gate and the probes.
    Verification(Verification),
    /// The way back: what undoes the hop, until when, and what resuming writes does to it.
    Undo {
        /// The command; none where nothing can be typed later, because the lab goes with this process.
        command: Option<String>,
        /// The latest instant that can be reached again.
        ceiling: DateTime<Utc>,
        /// Until when it is possible, if the window keeps advancing.
        until: Option<DateTime<Utc>>,
        /// True of a window that still fills: then that is the latest, and only heavy writes make it sooner.
        at_the_latest: bool,
    },
    /// What the rewind leaves to be done outside the database, at the end of a run that moved it.
    Debts {
        /// Which time is gone, oldest first.
        discarded: Vec<Interval>,
        /// The questions, with what is known of each.
        debts: Vec<Debt>,
    },
    /// What a search rests on and what it costs at most, before it begins or goes on.
    Search(Outlook),
    /// What the probe of a search said.
    Tried(Answered),
    /// Between what the culprit lies.
    Found(search::Finding),
    /// Anything else worth a line.
    Note {
        /// The line.
        message: String,
    },
    /// The end. Always the last.
    Outcome(OutcomeNotice),
}

/// One step of the plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanStep {
    /// What.
    pub what: String,
    /// The command, where there is one.
    pub command: Option<String>,
}

/// Who carries a step of the runbook out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doer {
    /// A command of the runbook.
    Command,
    /// A person, who is asked by a prompt.
    Person,
    /// AWS, by a call of this program.
    Aws,
}

/// What stands behind the result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The step ended; a check of what it did comes next.
    Ran,
    /// The item was looked at.
    Seen,
    /// The step ended, and the runbook names no check of what it did.
    Unseen,
}

/// How a step of the runbook ended.
#[derive(Clone, Debug, Serialize)]
pub struct StepResult {
    /// True when it is as expected.
    pub well: bool,
    /// What stands behind it.
    pub proof: Proof,
    /// What was seen.
    pub how: String,
}

/// The last line.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeNotice {
    /// How it ended.
    pub outcome: Outcome,
    /// The process's exit code.
    pub exit: u8,
    /// Cluster id.
    #[serde(serialize_with = "null_where_empty")]
    pub cluster: String,
    /// Id of the last hop's backtrack.
    pub backtrack_id: Option<String>,
    /// The instant asked for.
    pub requested: Option<DateTime<Utc>>,
    /// The record's `BacktrackTo`, as reported.
    pub effective: Option<DateTime<Utc>>,
    /// The record's `BacktrackedFrom`.
    pub backtracked_from: Option<DateTime<Utc>>,
    /// What the data showed before the last hop, where that is all it showed: nothing was written since.
    pub left: Option<DateTime<Utc>>,
    /// `backtracked_from` less `effective`, in seconds.
    pub discarded_s: Option<i64>,
    /// Rewind or forward; none before a target was proven.
    pub direction: Option<Direction>,
    /// True when data was moved by this run.
    pub data_touched: Option<bool>,
    /// AWS is at work on the last hop: what the data shows is changing.
    pub under_way: bool,
    /// Names of what is still paused.
    pub still_paused: Vec<String>,
    /// True where it was refused because the safety copy could not be made.
    pub copy_failed: bool,
    /// What this run leaves behind in the account.
    pub left_behind: Vec<LeftBehind>,
    /// Why, in a sentence.
    pub message: String,
    /// What to type next.
    pub next: Vec<String>,
}

fn millis<S: serde::Serializer>(at: &DateTime<Utc>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}

fn null_where_empty<S: serde::Serializer>(text: &str, out: S) -> Result<S::Ok, S::Error> {
    if text.is_empty() {
        out.serialize_none()
    } else {
        out.serialize_str(text)
    }
}
