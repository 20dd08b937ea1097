//! What is read of the service: `ports::ClusterReads`. Holds nothing that could change a cluster.

mod cluster;
mod global;
mod metrics;
mod parameters;
mod records;
mod secret;
mod surroundings;

use async_trait::async_trait;

pub(super) use self::cluster::describe;
use self::records::{unless_it_never_had_any, with_id};
use super::codes;
use super::connection::{Clients, Connection};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::Cluster;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::identity::Identity;
use crate::domain::known::Known;
use crate::ports::{ClusterReads, Glance, Look};

/// Reads through a connection, with the SDK's three attempts.
#[derive(Clone, Debug)]
pub struct Reads {
    connection: Connection,
}

impl Reads {
    /// Reads through `connection`.
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Every backtrack that the service lists for the cluster, all pages.
    ///
    /// # Errors
    /// They could not be read.
    pub async fn backtracks(&self, cluster: &str) -> Result<Vec<BacktrackRecord>, ReadFailure> {
        records::all(&self.connection.clients().rds, &as_stored(cluster)).await
    }

    /// What a tag of the cluster holds; none where it has no such tag.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn tag(&self, cluster: &str, key: &str) -> Result<Option<String>, ReadFailure> {
        cluster::tag(&self.connection.clients().rds, &as_stored(cluster), key).await
    }
}

#[async_trait(?Send)]
impl ClusterReads for Reads {
    /// Two rounds: what needs the cluster's id alone, then what needs its ARN, parameter group and secret. The first failure
    /// of an essential read ends the round, so that missing credentials are not looked for again by each call.
    async fn look(&self, cluster: &str) -> Result<Look, ReadFailure> {
        let cluster = &as_stored(cluster);
        let clients = self.connection.clients();
        let rds = &clients.rds;
        let (caller, described, statuses, records, upgrades, pending_maintenance) = tokio::try_join!(
            surroundings::caller(&clients.sts),
            cluster::describe(rds, cluster),
            async { refused_is_empty(cluster::statuses(rds, cluster).await) },
            async { Ok(records::all(rds, cluster).await) },
            async { known(surroundings::upgrades(rds, cluster).await) },
            async { known(surroundings::pending_maintenance(rds, cluster).await) },
        )?;
        let described = cluster::with_statuses(described, &statuses);
        let records = unless_it_never_had_any(records, &described)?;
        let (binlog, global_listed, blue_green, secret_rotated, window_metrics) = tokio::join!(
            parameters::binlog(rds, described.parameter_group.as_deref()),
            global::listing(rds, &described.arn),
            surroundings::blue_green(rds, &described.arn),
            secret::rotated(&clients.secrets, described.secret_arn.as_deref()),
            metrics::window(&clients, cluster),
        );
        Ok(Look {
            identity: identity(&clients, caller, &described),
            cluster: described,
            records,
            binlog_format: known(binlog.format)?,
            enhanced_binlog: known(binlog.enhanced)?,
            global_listed: known(global_listed)?,
            upgrades,
            blue_green: known(blue_green)?,
            pending_maintenance,
            credentials_end: clients.expiry.get(),
            secret_rotated: secret_rotated.map(known).transpose()?,
            window_metrics: Some(window_metrics),
        })
    }

    async fn record(&self, cluster: &str, id: &str) -> Result<Option<BacktrackRecord>, ReadFailure> {
        with_id(&self.connection.clients().rds, &as_stored(cluster), id).await
    }

    async fn glance(&self, cluster: &str) -> Result<Glance, ReadFailure> {
        let cluster = &as_stored(cluster);
        let clients = self.connection.clients();
        let rds = &clients.rds;
        let (described, statuses, records) = tokio::try_join!(
            cluster::describe(rds, cluster),
            async { refused_is_empty(cluster::statuses(rds, cluster).await) },
            records::all(rds, cluster),
        )?;
        let described = cluster::with_statuses(described, &statuses);
        Ok(Glance {
            resource_id: described.resource_id,
            status: described.status,
            members: described.members,
            records,
        })
    }

    async fn log_in_again(&self) {
        self.connection.renew().await;
    }
}

/// RDS stores identifiers in lower case; whether its filters compare them in any case is not documented.
fn as_stored(cluster: &str) -> String {
    cluster.to_ascii_lowercase()
}

fn identity(clients: &Clients, caller: surroundings::Caller, cluster: &Cluster) -> Identity {
    Identity {
        account: caller.account,
        caller: caller.arn,
        region: clients.region.clone(),
        endpoint: clients.endpoint.get().unwrap_or_default(),
        cluster: cluster.id.clone(),
        resource_id: cluster.resource_id.clone(),
    }
}

/// What is not essential: a failure is a fact of its own, with AWS's code. Only credentials that ended are waited for.
fn known<T>(read: Result<T, ReadFailure>) -> Result<Known<T>, ReadFailure> {
    match read {
        Ok(value) => Ok(Known::Known(value)),
        Err(failure) if failure.kind == ReadFailureKind::Credentials => Err(failure),
        Err(failure) => Ok(Known::Unknown(match failure.code {
            Some(code) => format!("{code}: {}", failure.message),
            None => failure.message,
        })),
    }
}

/// A refusal for the rate is no permission that is missing.
fn rate(failure: &ReadFailure) -> bool {
    failure.code.as_deref().is_some_and(codes::throttled)
}

/// Members that may not be read stay without a status, for the operator to accept by name: waiting for a permission
/// would have no end. Every other failure is one.
fn refused_is_empty(read: Result<cluster::Statuses, ReadFailure>) -> Result<cluster::Statuses, ReadFailure> {
    match read {
        Err(failure) if failure.kind == ReadFailureKind::Refused && !rate(&failure) => {
            Ok(cluster::Statuses::default())
        }
        other => other,
    }
}
