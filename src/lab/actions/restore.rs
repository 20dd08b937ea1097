//! RestoreDBClusterToPointInTime: a copy-on-write clone of the present, which is all that the lab plays of it.

use super::super::cluster::{CloneOrder, Groups, Life};
use super::super::scenario::ClusterName;
use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;
use super::{clusters, names, parameters, tags};

/// The greatest window, 72 h.
const MAX_WINDOW_S: u32 = 259_200;
const SUBNET_GROUPS: [&str; 2] = ["default", "drill"];

pub(super) fn restore_db_cluster_to_point_in_time(
    world: &mut World,
    query: &Query,
) -> Result<Element, ApiError> {
    let id = query.required("DBClusterIdentifier")?;
    let source = query.required("SourceDBClusterIdentifier")?;
    require_copy_on_write(query)?;
    let (now, plan) = (world.now(), world.scenario.copies.clone());
    let name = ClusterName::of_a_clone(id).map_err(|error| ApiError::value(error.to_string()))?;
    if world.cluster(name.as_str()).is_some() {
        return Err(ApiError::new(
            400,
            "DBClusterAlreadyExistsFault",
            format!("DB Cluster already exists: {id}"),
        ));
    }
    let cluster = names::cluster(world, source)?;
    if cluster.status(now) != "available" || cluster.members.is_empty() {
        return Err(ApiError::cluster_state(format!(
            "Source cluster {source} must be available and have at least one DB instance."
        )));
    }
    let source = cluster.id().to_owned();
    let window_s = query.number("BacktrackWindow")?.unwrap_or(0);
    if window_s > MAX_WINDOW_S {
        return Err(ApiError::value(format!(
            "The specified value ({window_s}) is not a valid Backtrack Window. Allowed values are within the range of 0 to \
             {MAX_WINDOW_S}"
        )));
    }
    if window_s > 0 && cluster.plan.window_s == 0 {
        return Err(ApiError::combination(
            "Backtrack cannot currently be enabled for this cluster",
        ));
    }
    if world.clusters.len() >= plan.most_clusters {
        return Err(ApiError::new(
            403,
            "DBClusterQuotaExceededFault",
            "DB Cluster quota exceeded: the account has as many as it may have.",
        ));
    }
    let order = CloneOrder {
        id: name.clone(),
        groups: groups(world, query)?,
        window_s,
        deletion_protection: query.flag("DeletionProtection")?,
        tags: tags::given(query),
        life: Life {
            ready: now.plus_ms(i64::from(plan.clone_ms)),
            fails: plan.clones_fail,
            gone: None,
        },
    };
    let source = world
        .cluster_mut(&source)
        .ok_or_else(|| ApiError::no_cluster(&source))?;
    let clone = source
        .cloned(order, now)
        .map_err(|error| ApiError::new(500, "InternalFailure", error.to_string()))?;
    world.clusters.push(clone);
    let clone = names::cluster(world, name.as_str())?;
    Ok(Element::new("RestoreDBClusterToPointInTimeResult").child(clusters::cluster(world, clone)))
}

fn require_copy_on_write(query: &Query) -> Result<(), ApiError> {
    match query.get("RestoreType") {
        Some("copy-on-write") => {}
        other => {
            let got = other.unwrap_or("full-copy");
            return Err(ApiError::value(format!(
                "The lab plays the RestoreType copy-on-write alone, got {got}"
            )));
        }
    }
    if query.get("RestoreToTime").is_some() {
        return Err(ApiError::combination(
            "RestoreToTime cannot be specified when RestoreType is copy-on-write",
        ));
    }
    if !query.flag("UseLatestRestorableTime")? {
        return Err(ApiError::combination(
            "UseLatestRestorableTime must be specified when RestoreToTime is not",
        ));
    }
    Ok(())
}

/// The account's defaults, unless others are given: AWS does not take those of the source.
fn groups(world: &World, query: &Query) -> Result<Groups, ApiError> {
    let mut groups = Groups::of_the_account();
    if let Some(name) = query.get("DBClusterParameterGroupName") {
        let known = name == groups.parameters || parameters::is_known(world, name);
        if !known {
            let message = format!("DBClusterParameterGroup not found: {name}");
            return Err(ApiError::new(404, "DBClusterParameterGroupNotFound", message));
        }
        name.clone_into(&mut groups.parameters);
    }
    if let Some(name) = query.get("DBSubnetGroupName") {
        if !SUBNET_GROUPS.contains(&name) {
            let message = format!("DB subnet group '{name}' does not exist.");
            return Err(ApiError::new(404, "DBSubnetGroupNotFoundFault", message));
        }
        name.clone_into(&mut groups.subnets);
    }
    let security = query.list("VpcSecurityGroupIds.VpcSecurityGroupId");
    if !security.is_empty() {
        groups.security = security;
    }
    Ok(groups)
}
