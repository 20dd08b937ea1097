//! Rules on what else depends on the cluster's history.

use super::{BESIDE, blocks, of, passes, warns};
use crate::domain::finding::Severity;
use crate::domain::known::Known;

fn unknown<T>() -> Known<T> {
    Known::Unknown("AccessDenied".to_owned())
}

#[test]
fn binary_logging_blocks_unless_force_is_asked_for() {
    let format = |format: Known<String>, force: bool| {
        of("binlog", |bench| {
            bench.inspection.binlog_format = format;
            bench.plan.force = force;
        })
    };
    let row = || Known::Known("ROW".to_owned());
    passes(&format(Known::Known("off".to_owned()), false), "off");
    let message = "ROW: AWS refuses a backtrack while binary logging is on, unless --force with a --reason";
    blocks(&format(row(), false), message, BESIDE);
    let forced = format(row(), true);
    assert_eq!(forced.severity, Severity::Warn);
    assert!(forced.message.contains("diverge without a word"), "{forced:?}");
    warns(
        &format(unknown(), false),
        "not known whether binary logging is on: AccessDenied",
    );
}

#[test]
fn a_member_of_a_global_database_is_blocked() {
    passes(&of("global_database", |_| {}), "not a member of one");
    let global = of("global_database", |bench| {
        bench.inspection.cluster.global_cluster = Some("world".to_owned());
    });
    blocks(
        &global,
        "a member of world: Backtrack does not work there",
        BESIDE,
    );
}

#[test]
fn a_member_that_only_the_list_names_is_blocked_and_an_unread_list_warned_of() {
    let listed = |listed: Known<Option<String>>| {
        of("global_database", |bench| {
            bench.inspection.global_listed = Some(listed);
        })
    };
    blocks(
        &listed(Known::Known(Some("world".to_owned()))),
        "a member of world: Backtrack does not work there",
        BESIDE,
    );
    warns(
        &listed(unknown()),
        "the cluster names none, and whether one lists it is not known: AccessDenied",
    );
    // A journal of an earlier version holds no such list.
    passes(
        &of("global_database", |bench| bench.inspection.global_listed = None),
        "not a member of one",
    );
}

#[test]
fn enhanced_binlog_is_blocked_whatever_is_forced_and_an_unread_group_warned_of() {
    let enhanced = |enhanced: Known<bool>| {
        of("enhanced_binlog", |bench| {
            bench.inspection.enhanced_binlog = Some(enhanced);
            bench.inspection.cluster.parameter_group = Some("orders-params".to_owned());
            bench.plan.force = true;
        })
    };
    passes(&enhanced(Known::Known(false)), "off");
    let on = enhanced(Known::Known(true));
    assert_eq!(on.severity, Severity::Block);
    assert!(on.message.contains("--force does not help"), "{on:?}");
    let ways = on.instead.join("\n");
    for part in [
        "restore-db-cluster-to-point-in-time",
        "--db-cluster-parameter-group-name orders-params",
        "ParameterName=aurora_enhanced_binlog,ParameterValue=0",
    ] {
        assert!(ways.contains(part), "{part}: {ways}");
    }
    warns(
        &enhanced(unknown()),
        "not known whether enhanced binlog is on, with which Backtrack does not work: AccessDenied",
    );
}

#[test]
fn replication_across_regions_is_blocked_on_both_ends() {
    passes(&of("cross_region", |_| {}), "no replica and no source");
    let source = of("cross_region", |bench| {
        bench.inspection.cluster.replication_source = Some("far".to_owned());
    });
    blocks(&source, "it replicates from far", BESIDE);
    let replicas = of("cross_region", |bench| {
        bench.inspection.cluster.read_replicas = vec!["far".to_owned()];
    });
    blocks(&replicas, "others replicate from it: far", BESIDE);
}

#[test]
fn a_blue_green_deployment_is_blocked_and_an_unread_one_warned_of() {
    let deployments =
        |names: Known<Vec<String>>| of("blue_green", |bench| bench.inspection.blue_green = names);
    passes(&deployments(Known::Known(Vec::new())), "no deployment");
    let named = deployments(Known::Known(vec!["upgrade".to_owned()]));
    blocks(&named, "a backtrack breaks the deployment upgrade", BESIDE);
    warns(
        &deployments(unknown()),
        "not known whether a deployment exists: AccessDenied",
    );
}
