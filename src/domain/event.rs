//! Facts, in the past tense: the records of the journal, and the only thing that changes a run.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::backtrack::BacktrackRecord;
use super::checks::Judgement;
use super::cluster::Member;
use super::effect::{Effect, Way};
use super::identity::Person;
use super::inspection::Inspection;
use super::outcome::Outcome;
use super::plan::Plan;
use super::question::Answer;
use super::safety_copy::Noted;
use super::search::Trial;
use super::time_text::TimeText;
use super::verification::Verification;

/// What happened. `type` names it in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Event {
    /// The run was opened. Always the first record, never later.
    Opened(Box<Plan>),
    /// Another process took the run up.
    Attached(Attached),
    /// An effect that changes the world is about to be carried out. Durable before it is.
    Intended(Effect),
    /// Everything was read, and judged.
    Inspected {
        /// The facts.
        inspection: Box<Inspection>,
        /// What the checks made of them.
        judgement: Box<Judgement>,
    },
    /// A read failed: not known, never done and never failed.
    ReadFailed(ReadFailure),
    /// A step of the runbook ended.
    StepDone {
        /// Index into the inventory.
        item: usize,
        /// Pause or resume.
        way: Way,
        /// How it ended.
        done: Done,
    },
    /// Something became known of the safety copy that is being taken: a call for a part of it goes out or was refused,
    /// or AWS shows another status.
    CopyNoted {
        /// Index into the inventory.
        item: usize,
        /// What is known of its parts.
        noted: Noted,
    },
    /// An item was looked at.
    Checked {
        /// Index into the inventory.
        item: usize,
        /// What was expected.
        way: Way,
        /// What was seen.
        done: Done,
    },
    /// BacktrackDBCluster was answered, or was not.
    Replied(Reply),
    /// The service was asked what became of an intent.
    Reconciled {
        /// Every backtrack listed.
        records: Vec<BacktrackRecord>,
        /// The cluster's status.
        status: String,
        /// The service's time.
        service_now: DateTime<Utc>,
    },
    /// Our own record was read; none: it is not listed (yet).
    Watched {
        /// The record.
        record: Option<BacktrackRecord>,
    },
    /// The cluster was read after our record said completed.
    Glanced {
        /// The cluster's status.
        status: String,
        /// Its members.
        members: Vec<Member>,
        /// Every backtrack listed.
        records: Vec<BacktrackRecord>,
    },
    /// The gate was compared and the probe of a search was asked, of what the cluster shows.
    Tried(Trial),
    /// The gate was compared and the probes were run.
    Verified(Verification),
    /// The operator, or `--yes`, answered.
    Answered {
        /// The answer; which question it belongs to follows from the phase.
        answer: Answer,
        /// True for an answer that `--yes` stands for.
        unattended: bool,
    },
    /// A hop of a held or finished run was ordered (`forward`).
    HopOrdered {
        /// Where to; none: the origin.
        goal: Option<TimeText>,
        /// Why, in the operator's words.
        reason: Option<String>,
        /// No safety copy is taken for it, nor asked after: `--no-clone`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        without_copy: bool,
    },
    /// Ctrl-C, SIGTERM or SIGHUP arrived.
    Interrupted {
        /// Name of the signal.
        signal: String,
    },
    /// This process is done with the run.
    Ended {
        /// How.
        outcome: Outcome,
    },
}

impl Event {
    /// Its name in the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Attached(_) => "attached",
            Self::Intended(_) => "intended",
            Self::Inspected { .. } => "inspected",
            Self::ReadFailed(_) => "read_failed",
            Self::StepDone { .. } => "step_done",
            Self::CopyNoted { .. } => "copy_noted",
            Self::Checked { .. } => "checked",
            Self::Replied(_) => "replied",
            Self::Reconciled { .. } => "reconciled",
            Self::Watched { .. } => "watched",
            Self::Glanced { .. } => "glanced",
            Self::Tried(_) => "tried",
            Self::Verified(_) => "verified",
            Self::Answered { .. } => "answered",
            Self::HopOrdered { .. } => "hop_ordered",
            Self::Interrupted { .. } => "interrupted",
            Self::Ended { .. } => "ended",
        }
    }
}

/// A process that takes a run up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Which command.
    pub errand: Errand,
    /// Version of the program.
    pub program: String,
    /// Who.
    pub by: Person,
    /// True when a person can be asked.
    pub attended: bool,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// Who held the run and was fenced; none where nobody did.
    pub from: Option<String>,
}

/// Why a process took a run up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// `recover`.
    Recover,
    /// `recover --resend`: where no trace of a request is found, send again.
    Resend,
    /// `forward`.
    Forward,
}

/// A read that failed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReadFailure {
    /// The API action.
    pub action: String,
    /// What it means for the run.
    #[serde(rename = "failure")]
    pub kind: ReadFailureKind,
    /// AWS's own code, when there is one.
    pub code: Option<String>,
    /// AWS's own words, or the transport's.
    pub message: String,
    /// AWS's request id, when there is one.
    pub request_id: Option<String>,
}

impl fmt::Display for ReadFailure {
    /// In one line, with AWS's own words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.action)?;
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl ReadFailure {
    /// Our own word for a chain that holds no credentials at all: nothing to wait for.
    pub const NO_CREDENTIALS: &'static str = "CredentialsNotLoaded";

    /// True when there were no credentials to begin with.
    pub fn never_had_any(&self) -> bool {
        self.code.as_deref() == Some(Self::NO_CREDENTIALS)
    }

    /// True when credentials ended, and a login brings new ones.
    pub fn wants_a_login(&self) -> bool {
        self.kind == ReadFailureKind::Credentials && !self.never_had_any()
    }
}

/// What a failed read means for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadFailureKind {
    /// Credentials ended: wait for a new login.
    Credentials,
    /// AWS says that the thing asked for does not exist.
    NotFound,
    /// AWS refused with a code.
    Refused,
    /// Transport, timeout, 5xx, unreadable reply.
    Transport,
}

/// How a step or a check of the runbook ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "done")]
pub enum Done {
    /// As expected.
    Well {
        /// What was seen: exit code, HTTP status, who attested it.
        how: String,
    },
    /// Not as expected, or not known.
    Badly {
        /// What was seen.
        how: String,
    },
    /// Not done, and nothing of it was begun: it leaves nothing behind.
    Unbegun {
        /// Why.
        how: String,
    },
    /// It needs a person, and there is none.
    Nobody,
}

/// What became of the one call.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reply")]
pub enum Reply {
    /// A readable 200 with a backtrack id.
    Accepted {
        /// The record, as AWS echoed it.
        record: BacktrackRecord,
        /// AWS's request id.
        request_id: Option<String>,
    },
    /// A parsed 4xx with an AWS code: a definite no.
    Rejected {
        /// AWS's own code.
        code: String,
        /// AWS's own words.
        message: String,
        /// AWS's request id.
        request_id: Option<String>,
        /// What it means for the run.
        #[serde(rename = "rejection")]
        kind: Rejection,
    },
    /// It cannot be known whether AWS acted on it.
    Ambiguous {
        /// What was seen instead of an answer.
        what: String,
        /// AWS's request id, when there is one.
        request_id: Option<String>,
    },
    /// Nothing left this machine.
    NotSent {
        /// Why.
        why: String,
    },
}

/// What a definite no means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Credentials ended: nothing was accepted; send anew after a login.
    Credentials,
    /// Rate exceeded: nothing was accepted; send anew after a pause.
    Throttled,
    /// No, for good.
    Final,
}
