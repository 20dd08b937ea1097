//! Every event of the journal in one line.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::decision::answer_text;
use super::process::name;
use super::step::{check_means, item_name, seen, step_means, way_name};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::checks::Judgement;
use crate::domain::effect::{Effect, Intent};
use crate::domain::event::{Attached, Event, ReadFailure, Reply};
use crate::domain::finding::Severity;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::safety_copy::{Noted, Part};
use crate::domain::verification::Verification;
use crate::report::instant::utc;
use crate::report::moment::Moment;

/// One event.
#[derive(Serialize)]
pub struct Line {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Its name in the journal.
    pub event: &'static str,
    /// Where the run was after it.
    pub phase: Phase,
    /// What it was about, in one line.
    pub detail: String,
}

/// Every event, oldest first.
pub fn lines(moments: &[Moment<'_>]) -> Vec<Line> {
    let line = |moment: &Moment<'_>| Line {
        at: moment.at,
        event: moment.event.name(),
        phase: moment.after.phase(),
        detail: detail(moment),
    };
    moments.iter().map(line).collect()
}

fn detail(moment: &Moment<'_>) -> String {
    let run = &moment.before;
    match moment.event {
        Event::Opened(plan) => opened(plan, &moment.after.typed()),
        Event::Attached(attached) => taken_up(attached),
        Event::Intended(effect) => intended(moment, effect),
        Event::Inspected { judgement, .. } => inspected(judgement),
        Event::ReadFailed(failure) => read_failed(failure),
        Event::StepDone { item, way, done } => {
            let (way_name, name, means) = (
                way_name(run, *item, *way),
                item_name(run, *item),
                step_means(run, *item, *way),
            );
            format!("{way_name} {name}, {means}: {}", seen(done))
        }
        Event::CopyNoted { item, noted } => copy_noted(&item_name(run, *item), noted),
        Event::Checked { item, way, done } => {
            let (way_name, name, means) = (
                way_name(run, *item, *way),
                item_name(run, *item),
                check_means(run, *item, *way),
            );
            format!("{way_name} of {name} checked, {means}: {}", seen(done))
        }
        Event::Replied(reply) => replied(reply),
        Event::Reconciled { records, status, .. } => {
            format!("cluster {}, {} backtracks listed", stated(status), records.len())
        }
        Event::Watched { record: Some(seen) } => record(seen),
        Event::Watched { record: None } => "our backtrack is not listed".to_owned(),
        Event::Glanced { status, members, .. } => {
            let member = |id: &str, status: &str| format!("{id} {}", stated(status));
            let members: Vec<String> = members
                .iter()
                .map(|each| member(&each.id, &each.status))
                .collect();
            format!("cluster {}; {}", stated(status), members.join(", "))
        }
        Event::Verified(verification) => verified(verification),
        Event::Answered { answer, unattended } => {
            let how = if *unattended { "unattended" } else { "typed" };
            format!("{} ({how})", answer_text(answer))
        }
        Event::HopOrdered {
            reason, without_copy, ..
        } => {
            let without = if *without_copy {
                ", without a safety copy"
            } else {
                ""
            };
            with_reason(format!("to {}{without}", moment.after.typed()), reason.as_ref())
        }
        Event::Interrupted { signal } => signal.clone(),
        Event::Ended { outcome } => format!("{}, exit {}", outcome.as_str(), outcome.exit()),
    }
}

fn copy_noted(name: &str, noted: &Noted) -> String {
    let told = |part: &Part| match part {
        Part::Unasked => "not asked for".to_owned(),
        Part::Asked => "asked for".to_owned(),
        Part::Seen { status } => stated(status).to_owned(),
    };
    let instance = noted
        .instance
        .may_exist()
        .then(|| format!("; its instance {}", told(&noted.instance)));
    format!("{name} {}{}", told(&noted.whole), instance.unwrap_or_default())
}

fn opened(plan: &Plan, typed: &str) -> String {
    let what = format!(
        "{} run on {} to {typed} by {}",
        plan.mode.as_str(),
        plan.cluster,
        name(&plan.by)
    );
    with_reason(what, plan.reason.as_ref())
}

