//! Rules on the cluster.

use super::{BESIDE, LOOK, blocks, of, passes, warns};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::fixture::{self, identity, member, record};

#[test]
fn the_cluster_of_the_first_look_passes_and_another_blocks() {
    passes(
        &of("identity", |_| {}),
        "orders (cluster-ORDERS) in eu-west-1 of account 111122223333",
    );
    passes(
        &of("identity", |bench| bench.expected = Some(identity())),
        "orders (cluster-ORDERS) in eu-west-1 of account 111122223333",
    );
    let other = of("identity", |bench| {
        bench.expected = Some(identity());
        bench.inspection.identity.resource_id = "cluster-OTHER".to_owned();
    });
    let message = "expected cluster cluster-ORDERS of account 111122223333, got cluster-OTHER of account 111122223333: \
                   these are not the same cluster";
    blocks(&other, message, "aws sts get-caller-identity");
}

#[test]
fn a_live_run_takes_no_lab_name_and_a_drill_takes_no_other() {
    let lab = Some("http://127.0.0.1:1".to_owned());
    passes(&of("lab_name", |_| {}), "`orders` can only be a real cluster's");
    let drill = of("lab_name", |bench| {
        bench.plan.access.lab = lab.clone();
        bench.inspection.cluster.id = "lab--orders".to_owned();
    });
    passes(&drill, "`lab--orders` can only be a lab's");
    let live = of("lab_name", |bench| {
        bench.inspection.cluster.id = "lab--orders".to_owned();
    });
    let message = "`lab--orders` is a lab's name (two hyphens in a row): a live run never takes one";
    blocks(&live, message, "leave --lab out");
    let astray = of("lab_name", |bench| bench.plan.access.lab = lab);
    let message =
        "expected a lab name with two hyphens in a row, got `orders`: a drill never touches a real name";
    blocks(&astray, message, "name the lab's cluster");
}

#[test]
fn only_aurora_mysql_has_backtrack() {
    passes(&of("engine", |_| {}), "aurora-mysql 8.0.mysql_aurora.3.08.0");
    passes(
        &of("engine", |bench| {
            bench.inspection.cluster.engine = "aurora".to_owned();
        }),
        "aurora 8.0.mysql_aurora.3.08.0",
    );
    let postgres = of("engine", |bench| {
        bench.inspection.cluster.engine = "aurora-postgresql".to_owned();
    });
    let message = "expected aurora-mysql, got aurora-postgresql 8.0.mysql_aurora.3.08.0: only Aurora MySQL has Backtrack";
    blocks(&postgres, message, BESIDE);
}

#[test]
fn the_engine_mode_is_provisioned_or_not_known() {
    let mode = |mode: &str| {
        of("engine_mode", |bench| {
            bench.inspection.cluster.engine_mode = mode.to_owned();
        })
    };
    passes(&mode("provisioned"), "provisioned");
    warns(&mode(""), "AWS did not say which engine mode the cluster has");
    blocks(
        &mode("serverless"),
        "expected provisioned, got serverless: Backtrack does not work there",
        BESIDE,
    );
}

#[test]
fn backtrack_is_enabled_when_a_window_and_its_earliest_time_are_named() {
    passes(&of("backtrack_enabled", |_| {}), "a window of 24 h");
    let without = |change: fn(&mut crate::domain::cluster::Cluster)| {
        of("backtrack_enabled", |bench| change(&mut bench.inspection.cluster))
    };
    passes(&without(|cluster| cluster.window_s = 1800), "a window of 30 min");
    passes(
        &without(|cluster| cluster.change_records = Some(50_000_000)),
        "a window of 24 h; 50000000 change records stored, about $438.00 a month at the US rate",
    );
    assert!(
        without(|cluster| cluster.window_s = 0)
            .message
            .contains("and no window: whether Backtrack is on cannot be told")
    );
    let off = without(|cluster| {
        cluster.window_s = 0;
        cluster.earliest = None;
    });
    let message = "the cluster has no backtrack window, and it cannot be given one by modifying it";
    blocks(
        &off,
        message,
        "aws rds restore-db-cluster-from-snapshot --snapshot-identifier SNAPSHOT",
    );
    blocks(&off, message, BESIDE);
    let unnamed = of("backtrack_enabled", |bench| {
        bench.inspection.cluster.earliest = None;
    });
    let message = "the window is 86400 s, and AWS names no earliest backtrack time: nothing can be proven";
    blocks(&unnamed, message, BESIDE);
}

#[test]
fn the_status_is_available_or_one_under_which_connections_work() {
    let status = |status: &str| {
        of("cluster_status", |bench| {
            bench.inspection.cluster.status = status.to_owned();
        })
    };
    passes(&status("Available"), "Available");
    warns(
        &status("backing-up"),
        "backing-up: connections work, AWS may still refuse a backtrack",
    );
    blocks(&status("stopped"), "expected available, got stopped", LOOK);
}

#[test]
fn the_writer_must_work_and_a_reader_that_does_not_is_named() {
    let members = |members: Vec<_>| of("members", |bench| bench.inspection.cluster.members = members);
    passes(&members(fixture::members()), "writer writer-1 and 1 readers");
    warns(
        &members(vec![
            member("writer-1", true, "available"),
            member("reader-1", false, "rebooting"),
        ]),
        "not available, and not waited for afterwards: reader-1 (`rebooting`)",
    );
    blocks(
        &members(vec![member("writer-1", true, "rebooting")]),
        "expected writer writer-1 available, got `rebooting`",
        LOOK,
    );
    let message = "the cluster has no writer instance: it could not be verified afterwards";
    blocks(&members(Vec::new()), message, LOOK);
}

#[test]
fn another_backtrack_under_way_blocks_with_a_record_or_without() {
    passes(&of("another_backtrack", |_| {}), "none under way, 0 in the past");
    let with = |status: BacktrackStatus| {
        of("another_backtrack", |bench| {
            bench.inspection.records = vec![record("other", fixture::LATER, fixture::BEGIN, status)];
        })
    };
    passes(&with(BacktrackStatus::Completed), "none under way, 1 in the past");
    blocks(
        &with(BacktrackStatus::Applying),
        "a backtrack is under way: other (applying)",
        LOOK,
    );
    blocks(
        &with(BacktrackStatus::parse("odd")),
        "a backtrack is under way: other (odd)",
        LOOK,
    );
    // One that came after the run began: a stranger's, or of a record that the journal lost.
    let later = of("another_backtrack", |bench| {
        let created = fixture::after(1);
        bench.inspection.records = vec![record(
            "other",
            fixture::LATER,
            created,
            BacktrackStatus::Completed,
        )];
    });
    blocks(
        &later,
        "the cluster was moved since this run began, and not by this run: other",
        LOOK,
    );
    let unlisted = of("another_backtrack", |bench| {
        bench.inspection.cluster.status = "Backtracking".to_owned();
    });
    blocks(
        &unlisted,
        "the cluster is backtracking, and no record says whose it is",
        LOOK,
    );
}

#[test]
fn pending_changes_are_warned_of() {
    passes(&of("pending_changes", |_| {}), "none");
    let message = "changes of the cluster are pending and may be applied meanwhile";
    warns(
        &of("pending_changes", |bench| {
            bench.inspection.cluster.pending_changes = true;
        }),
        message,
    );
}
