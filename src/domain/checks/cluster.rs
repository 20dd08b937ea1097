//! Rules on what the cluster is, and on what is going on with it.

use super::Case;
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::{backtracking, works};
use crate::domain::finding::Finding;
use crate::domain::posture::fleet::Money;
use crate::domain::target::wire;

pub(super) fn findings(case: &Case<'_>) -> Vec<Finding> {
    vec![
        identity(case),
        name(case),
        engine(case),
        engine_mode(case),
        backtrack_enabled(case),
        status(case),
        members(case),
        under_way(case),
        pending_changes(case),
    ]
}

fn identity(case: &Case<'_>) -> Finding {
    let found = &case.inspection.identity;
    match case.expected {
        Some(expected)
            if (&expected.account, &expected.resource_id) != (&found.account, &found.resource_id) =>
        {
            Finding::block(
                "identity",
                format!(
                    "expected cluster {} of account {}, got {} of account {}: these are not the same cluster",
                    expected.resource_id, expected.account, found.resource_id, found.account
                ),
            )
        }
        _ => Finding::pass(
            "identity",
            format!(
                "{} ({}) in {} of account {}",
                found.cluster, found.resource_id, found.region, found.account
            ),
        ),
    }
}

fn name(case: &Case<'_>) -> Finding {
    let id = &case.inspection.cluster.id;
    let of_lab = id.contains("--");
    let on_lab = case.plan.access.lab.is_some();
    match (on_lab, of_lab) {
        (true, false) => Finding::block(
            "lab_name",
            format!(
                "expected a lab name with two hyphens in a row, got `{id}`: a drill never touches a real name"
            ),
        ),
        (false, true) => Finding::block(
            "lab_name",
            format!("`{id}` is a lab's name (two hyphens in a row): a live run never takes one"),
        ),
        (true, true) => Finding::pass("lab_name", format!("`{id}` can only be a lab's")),
        (false, false) => Finding::pass("lab_name", format!("`{id}` can only be a real cluster's")),
    }
}

fn engine(case: &Case<'_>) -> Finding {
    let cluster = &case.inspection.cluster;
    let found = format!("{} {}", cluster.engine, cluster.engine_version);
    if cluster.is_aurora_mysql() {
        Finding::pass("engine", found)
    } else {
        Finding::block(
            "engine",
            format!("expected aurora-mysql, got {found}: only Aurora MySQL has Backtrack"),
        )
    }
}

fn engine_mode(case: &Case<'_>) -> Finding {
    let mode = &case.inspection.cluster.engine_mode;
    match mode.as_str() {
        "provisioned" => Finding::pass("engine_mode", mode.clone()),
        "" => Finding::warn("engine_mode", "AWS did not say which engine mode the cluster has"),
        other => Finding::block(
            "engine_mode",
            format!("expected provisioned, got {other}: Backtrack does not work there"),
        ),
    }
}

fn backtrack_enabled(case: &Case<'_>) -> Finding {
    let cluster = &case.inspection.cluster;
    match (cluster.window_s, cluster.earliest) {
        (..=0, None) => Finding::block(
            "backtrack_enabled",
            "the cluster has no backtrack window, and it cannot be given one by modifying it",
        ),
        (..=0, Some(earliest)) => Finding::block(
            "backtrack_enabled",
            format!(
                "AWS names an earliest backtrack time ({}) and no window: whether Backtrack is on cannot be told",
                wire(earliest)
            ),
        ),
        (window, None) => Finding::block(
            "backtrack_enabled",
            format!(
                "the window is {window} s, and AWS names no earliest backtrack time: nothing can be proven"
            ),
        ),
        (_, Some(_)) => Finding::pass(
            "backtrack_enabled",
            format!(
                "a window of {}{}",
                cluster.window(),
                cluster.change_records.map_or(String::new(), |records| format!(
                    "; {records} change records stored, about ${} a month at the US rate",
                    Money::month_of(records, Money::US_RATE).text()
                ))
            ),
        ),
    }
}

fn status(case: &Case<'_>) -> Finding {
    let status = &case.inspection.cluster.status;
    if status.eq_ignore_ascii_case("available") {
        Finding::pass("cluster_status", status.clone())
    } else if works(status) {
        Finding::warn(
            "cluster_status",
            format!("{status}: connections work, AWS may still refuse a backtrack"),
        )
    } else {
        Finding::block("cluster_status", format!("expected available, got {status}"))
    }
}

fn members(case: &Case<'_>) -> Finding {
    let cluster = &case.inspection.cluster;
    let Some(writer) = cluster.writer() else {
        return Finding::block(
            "members",
            "the cluster has no writer instance: it could not be verified afterwards",
        );
    };
    if !works(&writer.status) {
        return Finding::block(
            "members",
            format!("expected writer {} available, got `{}`", writer.id, writer.status),
        );
    }
    let away: Vec<String> = cluster
        .members
        .iter()
        .filter(|member| !works(&member.status))
        .map(|member| format!("{} (`{}`)", member.id, member.status))
        .collect();
    if away.is_empty() {
        Finding::pass(
            "members",
            format!("writer {} and {} readers", writer.id, cluster.members.len() - 1),
        )
    } else {
        Finding::warn(
            "members",
            format!(
                "not available, and not waited for afterwards: {}",
                away.join(", ")
            ),
        )
    }
}

/// Another backtrack, or one that nobody told us of.
fn under_way(case: &Case<'_>) -> Finding {
    let busy: Vec<String> = case
        .inspection
        .records
        .iter()
        .filter(|record| !record.status.is_terminal())
        .map(|record| format!("{} ({})", record.id, record.status.as_str()))
        .collect();
    if !busy.is_empty() {
        return Finding::block(
            "another_backtrack",
            format!("a backtrack is under way: {}", busy.join(", ")),
        );
    }
    if backtracking(&case.inspection.cluster.status) {
        return Finding::block(
            "another_backtrack",
            "the cluster is backtracking, and no record says whose it is",
        );
    }
    // At the first look of a run what came after its beginning is a stranger's, or its own journal lost a record.
    let seen_before = |record: &BacktrackRecord| match case.known {
        Some(known) => known.contains(&record.id) || case.own.contains(&record.id),
        None => record.created.is_none_or(|created| created <= case.plan.typed_at),
    };
    let strangers: Vec<&str> = case
        .inspection
        .records
        .iter()
        .filter(|record| !seen_before(record))
        .map(|record| record.id.as_str())
        .collect();
    if !strangers.is_empty() {
        return Finding::block(
            "another_backtrack",
            format!(
                "the cluster was moved since this run began, and not by this run: {}",
                strangers.join(", ")
            ),
        );
    }
    let past = case.inspection.records.len();
    Finding::pass("another_backtrack", format!("none under way, {past} in the past"))
}

fn pending_changes(case: &Case<'_>) -> Finding {
    if case.inspection.cluster.pending_changes {
        Finding::warn(
            "pending_changes",
            "changes of the cluster are pending and may be applied meanwhile",
        )
    } else {
        Finding::pass("pending_changes", "none")
    }
}
