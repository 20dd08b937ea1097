//! What AWS shows under a copy's name, and whether it bears this run's tag.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::Tag;

use crate::aws::bound;
use crate::aws::failure::{failure, nonsense};
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::safety_copy::{SafetyCopy, TAG_RUN};
use crate::ports::{CopySeen, FoundCopy};

const CLUSTERS: &str = "DescribeDBClusters";
const INSTANCES: &str = "DescribeDBInstances";
const SNAPSHOTS: &str = "DescribeDBClusterSnapshots";

/// The clone and its instance.
pub(super) async fn clone(rds: &Client, copy: &SafetyCopy) -> Result<FoundCopy, ReadFailure> {
    let read = rds
        .describe_db_clusters()
        .db_cluster_identifier(&copy.id)
        .send()
        .await;
    let reply = match read.map_err(|error| failure(CLUSTERS, &error)) {
        Ok(reply) => reply,
        Err(failure) if failure.kind == ReadFailureKind::NotFound => return Ok(FoundCopy::Nothing),
        Err(failure) => return Err(failure),
    };
    let named = |cluster: &aws_sdk_rds::types::DbCluster| {
        let id = cluster.db_cluster_identifier.as_deref();
        id.is_some_and(|id| id.eq_ignore_ascii_case(&copy.id))
    };
    let Some(cluster) = reply.db_clusters.unwrap_or_default().into_iter().find(named) else {
        return Err(nonsense(
            CLUSTERS,
            format!("expected the cluster {}, got a list without it", copy.id),
        ));
    };
    if !marked(copy, cluster.tag_list()) {
        return Ok(foreign(copy, "cluster"));
    }
    let instance = match copy.instance() {
        None => None,
        Some(id) => match self::instance(rds, copy, &id).await? {
            Instance::Nothing => None,
            Instance::Ours(status) => Some(status),
            Instance::Foreign => {
                return Ok(FoundCopy::Foreign(format!(
                    "an instance {id} exists already, and belongs to another cluster"
                )));
            }
        },
    };
    Ok(FoundCopy::Ours(CopySeen {
        status: bound::name(cluster.status().unwrap_or_default()),
        percent: None,
        instance,
    }))
}

/// The snapshot.
pub(super) async fn snapshot(rds: &Client, copy: &SafetyCopy) -> Result<FoundCopy, ReadFailure> {
    let read = rds
        .describe_db_cluster_snapshots()
        .db_cluster_snapshot_identifier(&copy.id)
        .send()
        .await;
    let reply = match read.map_err(|error| failure(SNAPSHOTS, &error)) {
        Ok(reply) => reply,
        Err(failure) if failure.kind == ReadFailureKind::NotFound => return Ok(FoundCopy::Nothing),
        Err(failure) => return Err(failure),
    };
    let named = |snapshot: &aws_sdk_rds::types::DbClusterSnapshot| {
        let id = snapshot.db_cluster_snapshot_identifier.as_deref();
        id.is_some_and(|id| id.eq_ignore_ascii_case(&copy.id))
    };
    let Some(snapshot) = reply
        .db_cluster_snapshots
        .unwrap_or_default()
        .into_iter()
        .find(named)
    else {
        return Err(nonsense(
            SNAPSHOTS,
            format!("expected the snapshot {}, got a list without it", copy.id),
        ));
    };
    if !marked(copy, snapshot.tag_list()) {
        return Ok(foreign(copy, "snapshot"));
    }
    Ok(FoundCopy::Ours(CopySeen {
        status: bound::name(snapshot.status().unwrap_or_default()),
        percent: snapshot.percent_progress,
        instance: None,
    }))
}

enum Instance {
    Nothing,
    Foreign,
    Ours(String),
}

async fn instance(rds: &Client, copy: &SafetyCopy, id: &str) -> Result<Instance, ReadFailure> {
    let read = rds
        .describe_db_instances()
        .db_instance_identifier(id)
        .send()
        .await;
    let reply = match read.map_err(|error| failure(INSTANCES, &error)) {
        Ok(reply) => reply,
        Err(failure) if failure.kind == ReadFailureKind::NotFound => return Ok(Instance::Nothing),
        Err(failure) => return Err(failure),
    };
    let Some(instance) = reply.db_instances.unwrap_or_default().into_iter().next() else {
        return Err(nonsense(
            INSTANCES,
            format!("expected the instance {id}, got an empty list"),
        ));
    };
    let of = instance.db_cluster_identifier().unwrap_or_default();
    if !of.eq_ignore_ascii_case(&copy.id) {
        return Ok(Instance::Foreign);
    }
    Ok(Instance::Ours(bound::name(
        instance.db_instance_status().unwrap_or_default(),
    )))
}

fn marked(copy: &SafetyCopy, tags: &[Tag]) -> bool {
    copy.is_marked_by(tags.iter().filter_map(|tag| Some((tag.key()?, tag.value()?))))
}

fn foreign(copy: &SafetyCopy, what: &str) -> FoundCopy {
    FoundCopy::Foreign(format!(
        "a {what} {} exists already, and is not this run's: it has no tag {TAG_RUN} = {}",
        copy.id, copy.run
    ))
}
