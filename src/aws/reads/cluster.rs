//! The cluster and the statuses of its instances.

use std::collections::HashMap;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, Filter};

use crate::aws::bound;
use crate::aws::failure::{failure, nonsense};
use crate::aws::pages::{self, Page};
use crate::aws::translate;
use crate::domain::cluster::{Cluster, Member};
use crate::domain::event::ReadFailure;

const CLUSTERS: &str = "DescribeDBClusters";
const INSTANCES: &str = "DescribeDBInstances";

/// Instance id in lower case, and the instance's status.
pub(super) type Statuses = HashMap<String, String>;

/// The one cluster of that id. A reply that describes another one, or none, tells nothing.
pub(in crate::aws) async fn describe(rds: &Client, id: &str) -> Result<Cluster, ReadFailure> {
    let cluster = translate::cluster(the_one(rds, id).await?);
    bound::members(CLUSTERS, &cluster.members)?;
    Ok(cluster)
}

/// What the cluster's tag of this key holds; none where there is no such tag.
pub(super) async fn tag(rds: &Client, id: &str, key: &str) -> Result<Option<String>, ReadFailure> {
    let tags = the_one(rds, id).await?.tag_list.unwrap_or_default();
    let tag = tags.into_iter().find(|tag| tag.key() == Some(key));
    Ok(tag.map(|tag| tag.value.unwrap_or_default()))
}

async fn the_one(rds: &Client, id: &str) -> Result<DbCluster, ReadFailure> {
    let reply = rds
        .describe_db_clusters()
        .db_cluster_identifier(id)
        .send()
        .await
        .map_err(|error| failure(CLUSTERS, &error))?;
    let mut described = reply.db_clusters.unwrap_or_default().into_iter();
    match (described.next(), described.next()) {
        (Some(cluster), None) => {
            let found = cluster.db_cluster_identifier().unwrap_or_default();
            if found.eq_ignore_ascii_case(id) {
                return Ok(cluster);
            }
            Err(nonsense(
                CLUSTERS,
                format!("expected the cluster {id}, got {}", bound::name(found)),
            ))
        }
        (Some(_), Some(_)) => Err(nonsense(
            CLUSTERS,
            format!("expected the one cluster {id}, got several"),
        )),
        (None, _) => Err(nonsense(
            CLUSTERS,
            format!("expected the cluster {id}, got an empty list"),
        )),
    }
}

/// The status of every instance of the cluster.
pub(super) async fn statuses(rds: &Client, cluster: &str) -> Result<Statuses, ReadFailure> {
    let instances = pages::all(INSTANCES, |marker| async {
        rds.describe_db_instances()
            .filters(filter("db-cluster-id", cluster))
            .max_records(100)
            .set_marker(marker)
            .send()
            .await
            .map(|reply| Page::new(reply.db_instances, reply.marker))
            .map_err(|error| failure(INSTANCES, &error))
    })
    .await?;
    Ok(instances
        .into_iter()
        .filter_map(|instance| {
            let id = instance.db_instance_identifier?.to_ascii_lowercase();
            let status = instance.db_instance_status.unwrap_or_default();
            Some((id, bound::name(&status)))
        })
        .collect())
}

/// The cluster with its members' statuses; a member that was not read keeps an empty one.
pub(super) fn with_statuses(cluster: Cluster, statuses: &Statuses) -> Cluster {
    let members = cluster
        .members
        .into_iter()
        .map(|member| {
            let status = statuses
                .get(&member.id.to_ascii_lowercase())
                .cloned()
                .unwrap_or_default();
            Member { status, ..member }
        })
        .collect();
    Cluster { members, ..cluster }
}

/// A filter of one value.
pub(super) fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}
