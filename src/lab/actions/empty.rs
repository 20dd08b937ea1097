//! Lists that are empty in a lab: it plays no blue/green deployment, no pending maintenance.

use super::super::identity::{ACCOUNT, arn};
use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;

pub(super) fn blue_green_deployments(query: &Query) -> Result<Element, ApiError> {
    if let Some(id) = query.get("BlueGreenDeploymentIdentifier") {
        let message = format!("Blue/green deployment {id} not found.");
        return Err(ApiError::new(404, "BlueGreenDeploymentNotFoundFault", message));
    }
    Ok(Element::new("DescribeBlueGreenDeploymentsResult").child(Element::new("BlueGreenDeployments")))
}

pub(super) fn pending_maintenance_actions() -> Element {
    let list = Element::new("PendingMaintenanceActions");
    Element::new("DescribePendingMaintenanceActionsResult").child(list)
}

/// The global clusters that the scenario's clusters belong to: none, as a rule.
pub(super) fn global_clusters(world: &World, query: &Query) -> Result<Element, ApiError> {
    let mut ids: Vec<&str> = world
        .clusters
        .iter()
        .filter_map(|cluster| cluster.plan.global_cluster.as_deref())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if let Some(asked) = query.get("GlobalClusterIdentifier") {
        ids.retain(|id| id.eq_ignore_ascii_case(asked));
        if ids.is_empty() {
            let message = format!("Global cluster {asked} not found");
            return Err(ApiError::new(404, "GlobalClusterNotFoundFault", message));
        }
    }
    let list = ids.into_iter().map(|id| global_cluster(world, id));
    Ok(Element::new("DescribeGlobalClustersResult").child(Element::new("GlobalClusters").children(list)))
}

fn global_cluster(world: &World, id: &str) -> Element {
    let region = world.scenario.region.as_str();
    let of_this = world
        .clusters
        .iter()
        .filter(|it| it.plan.global_cluster.as_deref() == Some(id));
    let members = of_this.map(|cluster| {
        Element::new("GlobalClusterMember")
            .text("DBClusterArn", arn(region, "cluster", cluster.id()))
            .value("IsWriter", cluster.plan.replication_source.is_none())
    });
    Element::new("GlobalClusterMember")
        .text("GlobalClusterIdentifier", id)
        .text(
            "GlobalClusterArn",
            format!("arn:aws:rds::{ACCOUNT}:global-cluster:{id}"),
        )
        .text("Status", "available")
        .child(Element::new("GlobalClusterMembers").children(members))
}
