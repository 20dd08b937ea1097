//! Global databases, and upgrades in place: lists of the whole Region.

use std::collections::BTreeMap;

use aws_sdk_rds::Client;
use chrono::{DateTime, Utc};

use super::walk::Walker;
use crate::aws::bound;
use crate::aws::lists::{self, EVENTS, GLOBALS};
use crate::aws::stamps::from_wire;
use crate::aws::translate;
use crate::domain::event::ReadFailure;

/// Members of global databases: ARN in lower case, and the database's id.
pub(super) async fn globals(
    rds: &Client,
    walker: Walker<'_>,
) -> Result<BTreeMap<String, String>, ReadFailure> {
    let mut members = BTreeMap::new();
    walker
        .walk(
            GLOBALS,
            |marker| lists::globals(rds, marker),
            |page| {
                for global in page {
                    let id = bound::name(global.global_cluster_identifier().unwrap_or_default());
                    for arn in translate::global_members(&global) {
                        members.insert(bound::name(arn).to_ascii_lowercase(), id.clone());
                    }
                }
            },
        )
        .await
        .map(|()| members)
}

/// The last upgrade of each cluster in the past 14 days, by its id in lower case.
pub(super) async fn upgrades(
    rds: &Client,
    walker: Walker<'_>,
) -> Result<BTreeMap<String, DateTime<Utc>>, ReadFailure> {
    let mut upgrades = BTreeMap::new();
    walker
        .walk(
            EVENTS,
            |marker| lists::events(rds, None, marker),
            |page| {
                for event in page {
                    let at = event.date.as_ref().and_then(from_wire);
                    let at = translate::upgraded(event.message.as_deref().unwrap_or_default(), at);
                    let cluster = bound::name(event.source_identifier.as_deref().unwrap_or_default());
                    if let Some(at) = at {
                        let last = upgrades.entry(cluster.to_ascii_lowercase()).or_insert(at);
                        *last = at.max(*last);
                    }
                }
            },
        )
        .await
        .map(|()| upgrades)
}
