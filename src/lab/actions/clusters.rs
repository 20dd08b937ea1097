//! DescribeDBClusters.

use super::super::cluster::Cluster;
use super::super::identity::{arn, host};
use super::super::scenario::ListOrder;
use super::super::seed::draw;
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;
use super::{names, parameters, tags};

const HOUR_S: i64 = 3_600;
const RETENTION_DAYS: u32 = 7;

pub(super) fn describe_db_clusters(world: &World, query: &Query) -> Result<Element, ApiError> {
    let mut clusters: Vec<&Cluster> = match query.get("DBClusterIdentifier") {
        Some(id) => vec![names::cluster(world, id)?],
        None => world.clusters.iter().collect(),
    };
    for filter in query.filters()? {
        match filter.name.as_str() {
            "db-cluster-id" => clusters.retain(|it| filter.values.iter().any(|id| is(it, id))),
            "db-cluster-resource-id" => clusters.retain(|it| filter.matches(&it.resource_id)),
            "engine" => clusters.retain(|it| filter.matches(&it.plan.engine)),
            "clone-group-id" => {
                clusters.retain(|it| {
                    it.plan
                        .clone_group
                        .as_deref()
                        .is_some_and(|id| filter.matches(id))
                });
            }
            "domain" => clusters.clear(),
            _ => return Err(filter.unknown()),
        }
    }
    let page = page(
        clusters,
        |it| it.id().to_owned(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page.items.into_iter().map(|it| cluster(world, it));
    Ok(Element::new("DescribeDBClustersResult")
        .child(Element::new("DBClusters").children(list))
        .optional("Marker", page.marker))
}

fn is(cluster: &Cluster, id: &str) -> bool {
    cluster.id().eq_ignore_ascii_case(names::name_of(id))
}

/// One cluster, as several replies describe it.
pub(super) fn cluster(world: &World, cluster: &Cluster) -> Element {
    let (plan, now, id) = (&cluster.plan, world.now(), cluster.id());
    let region = world.scenario.region.as_str();
    // A real server is reached where it really is.
    let address = cluster.data().login().map(|login| login.address);
    let endpoint = |part| address.map_or_else(|| host(id, part, region), |it| it.ip().to_string());
    let element = Element::new("DBCluster")
        .value("AllocatedStorage", 1)
        .list(
            "AvailabilityZones",
            "AvailabilityZone",
            ["a", "b", "c"].map(|zone| format!("{region}{zone}")),
        )
        .value("BackupRetentionPeriod", RETENTION_DAYS)
        .text("DatabaseName", "shop")
        .text("DBClusterIdentifier", id)
        .text("DBClusterParameterGroup", parameters::group_of(cluster))
        .text("DBSubnetGroup", cluster.groups.subnets.as_str())
        .text("Status", cluster.status(now))
        .text("Endpoint", endpoint("cluster-drill"))
        .text("ReaderEndpoint", endpoint("cluster-ro-drill"))
        .value("MultiAZ", cluster.members.len() > 1)
        .text("Engine", plan.engine.as_str())
        .text("EngineVersion", plan.engine_version.as_str())
        .text("EngineMode", plan.engine_mode.as_str())
        .value("Port", address.map_or(3_306, |it| it.port()))
        .text("MasterUsername", "admin")
        .text("DbClusterResourceId", cluster.resource_id.as_str())
        .text("DBClusterArn", arn(region, "cluster", id))
        .text("HostedZoneId", "Z0DRILL")
        .value("StorageEncrypted", true)
        .value("IAMDatabaseAuthenticationEnabled", false)
        .value("HttpEndpointEnabled", false)
        .text("ActivityStreamStatus", "stopped")
        .value("CopyTagsToSnapshot", true)
        .value("CrossAccountClone", false)
        .value("AutoMinorVersionUpgrade", true)
        .value("DeletionProtection", plan.deletion_protection);
    let element = timed(world, cluster, element);
    related(world, cluster, element)
}

/// Everything about time: windows, and how far back one can go.
fn timed(world: &World, cluster: &Cluster, element: Element) -> Element {
    let now = world.now();
    // Far from the lab's start, so that no drill runs into either by accident.
    let backup = world.started.plus_s(12 * HOUR_S);
    let maintenance = world.started.plus_s(84 * HOUR_S);
    let (backup_end, maintenance_end) = (backup.plus_s(HOUR_S / 2), maintenance.plus_s(HOUR_S / 2));
    let earliest = cluster.earliest(now);
    let earliest_restorable = now
        .plus_s(-i64::from(RETENTION_DAYS) * 24 * HOUR_S)
        .max(cluster.created);
    element
        .text(
            "PreferredBackupWindow",
            format!("{}-{}", backup.time_of_day(), backup_end.time_of_day()),
        )
        .text(
            "PreferredMaintenanceWindow",
            format!(
                "{}-{}",
                maintenance.time_of_week(),
                maintenance_end.time_of_week()
            ),
        )
        .text("ClusterCreateTime", world.stamp(cluster.created))
        .text("EarliestRestorableTime", world.stamp(earliest_restorable))
        .text("LatestRestorableTime", world.stamp(now.plus_s(-60)))
        .optional("EarliestBacktrackTime", earliest.map(|at| world.stamp(at)))
        .optional(
            "BacktrackWindow",
            earliest.map(|_| cluster.plan.window_s.to_string()),
        )
        .optional(
            "BacktrackConsumedChangeRecords",
            earliest.map(|at| cluster.data().writes_since(at).to_string()),
        )
}

/// Members, and what the cluster is tied to.
fn related(world: &World, cluster: &Cluster, element: Element) -> Element {
    let plan = &cluster.plan;
    let mut members: Vec<(u64, _)> = (0..).zip(&cluster.members).collect();
    let order = world.scenario.service.list_order;
    if order == ListOrder::Shuffled {
        order.arrange(&mut members, |(number, _)| draw(world.seed, 7, *number));
    }
    let members = members.into_iter().map(|(_, member)| {
        Element::new("DBClusterMember")
            .text("DBInstanceIdentifier", member.id.as_str())
            .value("IsClusterWriter", member.is_writer())
            .text("DBClusterParameterGroupStatus", "in-sync")
            .value("PromotionTier", 1)
    });
    let security_groups = cluster.groups.security.iter().map(|id| {
        Element::new("VpcSecurityGroupMembership")
            .text("VpcSecurityGroupId", id.as_str())
            .text("Status", "active")
    });
    let secret = cluster.secret_arn(&world.scenario.region).map(|secret| {
        Element::new("MasterUserSecret")
            .text("SecretArn", secret.as_str())
            .text("SecretStatus", "active")
    });
    element
        .child(Element::new("DBClusterMembers").children(members))
        .child(Element::new("VpcSecurityGroups").children(security_groups))
        .child(Element::new("AssociatedRoles"))
        .list(
            "ReadReplicaIdentifiers",
            "ReadReplicaIdentifier",
            &plan.read_replicas,
        )
        .list("EnabledCloudwatchLogsExports", "member", ["audit"])
        .optional("CloneGroupId", plan.clone_group.as_deref())
        .optional("GlobalClusterIdentifier", plan.global_cluster.as_deref())
        .optional("ReplicationSourceIdentifier", plan.replication_source.as_deref())
        .children(secret)
        .child(tags::tag_list(world, cluster))
}
