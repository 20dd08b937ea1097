//! DescribeDBClusters without a name: every cluster of the Region, DocumentDB's and Neptune's among them.

use std::collections::BTreeMap;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, DbClusterMember, Tag};

use super::walk::Walker;
use crate::aws::bound;
use crate::aws::failure::failure;
use crate::aws::pages::Page;
use crate::aws::stamps::from_wire;
use crate::domain::event::ReadFailure;
use crate::domain::posture::fleet::{LiveCluster, LiveMember};

const CLUSTERS: &str = "DescribeDBClusters";
/// Aurora allows 50 tags on a resource.
const MOST_TAGS: usize = 100;
/// Aurora allows fewer replicas, and a VPC fewer security groups of one cluster.
const MOST_NEIGHBOURS: usize = 32;

/// Hands over each page.
pub(super) async fn all(
    rds: &Client,
    walker: Walker<'_>,
    take: impl FnMut(Vec<DbCluster>),
) -> Result<(), ReadFailure> {
    walker
        .walk(
            CLUSTERS,
            |marker| async {
                rds.describe_db_clusters()
                    .max_records(100)
                    .set_marker(marker)
                    .send()
                    .await
                    .map(|reply| Page::new(reply.db_clusters, reply.marker))
                    .map_err(|error| failure(CLUSTERS, &error))
            },
            take,
        )
        .await
}

/// In the terms of the domain. What AWS leaves out stays none; an empty list of tags or members is one.
pub(super) fn cluster(from: DbCluster, profile: Option<&str>, region: &str) -> LiveCluster {
    let replicas = from.read_replica_identifiers.unwrap_or_default();
    let security_groups = from.vpc_security_groups.unwrap_or_default();
    LiveCluster {
        profile: profile.map(str::to_owned),
        region: region.to_owned(),
        id: given(from.db_cluster_identifier).unwrap_or_default(),
        arn: given(from.db_cluster_arn).unwrap_or_default(),
        engine: given(from.engine),
        engine_version: given(from.engine_version),
        engine_mode: given(from.engine_mode),
        status: given(from.status),
        created: from.cluster_create_time.as_ref().and_then(from_wire),
        window_s: from.backtrack_window,
        earliest: from.earliest_backtrack_time.as_ref().and_then(from_wire),
        change_records: from.backtrack_consumed_change_records,
        members: from
            .db_cluster_members
            .map(|members| members.into_iter().map(member).collect()),
        parameter_group: given(from.db_cluster_parameter_group),
        clone_group: given(from.clone_group_id),
        global_cluster: given(from.global_cluster_identifier),
        replication_source: given(from.replication_source_identifier),
        replicas: texts(replicas.into_iter().map(Some)),
        subnet_group: given(from.db_subnet_group),
        security_groups: texts(
            security_groups
                .into_iter()
                .map(|group| group.vpc_security_group_id),
        ),
        kms_key: given(from.kms_key_id),
        tags: from.tag_list.map(tags),
    }
}

fn member(from: DbClusterMember) -> LiveMember {
    LiveMember {
        writer: from.is_cluster_writer,
        id: given(from.db_instance_identifier).unwrap_or_default(),
    }
}

fn tags(from: Vec<Tag>) -> BTreeMap<String, String> {
    from.into_iter()
        .take(MOST_TAGS)
        .filter_map(|tag| {
            Some((
                bound::name(&tag.key?),
                bound::name(&tag.value.unwrap_or_default()),
            ))
        })
        .collect()
}

fn texts(texts: impl Iterator<Item = Option<String>>) -> Vec<String> {
    texts.take(MOST_NEIGHBOURS).filter_map(given).collect()
}

/// An empty element says as little as none.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
        .map(|text| bound::name(&text))
}
