//! Rules on the database, where the runbook says how to reach it: can it be asked, is it the right one, is it shown whole.

use chrono::{DateTime, SecondsFormat, Utc};

use super::{Case, Stage};
use crate::domain::database::DatabaseLook;
use crate::domain::finding::Finding;
use crate::domain::known::Known;
use crate::domain::runbook::Expect;

/// So many events are named at most.
const NAMED: usize = 5;

pub(super) fn findings(case: &Case<'_>, target: Option<DateTime<Utc>>) -> Vec<Finding> {
    let Some(_) = &case.plan.runbook.database else {
        return Vec::new();
    };
    let mut findings = vec![reached(case)];
    if let Some(Known::Known(look)) = &case.inspection.database {
        findings.push(right_one(case, look));
        findings.push(sessions(case, look));
        findings.push(events(case, look));
    }
    findings.extend(recorded(case, target));
    findings
}

/// True where the runbook asks the database anything: then a run cannot do without it.
fn needed(case: &Case<'_>) -> bool {
    let runbook = &case.plan.runbook;
    runbook.minds_sessions() || runbook.statements().next().is_some()
}

fn reached(case: &Case<'_>) -> Finding {
    let rule = "database";
    match &case.inspection.database {
        Some(Known::Known(look)) if look.denied.is_empty() => {
            let tls = look
                .tls
                .as_deref()
                .map_or("no TLS".to_owned(), |cipher| format!("TLS with {cipher}"));
            Finding::pass(rule, format!("SQL is answered by {}, {tls}", look.version))
        }
        Some(Known::Known(look)) => Finding::block(
            rule,
            format!(
                "what the runbook asks would not be answered: {}",
                look.denied.join("; ")
            ),
        ),
        Some(Known::Unknown(why)) if needed(case) => Finding::block(
            rule,
            format!("the runbook asks the database, which cannot be asked: {why}; see its [database]"),
        ),
        Some(Known::Unknown(why)) => Finding::warn(rule, format!("not known: {why}")),
        None => Finding::warn(rule, "not looked at"),
    }
}

/// The host of a runbook may be another cluster's, and an endpoint may lead to a reader.
fn right_one(case: &Case<'_>, look: &DatabaseLook) -> Finding {
    let rule = "database_writer";
    let members = &case.inspection.cluster.members;
    let member = look
        .server_id
        .as_ref()
        .map(|id| members.iter().find(|member| member.id.eq_ignore_ascii_case(id)));
    match (look.server_id.as_deref(), member) {
        (Some(id), Some(None)) => Finding::block(
            rule,
            format!("SQL is answered by the instance {id}, which is not a member of this cluster"),
        ),
        _ if look.read_only => Finding::block(
            rule,
            "SQL is answered by an instance that cannot be written to: the writer's sessions are not seen there",
        ),
        (Some(id), _) => Finding::pass(rule, format!("SQL is answered by the instance {id}")),
        (None, _) => Finding::pass(rule, "SQL is answered by a server that can be written to"),
    }
}

fn sessions(case: &Case<'_>, look: &DatabaseLook) -> Finding {
    let rule = "sessions";
    match (&look.sessions, case.plan.runbook.minds_sessions()) {
        (Known::Known(0), _) => Finding::pass(rule, "no foreign session"),
        (Known::Known(count), true) => {
            Finding::pass(rule, format!("{count} foreign sessions, which the runbook minds"))
        }
        (Known::Known(count), false) => Finding::warn(
            rule,
            format!(
                "{count} foreign sessions, and the runbook neither ends them nor looks again: quiet = \"5s\""
            ),
        ),
        (Known::Unknown(why), true) => Finding::block(rule, format!("not known: {why}")),
        (Known::Unknown(why), false) => Finding::warn(rule, format!("not known: {why}")),
    }
}

fn events(case: &Case<'_>, look: &DatabaseLook) -> Finding {
    let rule = "event_scheduler";
    let quiet = case.plan.runbook.looks_for_quiet();
    match (&look.events, quiet) {
        (Known::Known(events), _) if events.is_empty() => Finding::pass(rule, "no event writes by itself"),
        (Known::Known(events), _) => {
            let shown: Vec<&str> = events.iter().take(NAMED).map(String::as_str).collect();
            let more = if events.len() > NAMED { " and more" } else { "" };
            let text = format!("events write by themselves: {}{more}", shown.join(", "));
            // The pause may disable them; after it nothing else will.
            if quiet && case.stage != Stage::Preflight {
                Finding::block(rule, text)
            } else {
                Finding::warn(rule, text)
            }
        }
        (Known::Unknown(why), true) => Finding::block(rule, format!("not known: {why}")),
        (Known::Unknown(why), false) => Finding::warn(rule, format!("not known: {why}")),
    }
}

/// A probe that could not pass for want of a record is refused before anything is paused.
fn recorded(case: &Case<'_>, target: Option<DateTime<Utc>>) -> Option<Finding> {
    let rule = "recorded";
    let runbook = &case.plan.runbook;
    runbook
        .statements()
        .find(|(_, sql)| sql.expect == Expect::Recorded)?;
    let kept = &case.inspection.surroundings.recorded;
    let none: Vec<&str> = kept
        .iter()
        .filter(|kept| kept.at.is_none())
        .map(|kept| kept.probe.as_str())
        .collect();
    if kept.is_empty() || !none.is_empty() {
        return Some(Finding::block(
            rule,
            format!(
                "nothing was recorded for {}: backtrackctl record {} --cluster {}, while the data is as it should be; or \
                 expect something else",
                if none.is_empty() {
                    "the checks that expect it".to_owned()
                } else {
                    none.join(", ")
                },
                case.plan.runbook_path.as_deref().unwrap_or("RUNBOOK"),
                case.plan.cluster
            ),
        ));
    }
    let latest = kept.iter().filter_map(|kept| kept.at).max()?;
    let shown = latest.to_rfc3339_opts(SecondsFormat::Secs, true);
    Some(match target {
        Some(target) if latest > target => Finding::warn(
            rule,
            format!("recorded at {shown}, after the target: what was recorded may hold the damage"),
        ),
        Some(_) | None => Finding::pass(rule, format!("recorded at {shown}")),
    })
}
