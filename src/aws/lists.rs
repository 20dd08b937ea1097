//! A page of each list that both one cluster and a whole fleet are read from.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterBacktrack, Event, Filter, GlobalCluster, Parameter, SourceType};

use super::failure::failure;
use super::pages::Page;
use crate::domain::event::ReadFailure;

/// Global databases.
pub(super) const GLOBALS: &str = "DescribeGlobalClusters";
/// What happened to clusters.
pub(super) const EVENTS: &str = "DescribeEvents";
/// Backtracks of a cluster.
pub(super) const BACKTRACKS: &str = "DescribeDBClusterBacktracks";
/// What a parameter group holds.
pub(super) const PARAMETERS: &str = "DescribeDBClusterParameters";

/// As far back as DescribeEvents reaches: 14 days, in minutes.
const EVENTS_MINUTES: i32 = 14 * 24 * 60;
/// The documented category of every upgrade.
const MAINTENANCE: &str = "maintenance";
/// Items of a page, at most: AWS gives no more.
const ITEMS: i32 = 100;

/// Where a page begins; none for the first.
pub(super) type Marker = Option<String>;

/// Global databases of the Region.
pub(super) async fn globals(rds: &Client, marker: Marker) -> Result<Page<GlobalCluster>, ReadFailure> {
    let reply = rds
        .describe_global_clusters()
        .max_records(ITEMS)
        .set_marker(marker)
        .send()
        .await
        .map_err(|error| failure(GLOBALS, &error))?;
    Ok(Page::new(reply.global_clusters, reply.marker))
}

/// Events of the past 14 days: all of a cluster's, or of every cluster those that tell of maintenance.
pub(super) async fn events(
    rds: &Client,
    cluster: Option<&str>,
    marker: Marker,
) -> Result<Page<Event>, ReadFailure> {
    let category = cluster.is_none().then(|| vec![MAINTENANCE.to_owned()]);
    let reply = rds
        .describe_events()
        .source_type(SourceType::DbCluster)
        .set_source_identifier(cluster.map(str::to_owned))
        .set_event_categories(category)
        .duration(EVENTS_MINUTES)
        .max_records(ITEMS)
        .set_marker(marker)
        .send()
        .await
        .map_err(|error| failure(EVENTS, &error))?;
    Ok(Page::new(reply.events, reply.marker))
}

/// True of an event that may be of an upgrade; one that names no category is looked at, too.
pub(super) fn is_maintenance(event: &Event) -> bool {
    let categories = event.event_categories();
    categories.is_empty()
        || categories
            .iter()
            .any(|each| each.eq_ignore_ascii_case(MAINTENANCE))
}

/// Backtracks of a cluster; `id` for one of them.
pub(super) async fn backtracks(
    rds: &Client,
    cluster: &str,
    id: Option<&str>,
    marker: Marker,
) -> Result<Page<DbClusterBacktrack>, ReadFailure> {
    let reply = rds
        .describe_db_cluster_backtracks()
        .db_cluster_identifier(cluster)
        .set_backtrack_identifier(id.map(str::to_owned))
        .max_records(ITEMS)
        .set_marker(marker)
        .send()
        .await
        .map_err(|error| failure(BACKTRACKS, &error))?;
    Ok(Page::new(reply.db_cluster_backtracks, reply.marker))
}

/// Which parameters of a group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which<'a> {
    /// Those of these names, set or not.
    Named(&'a [&'a str]),
    /// Those that a person set.
    Set,
}

/// Parameters of a group.
pub(super) async fn parameters(
    rds: &Client,
    group: &str,
    which: Which<'_>,
    marker: Marker,
) -> Result<Page<Parameter>, ReadFailure> {
    let request = rds
        .describe_db_cluster_parameters()
        .db_cluster_parameter_group_name(group)
        .max_records(ITEMS)
        .set_marker(marker);
    let request = match which {
        Which::Set => request.source("user"),
        Which::Named(names) => {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let named = Filter::builder().name("parameter-name").set_values(Some(names));
            request.filters(named.build())
        }
    };
    let reply = request
        .send()
        .await
        .map_err(|error| failure(PARAMETERS, &error))?;
    Ok(Page::new(reply.parameters, reply.marker))
}
