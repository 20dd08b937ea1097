//! The one request, what AWS said to it, and what is waited for.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::line::{Line, Paint};
use super::super::moment::{clock, full, length, seconds};
use super::super::style::Style;
use super::tick;
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::event::{ReadFailure, ReadFailureKind, Rejection, Reply};

/// The request goes out.
pub(super) fn sending(to: DateTime<Utc>, send_by: DateTime<Utc>) -> Vec<Line> {
    vec![
        Line::at(2)
            .paint(Paint::Strong, &format!("sending the request: to {}", full(to)))
            .paint(Paint::Dim, &format!(" (not after {})", clock(send_by))),
    ]
}

/// What became of the request.
pub(super) fn replied(reply: &Reply, style: &Style) -> Vec<Line> {
    let (well, paint, text, id) = match reply {
        Reply::Accepted { record, request_id } => (
            true,
            Paint::Good,
            format!("AWS accepted it as {}", record.id),
            request_id.as_deref(),
        ),
        Reply::Rejected {
            code,
            message,
            request_id,
            kind,
        } => {
            let then = match kind {
                Rejection::Credentials => "Nothing was accepted. It is sent again after a login",
                Rejection::Throttled => "Nothing was accepted. It is sent again after a wait",
                Rejection::Final => "Nothing was accepted, and it is not sent again",
            };
            (
                false,
                Paint::Bad,
                format!("AWS refused: {code}: {}. {then}", message.trim_end_matches('.')),
                request_id.as_deref(),
            )
        }
        Reply::Ambiguous { what, request_id } => (
            false,
            Paint::Warn,
            format!(
                "no clear answer: {what}. AWS may have accepted it: it is not sent again, AWS is asked what it did"
            ),
            request_id.as_deref(),
        ),
        Reply::NotSent { why } => (
            false,
            Paint::Warn,
            format!("not sent: {why}. Nothing was changed"),
            None,
        ),
    };
    let line = Line::at(2)
        .hang(4)
        .paint(paint, tick(well, style))
        .paint(paint, &text);
    vec![match id {
        Some(id) => line.paint(Paint::Dim, &format!(" (request {id})")),
        None => line,
    }]
}

/// The state of our backtrack.
pub(super) fn record(record: &BacktrackRecord) -> Vec<Line> {
    let to = record
        .to
        .map(|to| format!(", to {}", full(to)))
        .unwrap_or_default();
    let from = record
        .from
        .map(|from| format!(", BacktrackedFrom {}", full(from)))
        .unwrap_or_default();
    let text = format!(
        "AWS reports {} for {}{to}{from}",
        record.status.as_str(),
        record.id
    );
    vec![Line::at(2).hang(4).text(&text)]
}

/// `waiting for the cluster to be available, 41 s, usually unknown`.
pub(in crate::ui) fn waiting(what: &str, so_far: TimeDelta, estimate_s: Option<i64>) -> String {
    let usual = estimate_s.map_or_else(|| "unknown".to_owned(), seconds);
    format!("waiting for {what}, {}, usually {usual}", length(so_far))
}

/// A read that failed: not known.
pub(super) fn unknown(failure: &ReadFailure, style: &Style) -> Vec<Line> {
    let meaning = match failure.kind {
        ReadFailureKind::Credentials if failure.never_had_any() => "there are no credentials",
        ReadFailureKind::Credentials => "the credentials ended",
        ReadFailureKind::NotFound => "AWS does not know it",
        ReadFailureKind::Refused => "AWS refused to tell",
        ReadFailureKind::Transport => "no answer that can be read",
    };
    let code = failure
        .code
        .as_deref()
        .map(|code| format!("{code}: "))
        .unwrap_or_default();
    let line = Line::at(2)
        .hang(4)
        .paint(Paint::Warn, if style.marks { "… " } else { "? " })
        .paint(Paint::Warn, &format!("{}: {meaning}", failure.action))
        .text(&format!(
            " ({code}{}). It is not known",
            failure.message.trim_end_matches('.')
        ));
    vec![match &failure.request_id {
        Some(id) => line.paint(Paint::Dim, &format!(" (request {id})")),
        None => line,
    }]
}
