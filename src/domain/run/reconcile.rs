//! What became of a call without an answer, and when a hop has settled: read from the service's own records.

use chrono::{DateTime, TimeDelta, Utc};

use super::state::{Run, SettledHop, State, Trace};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::{Member, backtracking, works};
use crate::domain::effect::Intent;
use crate::domain::outcome::Outcome;
use crate::domain::target::Direction;

/// Both instants are the service's, but the one behind the intent has its `Date` header's resolution of a second.
const CLOCK_ALLOWANCE: TimeDelta = TimeDelta::seconds(5);

/// True for a record that came after the intent, or may have. The clock behind `Date` and the one behind a record's stamps
/// need not be the same: `skew` is how far they may be apart.
fn came_after(intent: &Intent, record: &BacktrackRecord, skew: TimeDelta) -> bool {
    let earliest = intent.intended_at - skew - CLOCK_ALLOWANCE;
    let unseen = !intent.seen.contains(&record.id);
    let late = record.created.is_none_or(|created| created >= earliest);
    unseen && (late || !record.status.is_terminal())
}

/// What a list of records shows of requests that had no answer.
struct Signs<'a> {
    /// Records that came after one of the intents.
    candidates: Vec<&'a BacktrackRecord>,
    /// Those among them that go where an intent wanted to go.
    ours: Vec<(&'a Intent, &'a BacktrackRecord)>,
}

/// Looks for traces of `intents`, the latest last: a record is put down to the latest that it can belong to.
fn signs<'a>(intents: &'a [Intent], records: &'a [BacktrackRecord], skew: TimeDelta) -> Signs<'a> {
    let among = |record: &&BacktrackRecord| intents.iter().any(|intent| came_after(intent, record, skew));
    let candidates: Vec<_> = records.iter().filter(among).collect();
    let owner = |record: &BacktrackRecord| {
        intents
            .iter()
            .rev()
            .find(|intent| came_after(intent, record, skew) && record.goes_to(intent.to))
    };
    let ours = candidates
        .iter()
        .filter_map(|record| Some((owner(record)?, *record)))
        .collect();
    Signs { candidates, ours }
}

