//! Finding what a request names: by identifier or by ARN, in whatever letters.

use super::super::cluster::Cluster;
use super::super::wire::ApiError;
use super::super::world::World;

/// The name in an identifier or at the end of an ARN.
pub(super) fn name_of(id: &str) -> &str {
    if id.starts_with("arn:") {
        id.rsplit(':').next().unwrap_or(id)
    } else {
        id
    }
}

pub(super) fn cluster<'a>(world: &'a World, id: &str) -> Result<&'a Cluster, ApiError> {
    world.cluster(name_of(id)).ok_or_else(|| ApiError::no_cluster(id))
}

/// The cluster, unless its engine has no Backtrack at all.
pub(super) fn backtrackable<'a>(world: &'a World, id: &str) -> Result<&'a Cluster, ApiError> {
    let cluster = cluster(world, id)?;
    let plan = &cluster.plan;
    if !matches!(plan.engine.as_str(), "aurora-mysql" | "aurora") {
        return Err(ApiError::value(format!(
            "Backtrack is not enabled for the {} engine.",
            plan.engine
        )));
    }
    if plan.engine_mode != "provisioned" {
        return Err(ApiError::combination(format!(
            "Aurora MySQL Engine Version {} with mode: {} does not support Backtrack.",
            plan.engine_version,
            plan.engine_mode.to_ascii_uppercase()
        )));
    }
    Ok(cluster)
}
