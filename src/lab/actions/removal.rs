//! What takes a clone away again: ModifyDBCluster (its deletion protection alone), DeleteDBInstance, DeleteDBCluster.

use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;
use super::{clusters, instances, names, snapshots};

/// How long something is `deleting`.
const DELETING_MS: i64 = 1_000;
/// What ModifyDBCluster of the lab knows; `Action` and `Version` are in every request.
const MODIFIABLE: [&str; 5] = [
    "Action",
    "ApplyImmediately",
    "DBClusterIdentifier",
    "DeletionProtection",
    "Version",
];

pub(super) fn modify_db_cluster(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = names::cluster(world, query.required("DBClusterIdentifier")?)?
        .id()
        .to_owned();
    if let Some(other) = query
        .fields()
        .keys()
        .find(|key| !MODIFIABLE.contains(&key.as_str()))
    {
        return Err(ApiError::combination(format!(
            "The lab modifies DeletionProtection alone, got {other}"
        )));
    }
    if query.get("DeletionProtection").is_some() {
        let protected = query.flag("DeletionProtection")?;
        if let Some(cluster) = world.cluster_mut(&id) {
            cluster.plan.deletion_protection = protected;
        }
    }
    let cluster = names::cluster(world, &id)?;
    Ok(Element::new("ModifyDBClusterResult").child(clusters::cluster(world, cluster)))
}

pub(super) fn delete_db_instance(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = query.required("DBInstanceIdentifier")?;
    let (now, name) = (world.now(), names::name_of(id).to_owned());
    let mut members = world
        .clusters
        .iter_mut()
        .flat_map(|cluster| cluster.members.iter_mut());
    let member = members
        .find(|member| member.id.eq_ignore_ascii_case(&name))
        .ok_or_else(|| ApiError::no_instance(id))?;
    if member.life.gone.is_some() {
        return Err(ApiError::new(
            400,
            "InvalidDBInstanceState",
            format!("Instance {id} is already being deleted."),
        ));
    }
    member.life.gone = Some(now.plus_ms(DELETING_MS));
    let (cluster, member) = world
        .members()
        .find(|(_, member)| member.id.eq_ignore_ascii_case(&name))
        .ok_or_else(|| ApiError::no_instance(id))?;
    Ok(Element::new("DeleteDBInstanceResult").child(instances::instance(world, cluster, member)))
}

pub(super) fn delete_db_cluster(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = query.required("DBClusterIdentifier")?;
    let now = world.now();
    let cluster = names::cluster(world, id)?;
    if cluster.clone_of.is_none() {
        return Err(ApiError::cluster_state(format!(
            "The lab keeps {id}: it is one of its own clusters."
        )));
    }
    if cluster.plan.deletion_protection {
        return Err(ApiError::combination(
            "Cannot delete protected Cluster, please disable deletion protection and try again.",
        ));
    }
    if cluster.life.gone.is_some() {
        return Err(ApiError::cluster_state(format!(
            "Cluster {id} is already being deleted."
        )));
    }
    if cluster.members.iter().any(|member| member.life.gone.is_none()) {
        return Err(ApiError::cluster_state(
            "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
        ));
    }
    let name = cluster.id().to_owned();
    match (
        query.flag("SkipFinalSnapshot")?,
        query.get("FinalDBSnapshotIdentifier"),
    ) {
        (true, None) => {}
        (true, Some(_)) => {
            return Err(ApiError::combination(
                "FinalDBSnapshotIdentifier can not be specified when deleting a cluster and skipping its snapshot",
            ));
        }
        (false, Some(last)) => {
            let snapshot = snapshots::take(world, last, &name, query)?;
            world.snapshots.push(snapshot);
        }
        (false, None) => {
            return Err(ApiError::combination(
                "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
            ));
        }
    }
    if let Some(cluster) = world.cluster_mut(&name) {
        cluster.life.gone = Some(now.plus_ms(DELETING_MS));
    }
    let cluster = names::cluster(world, &name)?;
    Ok(Element::new("DeleteDBClusterResult").child(clusters::cluster(world, cluster)))
}
