//! What a fleet answers, and what it leaves to the scenario's own clusters.

use std::collections::BTreeMap;

use super::super::identity::{ACCOUNT, arn};
use super::super::moment::Moment;
use super::super::wire::{ApiError, Element, Query};
use super::cluster;
use super::entry::Entry;
use super::file::{Event, FleetPlan, Global, Refused};
use super::list::page;

/// The Region of a request without a signature.
const USUAL_REGION: &str = "us-east-1";
/// AWS keeps events for 14 days.
const EVENTS_MINUTES: u32 = 14 * 24 * 60;

/// A fleet under way.
#[derive(Debug)]
pub(crate) struct Fleet {
    plan: FleetPlan,
    started: Moment,
    /// Answers given, by Region and action.
    given: BTreeMap<(String, String), u32>,
}

impl Fleet {
    /// A fleet that begins now.
    pub(crate) fn new(mut plan: FleetPlan, started: Moment) -> Self {
        plan.cluster
            .sort_by(|one, other| one.id.as_str().cmp(other.id.as_str()));
        Self {
            plan,
            started,
            given: BTreeMap::new(),
        }
    }

    /// Its answer; none where the request is about something else.
    pub(crate) fn answer(&mut self, query: &Query, now: Moment) -> Option<Result<Element, ApiError>> {
        let region = query.region().unwrap_or(USUAL_REGION).to_owned();
        let key = (region.clone(), query.action().to_owned());
        let given = self.given.entry(key).or_default();
        let before = *given;
        *given += 1;
        if let Some(refused) = self.refused(&region, query.action(), before) {
            return Some(Err(refusal(refused, query.action(), &region)));
        }
        match query.action() {
            "DescribeDBClusters" => self.clusters(query, &region, before).transpose(),
            "DescribeDBClusterBacktracks" => self.backtracks(query, &region),
            "DescribeDBClusterParameters" => self.parameters(query).transpose(),
            "DescribeEvents" => self.events(query, &region, now).transpose(),
            "DescribeGlobalClusters" => Some(self.globals(query)),
            _ => None,
        }
    }

    fn refused(&self, region: &str, action: &str, before: u32) -> Option<&Refused> {
        self.plan.refused.iter().find(|it| {
            it.region == region
                && it.action.as_deref().is_none_or(|refused| refused == action)
                && before >= it.after
        })
    }

    fn of(&self, region: &str) -> impl Iterator<Item = &Entry> {
        self.plan
            .cluster
            .iter()
            .filter(move |entry| entry.region == region)
    }

    fn named(&self, query: &Query, region: &str) -> Option<&Entry> {
        let id = query.get("DBClusterIdentifier")?;
        self.of(region)
            .find(|entry| entry.id.as_str().eq_ignore_ascii_case(id))
    }

    fn clusters(&self, query: &Query, region: &str, before: u32) -> Result<Option<Element>, ApiError> {
        let there = |entry: &&Entry| entry.vanishes_after.is_none_or(|lists| before < lists);
        let mut entries: Vec<&Entry> = match (query.get("DBClusterIdentifier"), self.named(query, region)) {
            (Some(_), None) => return Ok(None),
            (Some(_), Some(entry)) => vec![entry],
            (None, _) => self.of(region).filter(there).collect(),
        };
        for filter in query.filters()? {
            match filter.name.as_str() {
                "db-cluster-id" => entries.retain(|it| filter.matches(it.id.as_str())),
                "engine" => entries.retain(|it| filter.matches(&it.engine)),
                _ => return Err(filter.unknown()),
            }
        }
        let keyed = entries
            .into_iter()
            .map(|entry| (entry.id.as_str().to_owned(), entry));
        let (entries, marker) = page(keyed.collect(), query, self.plan.page_size)?;
        let list = entries
            .into_iter()
            .map(|entry| cluster::element(entry, self.started));
        Ok(Some(
            Element::new("DescribeDBClustersResult")
                .child(Element::new("DBClusters").children(list))
                .optional("Marker", marker),
        ))
    }

    fn backtracks(&self, query: &Query, region: &str) -> Option<Result<Element, ApiError>> {
        let entry = self.named(query, region)?;
        let records = (1..).zip(&entry.backtracks).map(|(number, at)| {
            let at = at.of(self.started);
            Element::new("DBClusterBacktrack")
                .text("DBClusterIdentifier", entry.id.as_str())
                .text(
                    "BacktrackIdentifier",
                    format!("00000000-0000-4000-8000-{number:012}"),
                )
                .text("BacktrackTo", at.plus_s(-900).rfc3339_s())
                .text("BacktrackedFrom", at.plus_s(73).rfc3339_ms())
                .text("BacktrackRequestCreationTime", at.rfc3339_ms())
                .text("Status", "COMPLETED")
        });
        let list = Element::new("DBClusterBacktracks").children(records);
        Some(Ok(Element::new("DescribeDBClusterBacktracksResult").child(list)))
    }

