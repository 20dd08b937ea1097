//! The one call: intended, answered or not, and followed by its record.

use chrono::{DateTime, TimeDelta, Utc};

use super::state::{Run, State, Trace};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Rejection, Reply};
use crate::domain::outcome::Outcome;
use crate::domain::receipt::Receipt;
use crate::domain::target::Direction;

/// A rate refusal is definite: the call is sent anew, at most this often.
const GREATEST_THROTTLED: u8 = 5;

impl Run {
    pub(super) fn intended(&mut self, effect: &Effect) -> bool {
        match (effect, &self.state) {
            (Effect::Step { item, way }, _) => self.step_intended(*item, *way),
            // Nothing else than what was confirmed and looked at once more.
            (
                Effect::Send(intent),
                State::Approved {
                    receipt,
                    seen: Some(_),
                    throttled,
                    ..
                },
            ) if (intent.hop, intent.to) == (receipt.hop, receipt.target.instant()) => {
                self.attempt.sent = true;
                self.state = State::Requested {
                    intent: intent.clone(),
                    receipt: receipt.clone(),
                    throttled: *throttled,
                };
                true
            }
            (
                Effect::Send(_)
                | Effect::Inspect
                | Effect::Check { .. }
                | Effect::Reconcile
                | Effect::Watch { .. }
                | Effect::Glance
                | Effect::Probe
                | Effect::Verify,
                _,
            ) => false,
        }
    }

    pub(super) fn replied(&mut self, reply: &Reply, at: DateTime<Utc>) -> bool {
        let State::Requested {
            intent,
            receipt,
            throttled,
        } = self.state.clone()
        else {
            return false;
        };
        let direction = receipt.target.direction();
        // A definite no leaves the number to the next attempt.
        self.attempt.sent = matches!(reply, Reply::Accepted { .. } | Reply::Ambiguous { .. });
        match reply {
            Reply::Accepted { record, .. } => self.adopt(intent, direction, record, at),
            Reply::Ambiguous { .. } => {
                self.doubt = true;
                let until = at + self.settling();
                self.state = State::Unresolved {
                    intent,
                    until,
                    trace: Trace::NotAsked,
                    direction,
                };
            }
            Reply::NotSent { why } => self.abandon(Outcome::Refused, format!("nothing was sent: {why}")),
            Reply::Rejected {
                code, message, kind, ..
            } => self.rejected(receipt, throttled, *kind, code, message, at),
        }
        true
    }

    pub(super) fn rejected(
        &mut self,
        receipt: Box<Receipt>,
        throttled: u8,
        kind: Rejection,
        code: &str,
        message: &str,
        at: DateTime<Utc>,
    ) {
        match kind {
            Rejection::Credentials => {
                self.login = Some(format!("BacktrackDBCluster: {code}: {message}"));
                self.state = State::Approved {
                    receipt,
                    seen: None,
                    good_until: None,
                    throttled,
                    not_before: None,
                };
            }
            Rejection::Throttled if throttled < GREATEST_THROTTLED => {
                let not_before = Some(at + TimeDelta::seconds(1 << throttled));
                self.state = State::Approved {
                    receipt,
                    seen: None,
                    good_until: None,
                    throttled: throttled + 1,
                    not_before,
                };
            }
            Rejection::Throttled | Rejection::Final => {
                self.abandon(
                    Outcome::Refused,
                    format!("AWS refused the backtrack: {code}: {message}"),
                );
            }
        }
    }

    /// AWS has it: from here on only its record counts.
    pub(super) fn adopt(
        &mut self,
        intent: Intent,
        direction: Direction,
        record: &BacktrackRecord,
        at: DateTime<Utc>,
    ) {
        self.state = State::Applying {
            intent,
            direction,
            record: record.clone(),
            completed: None,
            missing: Vec::new(),
            writer_back: false,
            asked: false,
        };
        self.own.push(record.id.clone());
        self.watched(Some(record), at);
    }

    pub(super) fn watched(&mut self, seen: Option<&BacktrackRecord>, at: DateTime<Utc>) -> bool {
        self.blind = false;
        let State::Applying {
            record, completed, ..
        } = &mut self.state
        else {
            return false;
        };
        let Some(seen) = seen else { return true };
        if seen.id != record.id {
            return false;
        }
        // A field that is missing in a later answer was still said before.
        *record = BacktrackRecord {
            id: record.id.clone(),
            to: seen.to.or(record.to),
            from: seen.from.or(record.from),
            created: seen.created.or(record.created),
            status: seen.status.clone(),
        };
        match seen.status {
            BacktrackStatus::Failed => {
                self.doubt = true;
                self.state = State::Failed {
                    record: record.clone(),
                }
            }
            BacktrackStatus::Completed => *completed = completed.or(Some(at)),
            BacktrackStatus::Pending | BacktrackStatus::Applying | BacktrackStatus::Other(_) => {}
        }
        true
    }
}
