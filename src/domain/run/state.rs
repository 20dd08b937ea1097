//! What is known of a run, phase by phase.

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::Attempt;
use super::inventory::ItemState;
use super::seek::Seek;
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::effect::Intent;
use crate::domain::event::Errand;
use crate::domain::identity::Identity;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::receipt::Receipt;
use crate::domain::safety_copy::SafetyCopy;
use crate::domain::target::Direction;
use crate::domain::verification::Verification;

/// One run of a runbook against one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own; phases are `State`"
)]
pub struct Run {
    pub(super) plan: Plan,
    pub(super) state: State,
    /// What the runbook pauses, item by item, in the runbook's order.
    pub(super) items: Vec<ItemState>,
    /// Safety copies whose step was begun, oldest first.
    pub(super) copies: Vec<SafetyCopy>,
    /// The hop that is under way, or was last.
    pub(super) attempt: Attempt,
    /// Hops that settled, oldest first.
    pub(super) hops: Vec<SettledHop>,
    /// Intents that were given up without an answer: a record of theirs may still appear.
    pub(super) standing: Vec<Intent>,
    /// Ids of every backtrack listed when the receipt was drawn up.
    pub(super) drawn: Vec<String>,
    /// Who the cluster was found to be at the first look.
    pub(super) identity: Option<Identity>,
    /// Ids of the backtracks that this run asked for.
    pub(super) own: Vec<String>,
    /// Ids of every backtrack that was there at the first look; none before it.
    pub(super) known: Option<Vec<String>>,
    /// Members that worked before the first hop: these must come back.
    pub(super) required: Vec<String>,
    /// Members that the operator went on without.
    pub(super) waived: Vec<String>,
    /// Credentials ended: AWS's words.
    pub(super) login: Option<String>,
    /// How far the service's clock was from this machine's at the last look, whichever was ahead.
    pub(super) skew: TimeDelta,
    /// The last read failed: the world is not known at the moment.
    pub(super) blind: bool,
    /// Stop after verification with the application paused.
    pub(super) hold: bool,
    /// Why the process that has the run took it up; none: it opened it.
    pub(super) errand: Option<Errand>,
    /// True when a person can be asked.
    pub(super) attended: bool,
    /// When that process took it up, or last saw something new: patience counts from then.
    pub(super) since: DateTime<Utc>,
    /// What there is to override was known before that process took it up.
    pub(super) knew: bool,
    /// That process has sent again: unattended it does so once.
    pub(super) resent: bool,
    /// How this process must end next.
    pub(super) parting: Option<(Outcome, String)>,
    /// How the last process ended, if none has the run.
    pub(super) ended: Option<Outcome>,
    /// Reasons given for going on where a gate said no; the report shows them.
    pub(super) overrides: Vec<String>,
    /// True once a call may have been accepted or was given up by AWS, and no hop settled since.
    pub(super) doubt: bool,
    /// True once the application was opened again after a hop: new writes may exist.
    pub(super) reopened: bool,
    /// How the run was finished before the hop under way was ordered; none: it was not.
    pub(super) finished: Option<Outcome>,
    /// The search, where the run is one.
    pub(super) seek: Option<Seek>,
}

/// Where the run is, with exactly what is known by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Reading and asking; then pausing item by item.
    Preflight {
        /// True once everything was read and nothing blocks.
        clear: bool,
        /// True once the operator agreed to the pause.
        agreed: bool,
    },
    /// The application is stopped.
    Paused,
    /// The target is proven.
    Validated {
        /// What it costs.
        receipt: Box<Receipt>,
    },
    /// Confirmed.
    Approved {
        /// What was confirmed.
        receipt: Box<Receipt>,
        /// Ids of every backtrack seen at the last look; none before that look.
        seen: Option<Vec<String>>,
        /// What was seen is good for a request until then; none before that look.
        good_until: Option<DateTime<Utc>>,
        /// Definite refusals for their rate so far.
        throttled: u8,
        /// Not before this instant.
        not_before: Option<DateTime<Utc>>,
    },
    /// The intent is durable; the call goes out, or went out.
    Requested {
        /// What was intended.
        intent: Intent,
        /// What was confirmed.
        receipt: Box<Receipt>,
        /// Definite refusals for their rate so far.
        throttled: u8,
    },
    /// Nobody knows whether it was accepted.
    Unresolved {
        /// What was intended.
        intent: Intent,
        /// Until then AWS is asked again and again.
        until: DateTime<Utc>,
        /// What was found.
        trace: Trace,
        /// Rewind or forward.
        direction: Direction,
    },
    /// AWS works on it.
    Applying {
        /// What was intended.
        intent: Intent,
        /// Rewind or forward.
        direction: Direction,
        /// The record as last seen.
        record: BacktrackRecord,
        /// When the record said completed.
        completed: Option<DateTime<Utc>>,
        /// Members that are not back, as last seen.
        missing: Vec<String>,
        /// True while the writer works, as last seen: without it nobody is asked about the others.
        writer_back: bool,
        /// True once the operator was asked about them and said no.
        asked: bool,
    },
    /// The cluster is back.
    Settled {
        /// Result of the gate and the probes; none before they ran.
        verification: Option<Verification>,
    },
    /// The data is right.
    Verified {
        /// The results.
        verification: Verification,
        /// True once accepted: the point of no return.
        accepted: bool,
    },
    /// Rewound, application paused on purpose.
    Held,
    /// AWS gave the backtrack up.
    Failed {
        /// The record as last seen.
        record: BacktrackRecord,
    },
    /// Every item is open again.
    Resumed,
    /// What was paused is being opened again, data untouched by this attempt as far as that is known.
    Leaving {
        /// `Refused`, `Declined` or `Interrupted`; `Unresolved` where a request was given up without an answer.
        why: Outcome,
        /// The sentence that says why.
        message: String,
    },
    /// Done.
    Closed {
        /// How.
        outcome: Outcome,
    },
}

/// What AWS shows of an intent that had no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trace {
    /// Not asked yet.
    NotAsked,
    /// Nothing so far.
    Nothing,
    /// Nothing through the settling time, and nothing under way: it can be sent again, if a person says so.
    NothingAtAll,
    /// Backtracks that may be ours or a stranger's, or the cluster moves without a record: a person must look, and
    /// nothing is sent again.
    Strange {
        /// What was seen.
        what: String,
        /// The records among it: a person may know one of them for ours.
        records: Vec<BacktrackRecord>,
    },
}

/// A hop that settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledHop {
    /// Which hop, from 1.
    pub number: u32,
    /// The instant asked for.
    pub requested: DateTime<Utc>,
    /// The record, as AWS reported it at the end.
    pub record: BacktrackRecord,
    /// Rewind or forward.
    pub direction: Direction,
    /// Ids of backtracks that appeared meanwhile and are not ours.
    pub strangers: Vec<String>,
}

impl SettledHop {
    /// What the cluster shows after it: the reported effective time, else the instant asked for.
    pub fn shows(&self) -> DateTime<Utc> {
        self.record.to.unwrap_or(self.requested)
    }

    /// The instant that it left: `BacktrackedFrom`, else the request's creation, which is never later.
    pub fn left(&self) -> Option<DateTime<Utc>> {
        self.record.from.or(self.record.created)
    }
}