impl Run {
    pub(super) fn reconciled(
        &mut self,
        records: &[BacktrackRecord],
        status: &str,
        service_now: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> bool {
        self.blind = false;
        let State::Unresolved {
            intent,
            until,
            direction,
            ..
        } = self.state.clone()
        else {
            return false;
        };
        let intents = self.unanswered(Some(&intent));
        let signs = signs(&intents, records, self.skew);
        if let [(asked, record)] = signs.ours.as_slice() {
            let direction = if **asked == intent {
                direction
            } else {
                self.direction_to(asked.to)
            };
            self.stand(intent);
            self.adopt_unanswered((*asked).clone(), direction, record, at);
            return true;
        }
        let over = service_now >= until;
        let trace = if !signs.candidates.is_empty() {
            let what = describe(&signs.candidates);
            if over || signs.ours.len() > 1 {
                let records = signs.candidates.iter().map(|record| (*record).clone()).collect();
                Trace::Strange { what, records }
            } else {
                Trace::Nothing
            }
        } else if !over {
            Trace::Nothing
        } else if backtracking(status) {
            Trace::Strange {
                what: "the cluster is backtracking and no record says whose it is".to_owned(),
                records: Vec::new(),
            }
        } else {
            Trace::NothingAtAll
        };
        self.state = State::Unresolved {
            intent,
            until,
            trace,
            direction,
        };
        true
    }

    /// A look before a request found a record of an intent that was given up as lost. One that is ours is followed,
    /// anything else stops the hop. False where nothing was found.
    pub(super) fn late_arrival(&mut self, records: &[BacktrackRecord], at: DateTime<Utc>) -> bool {
        let intents = self.unanswered(None);
        let signs = signs(&intents, records, self.skew);
        if signs.candidates.is_empty() {
            return false;
        }
        let stopped = match &self.state {
            State::Paused | State::Approved { .. } => true,
            // The application runs on whatever became of the data: that is no hop to follow.
            State::Preflight { .. } => false,
            State::Validated { .. }
            | State::Requested { .. }
            | State::Unresolved { .. }
            | State::Applying { .. }
            | State::Settled { .. }
            | State::Verified { .. }
            | State::Held
            | State::Failed { .. }
            | State::Resumed
            | State::Leaving { .. }
            | State::Closed { .. } => return false,
        };
        match signs.ours.as_slice() {
            [(asked, record)] if stopped => {
                let direction = self.direction_to(asked.to);
                self.adopt_unanswered((*asked).clone(), direction, record, at);
            }
            _ => self.abandon(Outcome::Refused, describe(&signs.candidates)),
        }
        true
    }

    /// Intents without an answer, the latest last.
    fn unanswered(&self, current: Option<&Intent>) -> Vec<Intent> {
        let earlier = self.standing.iter().filter(|intent| Some(*intent) != current);
        earlier.chain(current).cloned().collect()
    }

    /// A person knows a record for ours although it reports another instant than was asked for: it is followed, and the
    /// gate compares what it reports with what was asked.
    pub(super) fn attested(
        &mut self,
        intent: Intent,
        direction: Direction,
        record: &BacktrackRecord,
        at: DateTime<Utc>,
    ) {
        self.overrides.push(format!(
            "{} was attested to be this run's own backtrack",
            record.id
        ));
        self.stand(intent.clone());
        self.adopt_unanswered(intent, direction, record, at);
    }

    /// An intent is left without an answer.
    pub(super) fn stand(&mut self, intent: Intent) {
        if !self.standing.contains(&intent) {
            self.standing.push(intent);
        }
    }

    /// An intent without an answer has one now, and its record is nobody else's.
    fn adopt_unanswered(
        &mut self,
        intent: Intent,
        direction: Direction,
        record: &BacktrackRecord,
        at: DateTime<Utc>,
    ) {
        self.standing.retain(|standing| *standing != intent);
        for standing in &mut self.standing {
            standing.seen.push(record.id.clone());
        }
        self.adopt(intent, direction, record, at);
    }

    pub(super) fn glanced(&mut self, status: &str, members: &[Member], records: &[BacktrackRecord]) -> bool {
        self.blind = false;
        let skew = self.skew;
        let is_back = |id: &String| {
            members
                .iter()
                .any(|member| member.id == *id && works(&member.status))
        };
        let is_missing = |id: &&String| !is_back(id) && !self.waived.contains(id);
        let mut waited_for: Vec<String> = self.required.iter().filter(is_missing).cloned().collect();
        let writer = members.iter().find(|member| member.writer);
        let writer_works = writer.is_some_and(|writer| works(&writer.status));
        // Nobody goes on without the writer, whoever it is by now.
        let away = writer.filter(|writer| !writer_works && !waited_for.contains(&writer.id));
        waited_for.extend(away.map(|writer| writer.id.clone()));
        let State::Applying {
            intent,
            direction,
            record,
            completed: Some(_),
            missing,
            writer_back,
            ..
        } = &mut self.state
        else {
            return false;
        };
        *missing = waited_for;
        *writer_back = writer_works;
        if !(works(status) && writer_works && missing.is_empty()) {
            return true;
        }
        // The list may know more than the last look at the single record did.
        let last = records
            .iter()
            .find(|listed| listed.id == record.id)
            .unwrap_or(record);
        let strangers = records
            .iter()
            .filter(|other| came_after(intent, other, skew) && other.id != record.id);
        let hop = SettledHop {
            number: intent.hop,
            requested: intent.to,
            record: BacktrackRecord {
                id: record.id.clone(),
                to: last.to.or(record.to),
                from: last.from.or(record.from),
                created: last.created.or(record.created),
                status: record.status.clone(),
            },
            direction: *direction,
            strangers: strangers.map(|other| other.id.clone()).collect(),
        };
        self.hops.push(hop);
        self.standing.clear();
        self.reopened = false;
        self.finished = None;
        self.state = State::Settled { verification: None };
        true
    }
}

fn describe(records: &[&BacktrackRecord]) -> String {
    let listed: Vec<String> = records
        .iter()
        .map(|record| {
            let to = record
                .to
                .map_or("an unknown instant".to_owned(), |to| to.to_rfc3339());
            format!("{} to {to}, {}", record.id, record.status.as_str())
        })
        .collect();
    format!("not known to be ours: {}", listed.join("; "))
}
