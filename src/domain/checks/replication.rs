//! Rules on what else depends on the cluster's history.

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::known::Known;

pub(super) fn findings(case: &Case<'_>) -> Vec<Finding> {
    vec![binlog(case), global(case), cross_region(case), blue_green(case)]
}

fn binlog(case: &Case<'_>) -> Finding {
    match (&case.inspection.binlog_format, case.plan.force) {
        (Known::Known(format), _) if format.eq_ignore_ascii_case("OFF") => Finding::pass("binlog", "off"),
        (Known::Known(format), true) => Finding::warn(
            "binlog",
            format!(
                "{format}, and Force is asked for: no binlog event tells replicas and change streams of the rewind, so they \
                 diverge without a word; a blue/green deployment breaks"
            ),
        ),
        (Known::Known(format), false) => Finding::block(
            "binlog",
            format!(
                "{format}: AWS refuses a backtrack while binary logging is on, unless --force with a --reason"
            ),
        ),
        (Known::Unknown(why), _) => {
            Finding::warn("binlog", format!("not known whether binary logging is on: {why}"))
        }
    }
}

fn global(case: &Case<'_>) -> Finding {
    match &case.inspection.cluster.global_cluster {
        None => Finding::pass("global_database", "not a member of one"),
        Some(global) => Finding::block(
            "global_database",
            format!("a member of {global}: Backtrack does not work there"),
        ),
    }
}

fn cross_region(case: &Case<'_>) -> Finding {
    let cluster = &case.inspection.cluster;
    match (&cluster.replication_source, cluster.read_replicas.as_slice()) {
        (None, []) => Finding::pass("cross_region", "no replica and no source"),
        (Some(source), _) => Finding::block("cross_region", format!("it replicates from {source}")),
        (None, replicas) => Finding::block(
            "cross_region",
            format!("others replicate from it: {}", replicas.join(", ")),
        ),
    }
}

fn blue_green(case: &Case<'_>) -> Finding {
    match &case.inspection.blue_green {
        Known::Known(names) if names.is_empty() => Finding::pass("blue_green", "no deployment"),
        Known::Known(names) => Finding::block(
            "blue_green",
            format!("a backtrack breaks the deployment {}", names.join(", ")),
        ),
        Known::Unknown(why) => Finding::warn(
            "blue_green",
            format!("not known whether a deployment exists: {why}"),
        ),
    }
}
