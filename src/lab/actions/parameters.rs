//! DescribeDBClusterParameters: the few parameters that a rewind asks about.

use super::super::cluster::Cluster;
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;

/// One parameter of a cluster parameter group.
struct Parameter {
    name: &'static str,
    value: Option<String>,
    /// `user`, `system` or `engine-default`.
    source: &'static str,
    /// `static` or `dynamic`.
    apply: &'static str,
    data_type: &'static str,
    allowed: &'static str,
}

/// Whether a cluster has a parameter group of this name.
pub(super) fn is_known(world: &World, name: &str) -> bool {
    let mut groups = world.clusters.iter().map(group_of);
    groups.any(|group| group.eq_ignore_ascii_case(name))
}

/// The name of a cluster's parameter group.
pub(super) fn group_of(cluster: &Cluster) -> String {
    cluster.groups.parameters.clone()
}

pub(super) fn describe_db_cluster_parameters(world: &World, query: &Query) -> Result<Element, ApiError> {
    let name = query.required("DBClusterParameterGroupName")?;
    let cluster = world
        .clusters
        .iter()
        .find(|cluster| group_of(cluster).eq_ignore_ascii_case(name));
    let Some(cluster) = cluster else {
        let message = format!("DBClusterParameterGroup not found: {name}");
        return Err(ApiError::new(404, "DBParameterGroupNotFound", message));
    };
    let mut parameters = parameters_of(cluster);
    match query.get("Source") {
        None => {}
        Some(source @ ("user" | "system" | "engine-default")) => parameters.retain(|it| it.source == source),
        Some(other) => return Err(ApiError::value(format!("Invalid parameter source: {other}"))),
    }
    for filter in query.filters()? {
        match filter.name.as_str() {
            "parameter-name" => parameters.retain(|it| filter.matches(it.name)),
            _ => return Err(filter.unknown()),
        }
    }
    let page = page(
        parameters,
        |it| it.name.to_owned(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page.items.into_iter().map(element);
    Ok(Element::new("DescribeDBClusterParametersResult")
        .child(Element::new("Parameters").children(list))
        .optional("Marker", page.marker))
}

fn parameters_of(cluster: &Cluster) -> Vec<Parameter> {
    let dynamic = |name, value: &str, source| Parameter {
        name,
        value: Some(value.to_owned()),
        source,
        apply: "dynamic",
        data_type: "string",
        allowed: "",
    };
    let binlog = Parameter {
        name: "binlog_format",
        value: Some(cluster.plan.binlog_format.clone()),
        source: "user",
        apply: "static",
        data_type: "string",
        allowed: "ROW,STATEMENT,MIXED,OFF",
    };
    let enhanced = Parameter {
        name: "aurora_enhanced_binlog",
        value: None,
        source: "engine-default",
        apply: "static",
        data_type: "boolean",
        allowed: "0,1",
    };
    vec![
        enhanced,
        binlog,
        dynamic("event_scheduler", "OFF", "engine-default"),
        dynamic("server_audit_events", "CONNECT,QUERY_DDL,QUERY_DML", "user"),
        dynamic("server_audit_logging", "1", "user"),
        dynamic("time_zone", "UTC", "engine-default"),
    ]
}

fn element(parameter: Parameter) -> Element {
    Element::new("Parameter")
        .text("ParameterName", parameter.name)
        .optional("ParameterValue", parameter.value)
        .text("Source", parameter.source)
        .text("ApplyType", parameter.apply)
        .text("DataType", parameter.data_type)
        .optional(
            "AllowedValues",
            Some(parameter.allowed).filter(|allowed| !allowed.is_empty()),
        )
        .value("IsModifiable", true)
        .text(
            "ApplyMethod",
            if parameter.apply == "static" {
                "pending-reboot"
            } else {
                "immediate"
            },
        )
        .list("SupportedEngineModes", "member", ["provisioned"])
}
