//! The cluster as the service describes it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::known::Known;
use super::time_text::span;

/// The facts of DescribeDBClusters that checks and screens use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// `DBClusterIdentifier`.
    pub id: String,
    /// `DBClusterArn`, empty when AWS left it out.
    pub arn: String,
    /// `DbClusterResourceId`: survives a rename and never names another cluster.
    pub resource_id: String,
    /// `Engine`, for example `aurora-mysql`.
    pub engine: String,
    /// `EngineVersion`.
    pub engine_version: String,
    /// `EngineMode`: `provisioned`, `serverless` (v1), ...
    pub engine_mode: String,
    /// `Status`, as sent.
    pub status: String,
    /// `ClusterCreateTime`.
    pub created: Option<DateTime<Utc>>,
    /// `BacktrackWindow` in seconds; 0 or missing: Backtrack is off.
    pub window_s: i64,
    /// `EarliestBacktrackTime`.
    pub earliest: Option<DateTime<Utc>>,
    /// `BacktrackConsumedChangeRecords`: what is stored, and billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_records: Option<i64>,
    /// `GlobalClusterIdentifier`, when a member of a global database.
    pub global_cluster: Option<String>,
    /// `ReplicationSourceIdentifier`, when it replicates from another cluster.
    pub replication_source: Option<String>,
    /// `ReadReplicaIdentifiers`: cross-Region replicas.
    pub read_replicas: Vec<String>,
    /// `CloneGroupId`: set on a clone and on its source.
    pub clone_group: Option<String>,
    /// `DBClusterParameterGroup`.
    pub parameter_group: Option<String>,
    /// Least Serverless v2 capacity; 0 means that the writer may pause by itself.
    pub least_capacity: Option<String>,
    /// `DBSubnetGroup`: where a copy of it must be put to be reached.
    #[serde(default)]
    pub subnet_group: Option<String>,
    /// `VpcSecurityGroups`: who may reach it.
    #[serde(default)]
    pub security_groups: Vec<String>,
    /// `PreferredBackupWindow`, `hh:mm-hh:mm` UTC.
    pub backup_window: Option<String>,
    /// `PreferredMaintenanceWindow`, `ddd:hh:mm-ddd:hh:mm` UTC.
    pub maintenance_window: Option<String>,
    /// True when `MasterUserSecret` is set.
    pub managed_secret: bool,
    /// `SecretArn` of it: its name, and nothing of what is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_arn: Option<String>,
    /// True when `PendingModifiedValues` holds something.
    pub pending_changes: bool,
    /// Writer and readers.
    pub members: Vec<Member>,
}

/// One instance of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    /// `DBInstanceIdentifier`.
    pub id: String,
    /// True for the writer.
    pub writer: bool,
    /// `DBInstanceStatus`, as sent; empty when it could not be read.
    pub status: String,
}

impl Cluster {
    /// The length of the window in words: in hours, of which people speak, where it is whole hours.
    pub fn window(&self) -> String {
        let hour = TimeDelta::hours(1).num_seconds();
        match (self.window_s / hour, self.window_s % hour) {
            (hours, 0) => format!("{hours} h"),
            _ => span(TimeDelta::seconds(self.window_s)),
        }
    }

    /// True for the one engine that has Backtrack, by its name of today or of before.
    pub fn is_aurora_mysql(&self) -> bool {
        matches!(
            self.engine.to_ascii_lowercase().as_str(),
            "aurora-mysql" | "aurora"
        )
    }

    /// The global database that it is a member of: as it says itself, or as `listed` by the databases; `None` there: they were
    /// not asked.
    pub fn global_database<'a>(
        &'a self,
        listed: Option<&'a Known<Option<String>>>,
    ) -> Known<Option<&'a str>> {
        match (&self.global_cluster, listed) {
            (Some(own), _) => Known::Known(Some(own)),
            (None, None) => Known::Known(None),
            (None, Some(Known::Known(listed))) => Known::Known(listed.as_deref()),
            (None, Some(Known::Unknown(why))) => Known::Unknown(why.clone()),
        }
    }

    /// The writer, when AWS names one.
    pub fn writer(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.writer)
    }
}

/// True for `available` and for the statuses under which connections work, which are named and not waited for.
pub fn works(status: &str) -> bool {
    let status = status.to_ascii_lowercase();
    matches!(
        status.as_str(),
        "available" | "backing-up" | "storage-optimization"
    ) || status.starts_with("configuring-")
}

/// True for the status `backtracking`, in any letter case.
pub fn backtracking(status: &str) -> bool {
    status.eq_ignore_ascii_case("backtracking")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_under_which_connections_work_are_not_waited_for() {
        for status in [
            "available",
            "Available",
            "configuring-enhanced-monitoring",
            "storage-optimization",
            "backing-up",
        ] {
            assert!(works(status), "{status}");
        }
        for status in ["backtracking", "rebooting", "", "stopped"] {
            assert!(!works(status), "{status}");
        }
    }
}
