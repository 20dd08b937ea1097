//! Everything that did not go as asked, with AWS's own words.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::step::{item_name, way_name};
use crate::domain::event::{Done, Event, ReadFailureKind, Reply};
use crate::report::moment::Moment;

/// One refusal or error.
#[derive(Serialize)]
pub struct Refusal {
    /// When.
    pub at: DateTime<Utc>,
    /// The API action, or the step of the runbook.
    pub what: String,
    /// What kind.
    pub kind: &'static str,
    /// AWS's own code.
    pub code: Option<String>,
    /// AWS's own words, or what was seen instead.
    pub message: String,
    /// AWS's request id.
    pub request_id: Option<String>,
}

/// Every refusal, oldest first.
pub fn refusals(moments: &[Moment<'_>]) -> Vec<Refusal> {
    moments.iter().filter_map(refusal).collect()
}

fn refusal(moment: &Moment<'_>) -> Option<Refusal> {
    let at = moment.at;
    if let Event::ReadFailed(failure) = moment.event {
        return Some(Refusal {
            at,
            what: failure.action.clone(),
            kind: read_kind(failure.kind),
            code: failure.code.clone(),
            message: failure.message.clone(),
            request_id: failure.request_id.clone(),
        });
    }
    if let Event::Replied(reply) = moment.event {
        return replied(reply, at);
    }
    if let Event::StepDone { item, way, done } | Event::Checked { item, way, done } = moment.event {
        let message = match done {
            Done::Well { .. } => return None,
            Done::Badly { how } | Done::Unbegun { how } => how.clone(),
            Done::Nobody => "it needs a person, and there was none".to_owned(),
        };
        let what = format!(
            "{} of {}",
            way_name(&moment.before, *item, *way),
            item_name(&moment.before, *item)
        );
        return Some(Refusal {
            at,
            what,
            kind: "application",
            code: None,
            message,
            request_id: None,
        });
    }
    None
}

fn replied(reply: &Reply, at: DateTime<Utc>) -> Option<Refusal> {
    let what = "BacktrackDBCluster".to_owned();
    match reply {
        Reply::Accepted { .. } => None,
        Reply::Rejected {
            code,
            message,
            request_id,
            ..
        } => Some(Refusal {
            at,
            what,
            kind: "rejected",
            code: Some(code.clone()),
            message: message.clone(),
            request_id: request_id.clone(),
        }),
        Reply::Ambiguous {
            what: seen,
            request_id,
        } => Some(Refusal {
            at,
            what,
            kind: "ambiguous",
            code: None,
            message: seen.clone(),
            request_id: request_id.clone(),
        }),
        Reply::NotSent { why } => Some(Refusal {
            at,
            what,
            kind: "not_sent",
            code: None,
            message: why.clone(),
            request_id: None,
        }),
    }
}

fn read_kind(kind: ReadFailureKind) -> &'static str {
    match kind {
        ReadFailureKind::Credentials => "credentials",
        ReadFailureKind::NotFound => "not_found",
        ReadFailureKind::Refused => "refused",
        ReadFailureKind::Transport => "transport",
    }
}
