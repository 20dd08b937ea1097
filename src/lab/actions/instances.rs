//! DescribeDBInstances, and CreateDBInstance for a member of a cluster.

use super::super::cluster::{Cluster, Member};
use super::super::identity::{arn, host};
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;
use super::{names, tags};

pub(super) fn describe_db_instances(world: &World, query: &Query) -> Result<Element, ApiError> {
    let mut found: Vec<(&Cluster, &Member)> = world.members().collect();
    if let Some(id) = query.get("DBInstanceIdentifier") {
        found.retain(|(_, member)| member.id.eq_ignore_ascii_case(names::name_of(id)));
        if found.is_empty() {
            return Err(ApiError::no_instance(id));
        }
    }
    for filter in query.filters()? {
        let named = |name: &str| {
            filter
                .values
                .iter()
                .any(|id| name.eq_ignore_ascii_case(names::name_of(id)))
        };
        match filter.name.as_str() {
            "db-cluster-id" => found.retain(|(cluster, _)| named(cluster.id())),
            "db-instance-id" => found.retain(|(_, member)| named(&member.id)),
            "dbi-resource-id" => found.retain(|(_, member)| filter.matches(&member.resource_id)),
            "engine" => found.retain(|(cluster, _)| filter.matches(&cluster.plan.engine)),
            "domain" => found.clear(),
            _ => return Err(filter.unknown()),
        }
    }
    let page = page(
        found,
        |(_, member)| member.id.clone(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page
        .items
        .into_iter()
        .map(|(cluster, member)| instance(world, cluster, member));
    Ok(Element::new("DescribeDBInstancesResult")
        .child(Element::new("DBInstances").children(list))
        .optional("Marker", page.marker))
}

pub(super) fn create_db_instance(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = query.required("DBInstanceIdentifier")?;
    let class = query.required("DBInstanceClass")?;
    let engine = query.required("Engine")?;
    let cluster = names::cluster(world, query.required("DBClusterIdentifier")?)?;
    let now = world.now();
    if world
        .members()
        .any(|(_, member)| member.id.eq_ignore_ascii_case(id))
    {
        return Err(ApiError::new(
            400,
            "DBInstanceAlreadyExists",
            format!("DB instance already exists: {id}"),
        ));
    }
    if !class.starts_with("db.") {
        return Err(ApiError::value(format!("Invalid DB Instance class: {class}")));
    }
    if engine != cluster.plan.engine {
        return Err(ApiError::combination(format!(
            "The engine name requested for your DB instance ({engine}) doesn't match the engine name of your DB cluster ({}).",
            cluster.plan.engine
        )));
    }
    if cluster.status(now) != "available" {
        return Err(ApiError::cluster_state(format!(
            "DB Cluster {} is not in available state.",
            cluster.id()
        )));
    }
    let name = cluster.id().to_owned();
    let ready = now.plus_ms(i64::from(world.scenario.copies.instance_ms));
    if let Some(cluster) = world.cluster_mut(&name) {
        cluster.add_member(id, class, tags::given(query), ready);
    }
    let (cluster, member) = world
        .members()
        .find(|(_, member)| member.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| ApiError::no_instance(id))?;
    Ok(Element::new("CreateDBInstanceResult").child(instance(world, cluster, member)))
}

/// One instance, as several replies describe it.
pub(super) fn instance(world: &World, cluster: &Cluster, member: &Member) -> Element {
    let (plan, now) = (&cluster.plan, world.now());
    let region = world.scenario.region.as_str();
    let zone = if member.is_writer() { "a" } else { "b" };
    let address = cluster.data().login().map(|login| login.address);
    let endpoint = Element::new("Endpoint")
        .text(
            "Address",
            address.map_or_else(|| host(&member.id, "drill", region), |it| it.ip().to_string()),
        )
        .value("Port", address.map_or(3_306, |it| it.port()))
        .text("HostedZoneId", "Z0DRILL");
    let parameter_group = Element::new("DBParameterGroup")
        .text("DBParameterGroupName", "default.aurora-mysql8.0")
        .text("ParameterApplyStatus", "in-sync");
    Element::new("DBInstance")
        .text("DBInstanceIdentifier", member.id.as_str())
        .text("DBInstanceClass", member.class.as_str())
        .text("Engine", plan.engine.as_str())
        .text("EngineVersion", plan.engine_version.as_str())
        .text("DBInstanceStatus", cluster.member_status(member, now))
        .text("MasterUsername", "admin")
        .text("DBName", "shop")
        .child(endpoint)
        .value("AllocatedStorage", 1)
        .text(
            "InstanceCreateTime",
            world.stamp(cluster.created.plus_s(300).min(now)),
        )
        .value("BackupRetentionPeriod", 7)
        .child(Element::new("DBParameterGroups").child(parameter_group))
        .text("AvailabilityZone", format!("{region}{zone}"))
        .child(Element::new("PendingModifiedValues"))
        .value("MultiAZ", false)
        .value("AutoMinorVersionUpgrade", true)
        .text("LicenseModel", "general-public-license")
        .value("PubliclyAccessible", false)
        .text("StorageType", "aurora")
        .value("DbInstancePort", 0)
        .text("DBClusterIdentifier", cluster.id())
        .value("StorageEncrypted", true)
        .text("DbiResourceId", member.resource_id.as_str())
        .text("DBInstanceArn", arn(region, "db", &member.id))
        .value("PromotionTier", 1)
        .value("MonitoringInterval", 0)
        .value("PerformanceInsightsEnabled", false)
        .value("IAMDatabaseAuthenticationEnabled", false)
        .value("DeletionProtection", false)
        .child(tags::of_member(world, cluster, member))
}
