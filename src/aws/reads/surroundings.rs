//! Who asks, and what surrounds the cluster: events, deployments, maintenance.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{BlueGreenDeployment, PendingMaintenanceAction};
use chrono::{DateTime, Utc};

use super::cluster::filter;
use crate::aws::bound;
use crate::aws::failure::{failure, nonsense};
use crate::aws::lists::{self, EVENTS};
use crate::aws::pages::{self, Page};
use crate::aws::stamps::from_wire;
use crate::aws::translate;
use crate::domain::event::ReadFailure;

const CALLER: &str = "GetCallerIdentity";
const BLUE_GREEN: &str = "DescribeBlueGreenDeployments";
const MAINTENANCE: &str = "DescribePendingMaintenanceActions";

/// The caller, as STS knows it.
pub(super) struct Caller {
    pub(super) account: String,
    pub(super) arn: String,
}

/// Who the credentials belong to. A reply that does not say is none.
pub(super) async fn caller(sts: &aws_sdk_sts::Client) -> Result<Caller, ReadFailure> {
    let reply = sts
        .get_caller_identity()
        .send()
        .await
        .map_err(|error| failure(CALLER, &error))?;
    match (reply.account, reply.arn) {
        (Some(account), Some(arn)) => Ok(Caller {
            account: bound::name(&account),
            arn: bound::text(arn),
        }),
        (account, arn) => Err(nonsense(
            CALLER,
            format!("expected an account and an ARN, got {account:?} and {arn:?}"),
        )),
    }
}

/// When the engine was upgraded in place, in the past 14 days.
pub(super) async fn upgrades(rds: &Client, cluster: &str) -> Result<Vec<DateTime<Utc>>, ReadFailure> {
    let events = pages::all(EVENTS, |marker| lists::events(rds, Some(cluster), marker)).await?;
    Ok(events
        .into_iter()
        .filter(lists::is_maintenance)
        .filter_map(|event| {
            translate::upgraded(
                event.message.as_deref().unwrap_or_default(),
                event.date.as_ref().and_then(from_wire),
            )
        })
        .collect())
}

/// Blue/green deployments that have the cluster as their source, with their statuses.
pub(super) async fn blue_green(rds: &Client, arn: &str) -> Result<Vec<String>, ReadFailure> {
    if arn.is_empty() {
        return Err(nonsense(BLUE_GREEN, "the cluster's ARN is not known".to_owned()));
    }
    let deployments = pages::all(BLUE_GREEN, |marker| async {
        rds.describe_blue_green_deployments()
            .filters(filter("source", arn))
            .max_records(100)
            .set_marker(marker)
            .send()
            .await
            .map(|reply| Page::new(reply.blue_green_deployments, reply.marker))
            .map_err(|error| failure(BLUE_GREEN, &error))
    })
    .await?;
    let texts = deployments
        .into_iter()
        .filter(|deployment| {
            deployment
                .source
                .as_deref()
                .is_none_or(|source| source.eq_ignore_ascii_case(arn))
        })
        .map(|deployment| deployment_text(&deployment))
        .collect();
    Ok(bound::list(texts))
}

/// Maintenance that waits for the cluster.
pub(super) async fn pending_maintenance(rds: &Client, cluster: &str) -> Result<Vec<String>, ReadFailure> {
    let resources = pages::all(MAINTENANCE, |marker| async {
        rds.describe_pending_maintenance_actions()
            .filters(filter("db-cluster-id", cluster))
            .max_records(100)
            .set_marker(marker)
            .send()
            .await
            .map(|reply| Page::new(reply.pending_maintenance_actions, reply.marker))
            .map_err(|error| failure(MAINTENANCE, &error))
    })
    .await?;
    let texts = resources
        .into_iter()
        .flat_map(|resource| resource.pending_maintenance_action_details.unwrap_or_default())
        .map(|action| action_text(&action))
        .collect();
    Ok(bound::list(texts))
}

fn deployment_text(deployment: &BlueGreenDeployment) -> String {
    let name = deployment
        .blue_green_deployment_name()
        .or(deployment.blue_green_deployment_identifier())
        .unwrap_or("(no name)");
    match deployment.status() {
        Some(status) => format!("{name} ({status})"),
        None => name.to_owned(),
    }
}

fn action_text(action: &PendingMaintenanceAction) -> String {
    let what = action.action().unwrap_or("(no action named)");
    let apply = action.current_apply_date().and_then(from_wire);
    match (action.description(), apply) {
        (Some(description), Some(at)) => {
            format!("{what}: {description}, to be applied {}", at.format("%FT%TZ"))
        }
        (Some(description), None) => format!("{what}: {description}"),
        (None, Some(at)) => format!("{what}, to be applied {}", at.format("%FT%TZ")),
        (None, None) => what.to_owned(),
    }
}
