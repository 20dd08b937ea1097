//! What became of a call without an answer, and when a hop has settled: read from the service's own records.

use chrono::{DateTime, TimeDelta, Utc};

use super::state::{Run, SettledHop, State, Trace};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::{Member, backtracking, works};
use crate::domain::effect::Intent;
use crate::domain::target::Direction;

/// Both instants are the service's, but the one behind the intent has its `Date` header's resolution of a second.
const CLOCK_ALLOWANCE: TimeDelta = TimeDelta::seconds(5);

/// Records that came after the intent, or may have. The clock behind `Date` and the one behind a record's stamps need
/// not be the same: `skew` is how far they may be apart.
fn after<'a>(intent: &Intent, records: &'a [BacktrackRecord], skew: TimeDelta) -> Vec<&'a BacktrackRecord> {
    let earliest = intent.intended_at - skew - CLOCK_ALLOWANCE;
    let came_after = |record: &&BacktrackRecord| {
        let unseen = !intent.seen.contains(&record.id);
        let late = record.created.is_none_or(|created| created >= earliest);
        unseen && (late || !record.status.is_terminal())
    };
    records.iter().filter(came_after).collect()
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
        let candidates = after(&intent, records, self.skew);
        let ours: Vec<_> = candidates
            .iter()
            .filter(|record| record.goes_to(intent.to))
            .collect();
        if let [record] = ours.as_slice() {
            self.adopt(intent, direction, record, at);
            return true;
        }
        let over = service_now >= until;
        let trace = if !candidates.is_empty() {
            let what = describe(&candidates);
            if over || ours.len() > 1 {
                Trace::Strange { what }
            } else {
                Trace::Nothing
            }
        } else if !over {
            Trace::Nothing
        } else if backtracking(status) {
            Trace::Strange {
                what: "the cluster is backtracking and no record says whose it is".to_owned(),
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

    /// A record of an intent that was given up as lost, found by a later look: it was accepted after all.
    pub(super) fn late_arrival(
        &self,
        records: &[BacktrackRecord],
    ) -> Option<(Intent, Direction, BacktrackRecord)> {
        let direction = match &self.state {
            State::Paused | State::Preflight { .. } => self.direction_to(self.attempt.instant?),
            State::Approved { receipt, .. } => receipt.target.direction(),
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
            | State::Closed { .. } => return None,
        };
        self.standing.iter().find_map(|intent| {
            let record = after(intent, records, self.skew)
                .into_iter()
                .find(|record| record.goes_to(intent.to))?;
            Some((intent.clone(), direction, record.clone()))
        })
    }

    pub(super) fn glanced(&mut self, status: &str, members: &[Member], records: &[BacktrackRecord]) -> bool {
        self.blind = false;
        let waited_for: Vec<String> = members
            .iter()
            .filter(|member| !works(&member.status))
            .filter(|member| member.writer || self.required.contains(&member.id))
            .filter(|member| !self.waived.contains(&member.id))
            .map(|member| member.id.clone())
            .collect();
        let writer_known = members.iter().any(|member| member.writer);
        let State::Applying {
            intent,
            direction,
            record,
            completed: Some(_),
            missing,
            ..
        } = &mut self.state
        else {
            return false;
        };
        *missing = waited_for;
        if !(works(status) && writer_known && missing.is_empty()) {
            return true;
        }
        // The list may know more than the last look at the single record did.
        let last = records
            .iter()
            .find(|listed| listed.id == record.id)
            .unwrap_or(record);
        let strangers = after(intent, records, self.skew)
            .into_iter()
            .filter(|other| other.id != record.id);
        let strangers = strangers.map(|other| other.id.clone());
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
            strangers: strangers.collect(),
        };
        self.hops.push(hop);
        self.standing.clear();
        self.reopened = false;
        self.doubt = false;
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