fn taken_up(attached: &Attached) -> String {
    let by = name(&attached.by);
    let what = match &attached.from {
        Some(from) => format!("taken over by {by}, from {from}"),
        None => format!("taken up by {by}"),
    };
    with_reason(what, attached.reason.as_ref())
}

fn with_reason(what: String, reason: Option<&String>) -> String {
    match reason {
        Some(reason) => format!("{what}: {reason}"),
        None => what,
    }
}

fn intended(moment: &Moment<'_>, effect: &Effect) -> String {
    match effect {
        Effect::Step { item, way } => format!(
            "{} {}",
            way_name(&moment.before, *item, *way),
            item_name(&moment.before, *item)
        ),
        Effect::Send(intent) => sent(intent),
        Effect::Inspect => "look at everything".to_owned(),
        Effect::Check { item, way } => format!(
            "check the {} of {}",
            way_name(&moment.before, *item, *way),
            item_name(&moment.before, *item)
        ),
        Effect::Reconcile => "ask what became of the request".to_owned(),
        Effect::Watch { id } => format!("read backtrack {id}"),
        Effect::Glance => "read the cluster and its members".to_owned(),
        Effect::Verify => "verify the data".to_owned(),
    }
}

fn sent(intent: &Intent) -> String {
    let force = if intent.force { " with Force" } else { "" };
    let (hop, cluster, to, send_by) = (intent.hop, &intent.cluster, utc(intent.to), utc(intent.send_by));
    format!(
        "hop {hop}: BacktrackDBCluster of {cluster} to {to}{force}, to be sent by {send_by} or not at all"
    )
}

fn inspected(judgement: &Judgement) -> String {
    let count = |severity: Severity| {
        judgement
            .findings
            .iter()
            .filter(|found| found.severity == severity)
            .count()
    };
    let (pass, warn, block) = (
        count(Severity::Pass),
        count(Severity::Warn),
        count(Severity::Block),
    );
    let counts = format!("{pass} passed, {warn} warned, {block} blocked");
    if judgement.blocks() {
        format!("{counts}: {}", judgement.reason())
    } else {
        counts
    }
}

fn read_failed(failure: &ReadFailure) -> String {
    let code = failure
        .code
        .as_ref()
        .map(|code| format!(" {code}:"))
        .unwrap_or_default();
    format!(
        "{}:{code} {}{}",
        failure.action,
        failure.message,
        request(failure.request_id.as_ref())
    )
}

fn replied(reply: &Reply) -> String {
    match reply {
        Reply::Accepted {
            record: named,
            request_id,
        } => {
            format!("accepted: {}{}", record(named), request(request_id.as_ref()))
        }
        Reply::Rejected {
            code,
            message,
            request_id,
            ..
        } => {
            format!("rejected: {code}: {message}{}", request(request_id.as_ref()))
        }
        Reply::Ambiguous { what, request_id } => {
            format!(
                "ambiguous, AWS may have acted on it: {what}{}",
                request(request_id.as_ref())
            )
        }
        Reply::NotSent { why } => format!("not sent: {why}"),
    }
}

fn request(id: Option<&String>) -> String {
    id.map(|id| format!(" (request {id})")).unwrap_or_default()
}

fn record(record: &BacktrackRecord) -> String {
    let to = record.to.map_or_else(|| "unknown".to_owned(), utc);
    let from = record.from.map_or_else(|| "unknown".to_owned(), utc);
    format!(
        "backtrack {} {}, to {to}, from {from}",
        record.id,
        record.status.as_str()
    )
}

fn verified(verification: &Verification) -> String {
    let failures = verification.failures();
    if failures.is_empty() {
        return format!("all {} as expected", verification.results.len());
    }
    let named: Vec<String> = failures
        .iter()
        .map(|result| format!("{}: {}", result.name, result.message))
        .collect();
    format!("NOT AS EXPECTED: {}", named.join("; "))
}

/// A status as AWS sent it; it may be empty where it could not be read.
fn stated(status: &str) -> &str {
    if status.is_empty() {
        "(status unknown)"
    } else {
        status
    }
}
