//! Rules on what else depends on the cluster's history.

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::known::Known;

pub(super) fn findings(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![binlog(case)];
    findings.extend(enhanced_binlog(case));
    findings.extend([global(case), cross_region(case), blue_green(case)]);
    findings
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

/// None where a look of an earlier version did not ask.
fn enhanced_binlog(case: &Case<'_>) -> Option<Finding> {
    const RULE: &str = "enhanced_binlog";
    Some(match case.inspection.enhanced_binlog.as_ref()? {
        Known::Known(false) => Finding::pass(RULE, "off"),
        Known::Known(true) => Finding::block(
            RULE,
            "aurora_enhanced_binlog is on in the parameter group: enhanced binlog and Backtrack exclude each other, and \
             --force does not help",
        ),
        Known::Unknown(why) => Finding::warn(
            RULE,
            format!("not known whether enhanced binlog is on, with which Backtrack does not work: {why}"),
        ),
    })
}

fn global(case: &Case<'_>) -> Finding {
    let listed = case.inspection.global_listed.as_ref();
    match case.inspection.cluster.global_database(listed) {
        Known::Known(None) => Finding::pass("global_database", "not a member of one"),
        Known::Known(Some(global)) => Finding::block(
            "global_database",
            format!("a member of {global}: Backtrack does not work there"),
        ),
        Known::Unknown(why) => Finding::warn(
            "global_database",
            format!("the cluster names none, and whether one lists it is not known: {why}"),
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
