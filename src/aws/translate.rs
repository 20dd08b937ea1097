//! The SDK's shapes in the terms of the domain. What AWS leaves out stays empty; nothing is guessed.

use aws_sdk_rds::operation::backtrack_db_cluster::BacktrackDbClusterOutput;
use aws_sdk_rds::types::{
    ClusterPendingModifiedValues, DbCluster, DbClusterBacktrack, DbClusterMember, GlobalCluster,
};
use chrono::{DateTime, Utc};

use super::bound;
use super::stamps::from_wire;
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::cluster::{Cluster, Member};

/// The ARNs of a global database's clusters, writer and readers.
pub(super) fn global_members(global: &GlobalCluster) -> impl Iterator<Item = &str> {
    global.global_cluster_members().iter().flat_map(|member| {
        let own = member.db_cluster_arn().into_iter();
        own.chain(member.readers().iter().map(String::as_str))
    })
}

/// A cluster with the members that it names; their statuses are not part of the reply.
pub(super) fn cluster(from: DbCluster) -> Cluster {
    Cluster {
        id: name(from.db_cluster_identifier),
        arn: bound::text(from.db_cluster_arn.unwrap_or_default()),
        resource_id: name(from.db_cluster_resource_id),
        engine: name(from.engine),
        engine_version: name(from.engine_version),
        engine_mode: name(from.engine_mode),
        status: name(from.status),
        created: from.cluster_create_time.as_ref().and_then(from_wire),
        window_s: from.backtrack_window.unwrap_or_default(),
        earliest: from.earliest_backtrack_time.as_ref().and_then(from_wire),
        change_records: from.backtrack_consumed_change_records,
        global_cluster: given(from.global_cluster_identifier),
        replication_source: given(from.replication_source_identifier),
        read_replicas: bound::list(from.read_replica_identifiers.unwrap_or_default()),
        clone_group: given(from.clone_group_id),
        parameter_group: given(from.db_cluster_parameter_group),
        least_capacity: from
            .serverless_v2_scaling_configuration
            .and_then(|scaling| scaling.min_capacity)
            .map(|capacity| capacity.to_string()),
        subnet_group: given(from.db_subnet_group),
        security_groups: bound::names(
            from.vpc_security_groups
                .unwrap_or_default()
                .into_iter()
                .filter_map(|group| group.vpc_security_group_id),
        ),
        backup_window: given(from.preferred_backup_window),
        maintenance_window: given(from.preferred_maintenance_window),
        managed_secret: from.master_user_secret.is_some(),
        secret_arn: given(from.master_user_secret.and_then(|secret| secret.secret_arn)),
        pending_changes: from
            .pending_modified_values
            .is_some_and(|pending| pending != ClusterPendingModifiedValues::builder().build()),
        members: from
            .db_cluster_members
            .unwrap_or_default()
            .into_iter()
            .map(member)
            .collect(),
    }
}

/// One listed backtrack. One without an id, or with one that cannot be, is kept: it is not among those seen before.
pub(super) fn listed(from: &DbClusterBacktrack) -> BacktrackRecord {
    BacktrackRecord {
        id: from
            .backtrack_identifier
            .as_deref()
            .and_then(bound::id)
            .unwrap_or_default(),
        to: from.backtrack_to.as_ref().and_then(from_wire),
        from: from.backtracked_from.as_ref().and_then(from_wire),
        created: from.backtrack_request_creation_time.as_ref().and_then(from_wire),
        status: status(from.status.as_deref()),
    }
}

/// The backtrack that a reply echoes; none without an id.
pub(super) fn echoed(from: &BacktrackDbClusterOutput) -> Option<BacktrackRecord> {
    Some(BacktrackRecord {
        id: from.backtrack_identifier.as_deref().and_then(bound::id)?,
        to: from.backtrack_to.as_ref().and_then(from_wire),
        from: from.backtracked_from.as_ref().and_then(from_wire),
        created: from.backtrack_request_creation_time.as_ref().and_then(from_wire),
        status: status(from.status.as_deref()),
    })
}

/// When a cluster's engine was upgraded or patched in place, by the words of an event: it carries no event id here.
///
/// Words that are not known count as an upgrade, because Backtrack cannot go back before one. The phrases of events
/// that announce one, prepare one, or speak of the operating system are left out (Aurora User Guide, "Amazon RDS event
/// categories and event messages": RDS-EVENT-0156, 0174, 0287 to 0289, 0363, 0410 and following).
pub(super) fn upgraded(message: &str, at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    const HARMLESS: [&str; 11] = [
        "operating system",
        "cannot be upgraded",
        "can't be upgraded",
        "upgrade available",
        "upgrade is available",
        "requirement",
        "preparation",
        "pre-check",
        "precheck",
        "failed",
        "scheduled",
    ];
    let message = message.to_ascii_lowercase();
    let upgrade = message.contains("upgrad") || message.contains("patched");
    let harmless = HARMLESS.iter().any(|words| message.contains(words));
    if upgrade && !harmless { at } else { None }
}

fn member(from: DbClusterMember) -> Member {
    Member {
        id: name(from.db_instance_identifier),
        writer: from.is_cluster_writer.unwrap_or_default(),
        status: String::new(),
    }
}

/// An empty element says as little as none.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(bound::text)
}

fn name(name: Option<String>) -> String {
    bound::name(&name.unwrap_or_default())
}

fn status(word: Option<&str>) -> BacktrackStatus {
    BacktrackStatus::parse(&bound::name(word.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upgrade_of_the_engine_is_told_from_other_events() {
        let at = Some(DateTime::<Utc>::UNIX_EPOCH);
        for message in [
            "Database cluster engine version has been upgraded.",
            "Database cluster engine major version has been upgraded.",
            "Database cluster upgrade is in progress.",
            "Database cluster has been patched: source version 3.04.0 => 3.04.1.",
        ] {
            assert_eq!(upgraded(message, at), at, "{message}");
        }
        for message in [
            "The DB cluster has a DB engine minor version upgrade available.",
            "Database cluster is in a state that cannot be upgraded.",
            "Cluster operating system upgrade completed.",
            "The pre-check for the database cluster engine version upgrade failed or timed out.",
            "Upgrade preparation in progress: orders",
            "DB cluster created",
        ] {
            assert_eq!(upgraded(message, at), None, "{message}");
        }
    }

    #[test]
    fn a_cluster_of_which_nothing_is_said_is_empty_and_not_invented() {
        let cluster = cluster(DbCluster::builder().build());
        assert_eq!(cluster.window_s, 0);
        assert_eq!(cluster.engine_mode, "");
        assert!(cluster.members.is_empty());
        assert!(!cluster.pending_changes);
    }

    #[test]
    fn empty_pending_values_are_no_pending_change() {
        let pending = ClusterPendingModifiedValues::builder();
        let empty = DbCluster::builder()
            .pending_modified_values(pending.clone().build())
            .build();
        assert!(!cluster(empty).pending_changes);
        let some = DbCluster::builder()
            .pending_modified_values(pending.engine_version("8.4").build())
            .build();
        assert!(cluster(some).pending_changes);
    }

    #[test]
    fn every_field_of_a_record_may_be_missing() {
        let record = listed(&DbClusterBacktrack::builder().build());
        assert_eq!(record.id, "");
        assert_eq!(record.status, BacktrackStatus::Other(String::new()));
        assert_eq!((record.to, record.from, record.created), (None, None, None));
        assert_eq!(
            echoed(
                &BacktrackDbClusterOutput::builder()
                    .backtrack_identifier("")
                    .build()
            ),
            None
        );
    }
}
