//! DescribeEvents: what instances went through. AWS documents no event for a backtrack as such, so there is none.

use std::borrow::Cow;

use super::super::cluster::{Cluster, Member};
use super::super::identity::arn;
use super::super::moment::Moment;
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;
use super::names;

const DEFAULT_MINUTES: u32 = 60;
/// AWS keeps events for 14 days.
const MAX_MINUTES: u32 = 14 * 24 * 60;
const INSTANCE: &str = "db-instance";
const CLUSTER: &str = "db-cluster";
const SOURCE_TYPES: [&str; 4] = [
    "db-instance",
    "db-cluster",
    "db-parameter-group",
    "db-cluster-snapshot",
];

/// Something that happened to an instance.
struct Event<'a> {
    at: Moment,
    source: &'a str,
    source_type: &'static str,
    category: &'static str,
    message: Cow<'static, str>,
}

pub(super) fn describe_events(world: &World, query: &Query) -> Result<Element, ApiError> {
    let (from, to) = interval(world, query)?;
    let source_type = query.get("SourceType");
    if let Some(other) = source_type.filter(|it| !SOURCE_TYPES.contains(it)) {
        return Err(ApiError::value(format!("Invalid source type: {other}")));
    }
    let source = query.get("SourceIdentifier").map(names::name_of);
    if source.is_some() && source_type.is_none() {
        return Err(ApiError::combination(
            "SourceType must be given together with SourceIdentifier",
        ));
    }
    let categories = query.list("EventCategories.EventCategory");
    let mut events = Vec::new();
    for (cluster, member) in world.members() {
        events.extend(events_of(cluster, member));
    }
    events.extend(world.clusters.iter().filter_map(failover));
    events.retain(|event| {
        event.at >= from
            && event.at <= to
            && source_type.is_none_or(|it| it == event.source_type)
            && source.is_none_or(|it| it.eq_ignore_ascii_case(event.source))
            && (categories.is_empty() || categories.iter().any(|it| it == event.category))
    });
    events.sort_by_key(|event| event.at);
    let key = |event: &Event<'_>| format!("{} {} {}", event.at.ms(), event.source, event.message);
    let page = page(events, key, query, world.scenario.service.page_size)?;
    let list = page.items.iter().map(|event| element(world, event));
    Ok(Element::new("DescribeEventsResult")
        .child(Element::new("Events").children(list))
        .optional("Marker", page.marker))
}

fn interval(world: &World, query: &Query) -> Result<(Moment, Moment), ApiError> {
    let minutes = query.number("Duration")?.unwrap_or(DEFAULT_MINUTES);
    if minutes > MAX_MINUTES {
        return Err(ApiError::value(format!(
            "Invalid value {minutes} for Duration. Must be at most {MAX_MINUTES}"
        )));
    }
    let to = query
        .time("EndTime")?
        .map_or(world.now(), |at| world.lab_time_of(at));
    let by_duration = to.plus_s(-i64::from(minutes) * 60);
    let from = query
        .time("StartTime")?
        .map_or(by_duration, |at| world.lab_time_of(at));
    // What is to come has not happened yet.
    let to = to.min(world.now());
    if from > to {
        return Err(ApiError::combination("StartTime must be before EndTime"));
    }
    Ok((from, to))
}

fn events_of<'a>(cluster: &'a Cluster, member: &'a Member) -> Vec<Event<'a>> {
    let event = |at, category, message| Event {
        at,
        source: &member.id,
        source_type: INSTANCE,
        category,
        message: Cow::Borrowed(message),
    };
    let mut events = Vec::new();
    for backtrack in &cluster.backtracks {
        let (stopped, back) = backtrack.outage(member.role);
        events.push(event(stopped, "availability", "DB instance shutdown"));
        events.extend(back.map(|at| event(at, "availability", "DB instance restarted")));
    }
    if member.is_writer() {
        let shrunk = "The actual Backtrack window is smaller than the target Backtrack window you specified. \
                      Consider reducing the number of hours in your target Backtrack window.";
        events.extend(
            cluster
                .earliest_jumps()
                .map(|(at, _)| event(at, "backtrack", shrunk)),
        );
    }
    events
}

/// The writer changed: what AWS documents as RDS-EVENT-0071.
fn failover(cluster: &Cluster) -> Option<Event<'_>> {
    let at = cluster.failed_over()?;
    let writer = cluster.writer_at(at)?;
    Some(Event {
        at,
        source: cluster.id(),
        source_type: CLUSTER,
        category: "failover",
        message: Cow::Owned(format!("Completed failover to DB instance: {writer}")),
    })
}

fn element(world: &World, event: &Event<'_>) -> Element {
    let kind = if event.source_type == CLUSTER {
        "cluster"
    } else {
        "db"
    };
    Element::new("Event")
        .text("SourceIdentifier", event.source)
        .text("SourceType", event.source_type)
        .text("Message", event.message.as_ref())
        .list("EventCategories", "EventCategory", [event.category])
        .text("Date", world.stamp(event.at))
        .text("SourceArn", arn(&world.scenario.region, kind, event.source))
}
