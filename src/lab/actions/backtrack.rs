//! BacktrackDBCluster: when a backtrack is taken, and with which error it is refused.
//!
//! AWS models two errors for it; the code of every other refusal is an assumption.

use super::super::backtrack::Fate;
use super::super::cluster::Cluster;
use super::super::moment::Moment;
use super::super::scenario::Fractions;
use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;
use super::{history, names};

pub(super) fn backtrack_db_cluster(
    world: &mut World,
    query: &Query,
    fate: Fate,
) -> Result<Element, ApiError> {
    let id = query.required("DBClusterIdentifier")?;
    let asked = query
        .time("BacktrackTo")?
        .ok_or_else(|| ApiError::missing("BacktrackTo"))?;
    let force = query.flag("Force")?;
    let or_earliest = query.flag("UseEarliestTimeOnPointInTimeUnavailable")?;
    let now = world.now();

    let cluster = names::backtrackable(world, id)?;
    require_able(cluster, force)?;
    require_free(cluster, now)?;
    let target = fraction_of(world.lab_time_of(asked), world.scenario.rewind.fractions)?;
    let target = require_in_window(world, cluster, target, or_earliest)?;

    let name = cluster.id().to_owned();
    let cluster = world.cluster_mut(&name).ok_or_else(|| ApiError::no_cluster(id))?;
    let record = cluster.start_backtrack(target, fate, now).clone();
    Ok(history::record(world, "BacktrackDBClusterResult", &name, &record))
}

/// What the cluster's own settings forbid.
fn require_able(cluster: &Cluster, force: bool) -> Result<(), ApiError> {
    let id = cluster.id();
    if cluster.plan.global_cluster.is_some() {
        let why = "This cluster is a part of a global cluster, please remove it from globalcluster first";
        return Err(ApiError::cluster_state(why));
    }
    if cluster.plan.replication_source.is_some() {
        return Err(ApiError::cluster_state(format!(
            "Db cluster {id} is a replica and can't be backtracked."
        )));
    }
    if cluster.plan.window_s == 0 {
        return Err(ApiError::combination(format!(
            "Backtrack is not enabled for cluster {id}"
        )));
    }
    if !cluster.plan.binlog_format.eq_ignore_ascii_case("OFF") && !force {
        return Err(ApiError::combination(format!(
            "Binary logging is enabled for cluster {id}. To backtrack it anyway, use the Force parameter."
        )));
    }
    Ok(())
}

fn require_free(cluster: &Cluster, now: Moment) -> Result<(), ApiError> {
    if cluster.status(now) == "available" && !cluster.backtrack_under_way(now) {
        return Ok(());
    }
    Err(ApiError::cluster_state(
        "The requested operation can't be performed while the cluster is in this state.",
    ))
}

fn fraction_of(target: Moment, rule: Fractions) -> Result<Moment, ApiError> {
    match rule {
        Fractions::Honoured => Ok(target),
        Fractions::Truncated => Ok(target.floor_s()),
        Fractions::Refused if target.is_whole_second() => Ok(target),
        Fractions::Refused => Err(ApiError::value("BacktrackTo must be in whole seconds")),
    }
}

/// The target, or the earliest instant where it is too early and the caller takes that instead.
fn require_in_window(
    world: &World,
    cluster: &Cluster,
    target: Moment,
    or_earliest: bool,
) -> Result<Moment, ApiError> {
    let now = world.now();
    let earliest = cluster.earliest(now).unwrap_or(now);
    if target > now {
        return Err(ApiError::value("The specified backtrack time is in the future."));
    }
    if target >= earliest {
        return Ok(target);
    }
    if or_earliest {
        return Ok(earliest);
    }
    Err(ApiError::value(format!(
        "The specified backtrack time is earlier than the earliest time that is available, {}.",
        world.stamp(earliest)
    )))
}

/// A stranger's backtrack, to another instant than the request's own: a minute earlier, or later where that is too early.
/// Nothing happens where a backtrack could not start.
pub(crate) fn start_foreign(world: &mut World, query: &Query) {
    let now = world.now();
    let asked = query
        .time("BacktrackTo")
        .ok()
        .flatten()
        .map_or(now, |at| world.lab_time_of(at));
    let id = query.get("DBClusterIdentifier").map(names::name_of);
    let Some(cluster) = world.cluster_or_first(id) else {
        return;
    };
    let Some(earliest) = cluster.earliest(now) else {
        return;
    };
    if require_free(cluster, now).is_err() {
        return;
    }
    let name = cluster.id().to_owned();
    let earlier = asked.min(now).plus_s(-60).floor_s();
    let target = if earlier < earliest {
        asked.max(earliest).plus_s(60).min(now)
    } else {
        earlier
    };
    if let Some(cluster) = world.cluster_mut(&name) {
        cluster.start_backtrack(target, Fate::Proceeds, now).foreign = true;
    }
}
