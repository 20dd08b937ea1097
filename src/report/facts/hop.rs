//! Each hop that was requested, from its intent to the cluster's return.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::fate::{Fate, Learnt};
use super::request::{Answered, Request};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::cluster::Member;
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Event, Reply};
use crate::domain::run::State;
use crate::domain::target::Direction;
use crate::report::moment::Moment;

/// One hop. What AWS says of it is AWS's, not our own parse.
#[derive(Serialize)]
pub struct Hop {
    /// From 1. A resend is a hop of its own, so numbers may be missing where a hop was never requested.
    pub number: u32,
    /// Where to, as typed.
    pub typed: String,
    /// The instant asked for.
    pub requested: DateTime<Utc>,
    /// Rewind or forward.
    pub direction: Option<Direction>,
    /// When it was confirmed.
    pub confirmed: Option<DateTime<Utc>>,
    /// Every call, oldest first: more than one only after a definite no.
    pub requests: Vec<Request>,
    /// `BacktrackIdentifier`.
    pub record_id: Option<String>,
    /// How the record came to be known.
    pub learnt: Option<Learnt>,
    /// `BacktrackRequestCreationTime`, by AWS's clock.
    pub created: Option<DateTime<Utc>>,
    /// Each status of the record, with when it was first seen.
    pub statuses: Vec<StatusSeen>,
    /// `BacktrackTo` as AWS reported it last.
    pub effective: Option<DateTime<Utc>>,
    /// `BacktrackedFrom` as AWS reported it last.
    pub backtracked_from: Option<DateTime<Utc>>,
    /// The cluster's status as last seen in this hop.
    pub cluster_status: Option<String>,
    /// The members as last seen in this hop.
    pub members: Vec<Member>,
    /// Ids of backtracks that appeared meanwhile and are not ours.
    pub strangers: Vec<String>,
    /// When the cluster was seen to be back.
    pub settled: Option<DateTime<Utc>>,
    /// From the request to the cluster's return, in seconds.
    pub aws_s: Option<i64>,
    /// What became of it.
    pub fate: Fate,
}

/// A status of the record.
#[derive(Serialize)]
pub struct StatusSeen {
    /// When it was first seen.
    pub at: DateTime<Utc>,
    /// The status, lower case where it is one that AWS documents.
    pub status: String,
}

/// Every hop that was requested, oldest first.
pub fn hops(moments: &[Moment<'_>]) -> Vec<Hop> {
    let mut hops: Vec<Hop> = Vec::new();
    let mut confirmed = None;
    for moment in moments {
        confirmed = confirmation(moment).or(confirmed);
        if let Event::Intended(Effect::Send(intent)) = moment.event {
            let request = Request::new(intent, moment.at);
            match hops.iter_mut().find(|hop| hop.number == intent.hop) {
                Some(hop) => hop.requests.push(request),
                None => hops.push(Hop::begun(intent, moment, confirmed, request)),
            }
        }
        let Some(hop) =
            intent_of(moment).and_then(|intent| hops.iter_mut().find(|hop| hop.number == intent.hop))
        else {
            continue;
        };
        hop.follow(moment);
    }
    for hop in &mut hops {
        hop.fate = hop.end();
    }
    hops
}

/// When the hop under way was confirmed, if this is that moment.
pub fn confirmation(moment: &Moment<'_>) -> Option<DateTime<Utc>> {
    let asked = matches!(moment.before.state(), State::Validated { .. });
    let confirmed = matches!(moment.after.state(), State::Approved { .. });
    (asked && confirmed).then_some(moment.at)
}

/// The intent that an event is about. Where the run stood before decides: a refused attempt falls back to an earlier
/// one's intent, which the event does not concern.
fn intent_of<'a>(moment: &'a Moment<'_>) -> Option<&'a Intent> {
    intent_in(moment.before.state()).or_else(|| intent_in(moment.after.state()))
}

fn intent_in(state: &State) -> Option<&Intent> {
    match state {
        State::Requested { intent, .. }
        | State::Unresolved { intent, .. }
        | State::Applying { intent, .. } => Some(intent),
        State::Preflight { .. }
        | State::Paused
        | State::Validated { .. }
        | State::Approved { .. }
        | State::Settled { .. }
        | State::Verified { .. }
        | State::Held
        | State::Failed { .. }
        | State::Resumed
        | State::Leaving { .. }
        | State::Closed { .. } => None,
    }
}

impl Hop {
    fn begun(
        intent: &Intent,
        moment: &Moment<'_>,
        confirmed: Option<DateTime<Utc>>,
        request: Request,
    ) -> Self {
        let direction = if let State::Approved { receipt, .. } = moment.before.state() {
            Some(receipt.target.direction())
        } else {
            None
        };
        Self {
            number: intent.hop,
            typed: moment.before.typed(),
            requested: intent.to,
            direction,
            confirmed,
            requests: vec![request],
            record_id: None,
            learnt: None,
            created: None,
            statuses: Vec::new(),
            effective: None,
            backtracked_from: None,
            cluster_status: None,
            members: Vec::new(),
            strangers: Vec::new(),
            settled: None,
            aws_s: None,
            fate: Fate::Unknown,
        }
    }

    fn follow(&mut self, moment: &Moment<'_>) {
        if let (Event::Replied(reply), Some(request)) = (moment.event, self.requests.last_mut()) {
            request.replied(reply, moment.at);
            // What follows a "no" is an earlier attempt's record.
            if !matches!(reply, Reply::Accepted { .. }) {
                return;
            }
        }
        if let Event::Glanced { status, members, .. } = moment.event {
            self.cluster_status = Some(status.clone());
            self.members.clone_from(members);
        }
        match moment.after.state() {
            State::Applying { record, .. } | State::Failed { record } => self.record(record, moment),
            State::Settled { .. } => self.settle(moment),
            State::Preflight { .. }
            | State::Paused
            | State::Validated { .. }
            | State::Approved { .. }
            | State::Requested { .. }
            | State::Unresolved { .. }
            | State::Verified { .. }
            | State::Held
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => {}
        }
    }

    fn record(&mut self, record: &BacktrackRecord, moment: &Moment<'_>) {
        if self.record_id.is_none() {
            self.learnt = Learnt::by(moment.event);
        }
        self.record_id = Some(record.id.clone());
        self.created = record.created;
        self.effective = record.to;
        self.backtracked_from = record.from;
        let status = record.status.as_str();
        if self.statuses.last().is_none_or(|last| last.status != status) {
            self.statuses.push(StatusSeen {
                at: moment.at,
                status: status.to_owned(),
            });
        }
    }

    fn settle(&mut self, moment: &Moment<'_>) {
        let Some(hop) = moment.after.hops().last().filter(|hop| hop.number == self.number) else {
            return;
        };
        self.record(&hop.record, moment);
        self.strangers.clone_from(&hop.strangers);
        self.settled = Some(moment.at);
        self.aws_s = self
            .requests
            .last()
            .map(|request| (moment.at - request.intended).num_seconds());
    }

    fn end(&self) -> Fate {
        let failed = self
            .statuses
            .last()
            .is_some_and(|last| last.status == BacktrackStatus::Failed.as_str());
        if self.settled.is_some() {
            return Fate::Settled;
        }
        if failed {
            return Fate::Failed;
        }
        if self.record_id.is_some() {
            return Fate::UnderWay;
        }
        match self.requests.last().map(|request| request.reply) {
            Some(Answered::NotSent) => Fate::NotSent,
            Some(Answered::Rejected) => Fate::Rejected,
            Some(Answered::NoReply | Answered::Accepted | Answered::Ambiguous) | None => Fate::Unknown,
        }
    }
}
