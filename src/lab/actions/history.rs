//! DescribeDBClusterBacktracks: the records of a cluster's backtracks.

use uuid::Uuid;

use super::super::backtrack::{Backtrack, BacktrackStatus};
use super::super::scenario::{Echo, FirstStatus, LetterCase};
use super::super::seed::mix;
use super::super::wire::{ApiError, Element, Filter, Query, page};
use super::super::world::World;
use super::names;

pub(super) fn describe_db_cluster_backtracks(world: &World, query: &Query) -> Result<Element, ApiError> {
    let cluster = names::backtrackable(world, query.required("DBClusterIdentifier")?)?;
    let now = world.now();
    let filters = query.filters()?;
    let mut records: Vec<&Backtrack> = Vec::new();
    for record in cluster.backtracks.iter().filter(|record| record.visible(now)) {
        if matches(world, record, &filters)? {
            records.push(record);
        }
    }
    if let Some(id) = query.get("BacktrackIdentifier") {
        records.retain(|record| record.id.to_string().eq_ignore_ascii_case(id));
        if records.is_empty() {
            let message = format!("Backtrack {id} not found for DBCluster {}.", cluster.id());
            return Err(ApiError::new(404, "DBClusterBacktrackNotFoundFault", message));
        }
    }
    world
        .scenario
        .service
        .list_order
        .arrange(&mut records, |record| shuffle_key(world.seed, record.id));
    let page = page(
        records,
        |record| record.id.to_string(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page
        .items
        .into_iter()
        .map(|it| self::record(world, "DBClusterBacktrack", cluster.id(), it));
    Ok(Element::new("DescribeDBClusterBacktracksResult")
        .child(Element::new("DBClusterBacktracks").children(list))
        .optional("Marker", page.marker))
}

fn shuffle_key(seed: u64, id: Uuid) -> u64 {
    let (high, low) = id.as_u64_pair();
    mix(seed ^ high ^ low)
}

fn matches(world: &World, record: &Backtrack, filters: &[Filter]) -> Result<bool, ApiError> {
    for filter in filters {
        let matched = match filter.name.as_str() {
            "db-cluster-backtrack-id" => filter.matches(&record.id.to_string()),
            "db-cluster-backtrack-status" => filter.matches(record.status(world.now()).word()),
            _ => return Err(filter.unknown()),
        };
        if !matched {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The six fields of a record, in an element of the given name.
pub(super) fn record(world: &World, name: &'static str, cluster: &str, record: &Backtrack) -> Element {
    let target = match world.scenario.rewind.echo {
        Echo::Requested => record.requested,
        Echo::Effective => record.effective,
    };
    Element::new(name)
        .text("DBClusterIdentifier", cluster)
        .value("BacktrackIdentifier", record.id)
        .text("BacktrackTo", world.target_stamp(target))
        .optional(
            "BacktrackedFrom",
            record.shown_from(world.now()).map(|from| world.stamp(from)),
        )
        .text("BacktrackRequestCreationTime", world.stamp(record.created))
        .text("Status", shown_status(world, record))
}

fn shown_status(world: &World, record: &Backtrack) -> String {
    let service = &world.scenario.service;
    let status = record.status(world.now());
    if status == BacktrackStatus::Pending {
        let first = match service.first_status {
            FirstStatus::Pending => "pending",
            FirstStatus::Applying => "applying",
            FirstStatus::PendingUpper => "PENDING",
        };
        return first.to_owned();
    }
    match service.status_case {
        LetterCase::Lower => status.word().to_owned(),
        LetterCase::Upper => status.word().to_ascii_uppercase(),
    }
}
