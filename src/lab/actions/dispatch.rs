//! From the name of an action to its answer.

use super::super::backtrack::Fate;
use super::super::wire::{ApiError, Element, Protocol, Query};
use super::super::world::World;
use super::{
    backtrack, caller, clusters, empty, events, history, instances, logs, parameters, removal, restore,
    snapshots, tags,
};

const RDS_VERSION: &str = "2014-10-31";
const STS_VERSION: &str = "2011-06-15";

/// The content of a reply: the service that speaks, and the `…Result` element.
#[derive(Debug)]
pub(crate) struct Answer {
    protocol: Protocol,
    action: String,
    result: Element,
}

impl Answer {
    /// The whole document: `…Response` around the result and the request id.
    pub(crate) fn document(self, request_id: &str) -> Element {
        let metadata = Element::new("ResponseMetadata").text("RequestId", request_id);
        Element::root(format!("{}Response", self.action), self.protocol)
            .child(self.result)
            .child(metadata)
    }
}

/// Does what the request says. `fate` is what becomes of a backtrack that it starts.
pub(crate) fn answer(world: &mut World, query: &Query, fate: Fate) -> Result<Answer, ApiError> {
    let action = query.action();
    let own_version = if action == "GetCallerIdentity" {
        STS_VERSION
    } else {
        RDS_VERSION
    };
    let version = query.get("Version").unwrap_or(own_version);
    let (protocol, result) = match (action, version) {
        ("", _) => return Err(ApiError::missing("Action")),
        ("GetCallerIdentity", STS_VERSION) => (Protocol::Sts, caller::get_caller_identity()),
        (_, RDS_VERSION) => (Protocol::Rds, rds(world, query, fate)?),
        _ => return Err(ApiError::unknown_action(action, version)),
    };
    Ok(Answer {
        protocol,
        action: action.to_owned(),
        result,
    })
}

fn rds(world: &mut World, query: &Query, fate: Fate) -> Result<Element, ApiError> {
    let now = world.now();
    if let Some(answer) = world.fleet.as_mut().and_then(|fleet| fleet.answer(query, now)) {
        return answer;
    }
    match query.action() {
        "BacktrackDBCluster" => backtrack::backtrack_db_cluster(world, query, fate),
        "CreateDBClusterSnapshot" => snapshots::create_db_cluster_snapshot(world, query),
        "CreateDBInstance" => instances::create_db_instance(world, query),
        "DeleteDBCluster" => removal::delete_db_cluster(world, query),
        "DeleteDBClusterSnapshot" => snapshots::delete_db_cluster_snapshot(world, query),
        "DeleteDBInstance" => removal::delete_db_instance(world, query),
        "DescribeBlueGreenDeployments" => empty::blue_green_deployments(query),
        "DescribeDBClusterBacktracks" => history::describe_db_cluster_backtracks(world, query),
        "DescribeDBClusterParameters" => parameters::describe_db_cluster_parameters(world, query),
        "DescribeDBClusterSnapshots" => snapshots::describe_db_cluster_snapshots(world, query),
        "DescribeDBClusters" => clusters::describe_db_clusters(world, query),
        "DescribeDBLogFiles" => logs::describe_db_log_files(world, query),
        "DescribeDBInstances" => instances::describe_db_instances(world, query),
        "DownloadDBLogFilePortion" => logs::download_db_log_file_portion(world, query),
        "DescribeEvents" => events::describe_events(world, query),
        "DescribeGlobalClusters" => empty::global_clusters(world, query),
        "DescribePendingMaintenanceActions" => Ok(empty::pending_maintenance_actions()),
        "ListTagsForResource" => tags::list_tags_for_resource(world, query),
        "ModifyDBCluster" => removal::modify_db_cluster(world, query),
        "RestoreDBClusterToPointInTime" => restore::restore_db_cluster_to_point_in_time(world, query),
        unknown => Err(ApiError::unknown_action(unknown, RDS_VERSION)),
    }
}
