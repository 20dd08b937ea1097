//! The service, as the engine needs it: what it reads, and the one call that changes.

use async_trait::async_trait;

use chrono::{DateTime, Utc};

use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::{Cluster, Member};
use crate::domain::effect::Intent;
use crate::domain::event::{ReadFailure, Reply};
use crate::domain::identity::Identity;
use crate::domain::known::Known;
use crate::domain::window_metrics::WindowMetrics;

/// Everything that one inspection reads from the service. The engine adds what it knows of this machine.
#[derive(Clone, Debug)]
pub struct Look {
    /// Who asks, of which cluster.
    pub identity: Identity,
    /// The cluster with its members' statuses.
    pub cluster: Cluster,
    /// Every backtrack listed, all pages.
    pub records: Vec<BacktrackRecord>,
    /// `binlog_format` of the parameter group.
    pub binlog_format: Known<String>,
    /// `aurora_enhanced_binlog` = 1 in the parameter group.
    pub enhanced_binlog: Known<bool>,
    /// The global database that lists the cluster; `None` inside: no one does.
    pub global_listed: Known<Option<String>>,
    /// In-place upgrades of the past 14 days.
    pub upgrades: Known<Vec<DateTime<Utc>>>,
    /// Blue/green deployments with this cluster as source.
    pub blue_green: Known<Vec<String>>,
    /// Pending maintenance actions.
    pub pending_maintenance: Known<Vec<String>>,
    /// When the credentials end; `None` inside: they do not.
    pub credentials_end: Known<Option<DateTime<Utc>>>,
    /// When AWS last rotated the master user's password; none where it does not manage it.
    pub secret_rotated: Option<Known<DateTime<Utc>>>,
    /// What CloudWatch says of the window; none where it was not asked.
    pub window_metrics: Option<Known<WindowMetrics>>,
}

impl Look {
    /// The global database that the cluster is a member of, by what it says itself or by the list of them.
    pub fn global_database(&self) -> Known<Option<&str>> {
        self.cluster.global_database(Some(&self.global_listed))
    }
}

/// The cluster's status with members and backtracks: what waiting and reconciling read.
#[derive(Clone, Debug)]
pub struct Glance {
    /// `DbClusterResourceId`: a read of another cluster of that name is no evidence.
    pub resource_id: String,
    /// The cluster's status.
    pub status: String,
    /// Its members.
    pub members: Vec<Member>,
    /// Every backtrack listed, all pages.
    pub records: Vec<BacktrackRecord>,
}

/// Reads. A rehearsal has nothing else. Retried by the SDK; a failure means "not known".
#[async_trait(?Send)]
pub trait ClusterReads {
    /// Everything that decisions depend on. What is not essential comes back as `Known::Unknown`, not as an error.
    async fn look(&self, cluster: &str) -> Result<Look, ReadFailure>;
    /// One backtrack by its id; `None`: not listed (yet).
    async fn record(&self, cluster: &str, id: &str) -> Result<Option<BacktrackRecord>, ReadFailure>;
    /// Status, members and all backtracks.
    async fn glance(&self, cluster: &str) -> Result<Glance, ReadFailure>;
    /// Builds new clients from the standard chain, after a login.
    async fn log_in_again(&self);
}

/// The one call that changes a cluster. Never retried by the SDK.
#[async_trait(?Send)]
pub trait Backtracker {
    /// Calls BacktrackDBCluster once. Classifies whatever comes back; has no error of its own.
    async fn backtrack(&self, intent: &Intent) -> Reply;
}
