//! Manual cluster snapshots: taken, listed, deleted.

use super::super::identity::arn;
use super::super::snapshot::Snapshot;
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;
use super::{names, tags};

const LONGEST: usize = 255;

pub(super) fn create_db_cluster_snapshot(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = query.required("DBClusterSnapshotIdentifier")?;
    let source = query.required("DBClusterIdentifier")?;
    let snapshot = take(world, id, source, query)?;
    world.snapshots.push(snapshot);
    let snapshot = found(world, id)?;
    Ok(Element::new("CreateDBClusterSnapshotResult").child(element(world, snapshot)))
}

/// A snapshot of the present of a cluster that is available.
pub(super) fn take(world: &mut World, id: &str, source: &str, query: &Query) -> Result<Snapshot, ApiError> {
    let (now, plan) = (world.now(), world.scenario.copies.clone());
    let spelt_well = id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !id.ends_with('-')
        && id.len() <= LONGEST;
    if !spelt_well {
        return Err(ApiError::value(format!(
            "Invalid snapshot identifier: {id}. It must begin with a letter and hold letters, digits and hyphens alone"
        )));
    }
    if found(world, id).is_ok() {
        return Err(ApiError::new(
            400,
            "DBClusterSnapshotAlreadyExistsFault",
            format!(
                "Cannot create the cluster snapshot because one with the identifier {id} already exists."
            ),
        ));
    }
    let cluster = names::cluster(world, source)?;
    if cluster.status(now) != "available" {
        return Err(ApiError::cluster_state(format!(
            "Cluster {source} is not in available state."
        )));
    }
    if world.snapshots.len() >= plan.most_snapshots {
        return Err(ApiError::new(
            400,
            "SnapshotQuotaExceeded",
            "Cannot create more snapshots: the account has as many as it may have.",
        ));
    }
    let ready = now.plus_ms(i64::from(plan.snapshot_ms));
    let snapshot = Snapshot {
        id: id.to_ascii_lowercase(),
        source: cluster.id().to_owned(),
        engine: cluster.plan.engine.clone(),
        engine_version: cluster.plan.engine_version.clone(),
        created: now,
        ready,
        tags: tags::given(query),
        table: cluster.data().shown(),
    };
    if let Some(cluster) = world.cluster_mut(&snapshot.source) {
        cluster.backing_up_until = Some(ready);
    }
    Ok(snapshot)
}

pub(super) fn describe_db_cluster_snapshots(world: &World, query: &Query) -> Result<Element, ApiError> {
    let mut snapshots: Vec<&Snapshot> = match query.get("DBClusterSnapshotIdentifier") {
        Some(id) => vec![found(world, id)?],
        None => world.snapshots.iter().collect(),
    };
    if let Some(cluster) = query.get("DBClusterIdentifier").map(names::name_of) {
        snapshots.retain(|it| it.source.eq_ignore_ascii_case(cluster));
    }
    if query.get("SnapshotType").is_some_and(|kind| kind != "manual") {
        snapshots.clear();
    }
    for filter in query.filters()? {
        match filter.name.as_str() {
            "db-cluster-id" => snapshots.retain(|it| filter.matches(&it.source)),
            "db-cluster-snapshot-id" => snapshots.retain(|it| filter.matches(&it.id)),
            "snapshot-type" => snapshots.retain(|_| filter.matches("manual")),
            "engine" => snapshots.retain(|it| filter.matches(&it.engine)),
            _ => return Err(filter.unknown()),
        }
    }
    let page = page(
        snapshots,
        |it| it.id.clone(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page.items.into_iter().map(|it| element(world, it));
    Ok(Element::new("DescribeDBClusterSnapshotsResult")
        .child(Element::new("DBClusterSnapshots").children(list))
        .optional("Marker", page.marker))
}

pub(super) fn delete_db_cluster_snapshot(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let snapshot = found(world, query.required("DBClusterSnapshotIdentifier")?)?;
    if snapshot.status(world.now()) != "available" {
        return Err(ApiError::new(
            400,
            "InvalidDBClusterSnapshotStateFault",
            format!("Snapshot {} is not in available state.", snapshot.id),
        ));
    }
    let described = element(world, snapshot);
    let id = snapshot.id.clone();
    world.snapshots.retain(|it| it.id != id);
    Ok(Element::new("DeleteDBClusterSnapshotResult").child(described))
}

/// The snapshot of this name, in whatever letters.
pub(super) fn found<'a>(world: &'a World, id: &str) -> Result<&'a Snapshot, ApiError> {
    let name = names::name_of(id);
    let none = || {
        ApiError::new(
            404,
            "DBClusterSnapshotNotFoundFault",
            format!("DBClusterSnapshot {id} not found."),
        )
    };
    world
        .snapshots
        .iter()
        .find(|it| it.id.eq_ignore_ascii_case(name))
        .ok_or_else(none)
}

fn element(world: &World, snapshot: &Snapshot) -> Element {
    let (now, region) = (world.now(), world.scenario.region.as_str());
    Element::new("DBClusterSnapshot")
        .text("DBClusterSnapshotIdentifier", snapshot.id.as_str())
        .text("DBClusterIdentifier", snapshot.source.as_str())
        .text("SnapshotCreateTime", world.stamp(snapshot.created))
        .text("Engine", snapshot.engine.as_str())
        .text("EngineMode", "provisioned")
        .text("EngineVersion", snapshot.engine_version.as_str())
        .value("AllocatedStorage", 1)
        .text("Status", snapshot.status(now))
        .value("PercentProgress", snapshot.progress(now))
        .value("Port", 0)
        .text("MasterUsername", "admin")
        .text("SnapshotType", "manual")
        .value("StorageEncrypted", true)
        .text(
            "DBClusterSnapshotArn",
            arn(region, "cluster-snapshot", &snapshot.id),
        )
        .value("IAMDatabaseAuthenticationEnabled", false)
        .child(tags::list_of(&snapshot.tags))
}