    /// What a person set; a default group holds nothing of that kind.
    fn parameters(&self, query: &Query) -> Result<Option<Element>, ApiError> {
        let name = query.required("DBClusterParameterGroupName")?;
        let Some(values) = self.plan.parameters.get(name) else {
            return Ok(None);
        };
        let keyed = values.iter().map(|(name, value)| (name.clone(), (name, value)));
        let (values, marker) = page(keyed.collect(), query, self.plan.page_size)?;
        let list = values.into_iter().map(|(name, value)| {
            Element::new("Parameter")
                .text("ParameterName", name.as_str())
                .text("ParameterValue", value.as_str())
                .text("Source", "user")
        });
        Ok(Some(
            Element::new("DescribeDBClusterParametersResult")
                .child(Element::new("Parameters").children(list))
                .optional("Marker", marker),
        ))
    }

    fn events(&self, query: &Query, region: &str, now: Moment) -> Result<Option<Element>, ApiError> {
        if query.get("SourceType") != Some("db-cluster") {
            return Ok(None);
        }
        let minutes = query.number("Duration")?.unwrap_or(60).min(EVENTS_MINUTES);
        let since = now.plus_s(-i64::from(minutes) * 60);
        let categories = query.list("EventCategories.EventCategory");
        let source = query.get("SourceIdentifier");
        let told = |event: &&Event| {
            let at = event.at.of(self.started);
            event.region == region
                && at >= since
                && at <= now
                && source.is_none_or(|id| id.eq_ignore_ascii_case(&event.cluster))
                && (categories.is_empty() || categories.contains(&event.category))
        };
        let mut keyed: Vec<(String, &Event)> = self
            .plan
            .event
            .iter()
            .filter(told)
            .map(|event| {
                (
                    format!("{} {}", event.at.of(self.started).rfc3339_ms(), event.cluster),
                    event,
                )
            })
            .collect();
        keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (events, marker) = page(keyed, query, self.plan.page_size)?;
        let list = events.into_iter().map(|event| {
            Element::new("Event")
                .text("SourceIdentifier", event.cluster.as_str())
                .text("SourceType", "db-cluster")
                .text("Message", event.message.as_str())
                .list("EventCategories", "EventCategory", [event.category.as_str()])
                .text("Date", event.at.of(self.started).rfc3339_ms())
                .text("SourceArn", arn(region, "cluster", &event.cluster))
        });
        Ok(Some(
            Element::new("DescribeEventsResult")
                .child(Element::new("Events").children(list))
                .optional("Marker", marker),
        ))
    }

    fn globals(&self, query: &Query) -> Result<Element, ApiError> {
        let keyed = self.plan.global.iter().map(|global| (global.id.clone(), global));
        let mut keyed: Vec<(String, &Global)> = keyed.collect();
        keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (globals, marker) = page(keyed, query, self.plan.page_size)?;
        let list = globals.into_iter().map(|global| self.global(global));
        Ok(Element::new("DescribeGlobalClustersResult")
            .child(Element::new("GlobalClusters").children(list))
            .optional("Marker", marker))
    }

    fn global(&self, global: &Global) -> Element {
        let members = global.members.iter().enumerate().map(|(number, member)| {
            let own = self.plan.cluster.iter().find(|entry| entry.id.as_str() == member);
            let arn = own.map_or_else(|| member.clone(), |entry| arn(&entry.region, "cluster", member));
            Element::new("GlobalClusterMember")
                .text("DBClusterArn", arn)
                .value("IsWriter", number == 0)
        });
        // The list's items bear this name in AWS's model.
        Element::new("GlobalClusterMember")
            .text("GlobalClusterIdentifier", global.id.as_str())
            .text(
                "GlobalClusterArn",
                format!("arn:aws:rds::{ACCOUNT}:global-cluster:{}", global.id),
            )
            .text("Status", "available")
            .child(Element::new("GlobalClusterMembers").children(members))
    }
}

fn refusal(refused: &Refused, action: &str, region: &str) -> ApiError {
    let message = format!(
        "User: arn:aws:sts::{ACCOUNT}:assumed-role/posture/lab is not authorized to perform: rds:{action} in {region}"
    );
    ApiError::new(refused.status, refused.code.clone(), message)
}
