//! Everything that was read before a decision, as facts: what `checks` judges and the journal keeps.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::backtrack::BacktrackRecord;
use super::cluster::{Cluster, works};
use super::database::DatabaseLook;
use super::identity::Identity;
use super::known::Known;
use super::window_metrics::WindowMetrics;

/// One complete look at the service and at this machine. Changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Now, by the service's clock.
    pub service_now: DateTime<Utc>,
    /// Service clock minus local clock, in ms; none while no reply told the service's time.
    pub skew_ms: Option<i64>,
    /// Who asks, of which cluster.
    pub identity: Identity,
    /// DescribeDBClusters, with the members' statuses of DescribeDBInstances.
    pub cluster: Cluster,
    /// Every backtrack that AWS lists for the cluster, in no order.
    pub records: Vec<BacktrackRecord>,
    /// `binlog_format` of the cluster's parameter group.
    pub binlog_format: Known<String>,
    /// `aurora_enhanced_binlog` = 1 in the parameter group; none in a look of an earlier version, which did not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhanced_binlog: Option<Known<bool>>,
    /// The global database that lists the cluster; `None` inside: no one does. None in a look of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub global_listed: Option<Known<Option<String>>>,
    /// Instants of in-place upgrades in the past 14 days.
    pub upgrades: Known<Vec<DateTime<Utc>>>,
    /// Names of blue/green deployments whose source is this cluster.
    pub blue_green: Known<Vec<String>>,
    /// Pending maintenance actions of the cluster.
    pub pending_maintenance: Known<Vec<String>>,
    /// When the caller's credentials end; `None` inside: they do not.
    pub credentials_end: Known<Option<DateTime<Utc>>>,
    /// When AWS last rotated the master user's password; none where it does not manage it, or was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_rotated: Option<Known<DateTime<Utc>>>,
    /// What CloudWatch says of the window; none where it was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_metrics: Option<Known<WindowMetrics>>,
    /// What of the application was paused and is seen not to be any more, item by item.
    pub opened: Vec<String>,
    /// What is wrong with the safety copy that this run took, where it took one; none: it is there, and this run's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_gone: Option<String>,
    /// What SQL told; none where the runbook does not say how to reach the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Known<DatabaseLook>>,
    /// What was looked at on this machine.
    pub surroundings: Surroundings,
}

/// Facts of this machine and of the journal that a decision depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    /// True when a person can be asked.
    pub attended: bool,
    /// What of the runbook cannot work here: programs not found, variables not set.
    pub missing: Vec<String>,
    /// Unfinished runs on the same cluster (other than this one).
    pub other_runs: Vec<String>,
    /// Where the journal is written.
    pub journal: String,
    /// Probes that expect what was recorded: what is kept of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<Recorded>,
    /// Offset of the operator's own zone from UTC, in seconds.
    pub utc_offset_s: i32,
    /// How long a safety copy as the runbook's took in recorded runs, in seconds; none: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_usual_s: Option<i64>,
}

/// What is kept of a probe that expects what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The probe.
    pub probe: String,
    /// When it was recorded, by the recorder's clock; none: nothing is kept for this statement.
    pub at: Option<DateTime<Utc>>,
}

impl Inspection {
    /// Service clock minus local clock, as far as replies told.
    pub fn skew(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.skew_ms.unwrap_or_default())
    }

    /// Members that work now, and are expected back after a rewind.
    pub fn working_members(&self) -> Vec<String> {
        let working = self.cluster.members.iter().filter(|member| works(&member.status));
        working.map(|member| member.id.clone()).collect()
    }

    /// Ids of every backtrack seen.
    pub fn record_ids(&self) -> Vec<String> {
        self.records.iter().map(|record| record.id.clone()).collect()
    }
}
