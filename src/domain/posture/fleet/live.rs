//! A cluster as a list describes it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::posture::{Fact, Setup, Window};

/// The facts of one entry of DescribeDBClusters. None is a key that AWS left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveCluster {
    /// The profile by which it was read; none for the usual one.
    pub profile: Option<String>,
    /// Region.
    pub region: String,
    /// `DBClusterIdentifier`.
    pub id: String,
    /// `DBClusterArn`; empty when left out.
    pub arn: String,
    /// `Engine`.
    pub engine: Option<String>,
    /// `EngineVersion`.
    pub engine_version: Option<String>,
    /// `EngineMode`.
    pub engine_mode: Option<String>,
    /// `Status`, as sent.
    pub status: Option<String>,
    /// `ClusterCreateTime`.
    pub created: Option<DateTime<Utc>>,
    /// `BacktrackWindow`, in seconds.
    pub window_s: Option<i64>,
    /// `EarliestBacktrackTime`.
    pub earliest: Option<DateTime<Utc>>,
    /// `BacktrackConsumedChangeRecords`: what is stored, and billed.
    pub change_records: Option<i64>,
    /// `DBClusterMembers`: its instances.
    pub members: Option<Vec<LiveMember>>,
    /// `DBClusterParameterGroup`.
    pub parameter_group: Option<String>,
    /// `CloneGroupId`: set on a clone and on its source.
    pub clone_group: Option<String>,
    /// `GlobalClusterIdentifier`.
    pub global_cluster: Option<String>,
    /// `ReplicationSourceIdentifier`: whom it follows, as an ARN.
    pub replication_source: Option<String>,
    /// `ReadReplicaIdentifiers`: who follows it, as ARNs.
    pub replicas: Vec<String>,
    /// `DBSubnetGroup`.
    pub subnet_group: Option<String>,
    /// Ids of `VpcSecurityGroups`.
    pub security_groups: Vec<String>,
    /// `KmsKeyId`; none where it is not encrypted.
    pub kms_key: Option<String>,
    /// `TagList`; AWS sends an empty one for a cluster without tags.
    pub tags: Option<BTreeMap<String, String>>,
}

/// One instance; its status is not part of a list of clusters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveMember {
    /// `DBInstanceIdentifier`.
    pub id: String,
    /// `IsClusterWriter`.
    pub writer: Option<bool>,
}

impl LiveCluster {
    /// The writer, when AWS names one.
    pub fn writer(&self) -> Option<&LiveMember> {
        let mut members = self.members.iter().flatten();
        members.find(|member| member.writer == Some(true))
    }

    /// Whether one of its instances is the writer; none where that is not known.
    pub fn has_writer(&self) -> Option<bool> {
        let members = self.members.as_ref()?;
        if self.writer().is_some() {
            return Some(true);
        }
        let all_known = members.iter().all(|member| member.writer.is_some());
        all_known.then_some(false)
    }

    /// True where AWS lists its instances, and there is none.
    pub fn has_no_instance(&self) -> bool {
        self.members.as_ref().is_some_and(Vec::is_empty)
    }

    /// It follows another one, or is followed.
    pub fn replicates(&self) -> bool {
        self.replication_source.is_some() || !self.replicas.is_empty()
    }

    /// The account, out of its ARN.
    pub fn account(&self) -> Option<&str> {
        self.arn.split(':').nth(4).filter(|account| !account.is_empty())
    }

    /// True for Aurora MySQL, as far as AWS says.
    pub fn is_aurora_mysql(&self) -> bool {
        self.engine
            .as_deref()
            .is_some_and(|engine| matches!(engine.to_ascii_lowercase().as_str(), "aurora-mysql" | "aurora"))
    }

    /// Whether AWS gives it this status, in any case of letters.
    pub fn has_status(&self, status: &str) -> bool {
        self.status
            .as_deref()
            .is_some_and(|given| given.eq_ignore_ascii_case(status))
    }

    /// True when AWS names both a window and how far it reaches: that wins over every list.
    pub fn proven(&self) -> bool {
        self.window_s.is_some_and(|seconds| seconds > 0) && self.earliest.is_some()
    }

    /// What it says of itself; the rest is of its surroundings.
    pub(super) fn setup(&self) -> Setup {
        let given = |text: &Option<String>| text.clone().map_or(Fact::Absent, Fact::Known);
        Setup {
            engine: given(&self.engine),
            engine_mode: given(&self.engine_mode),
            engine_version: given(&self.engine_version),
            window: match (self.window_s, self.earliest) {
                (Some(seconds), _) => Fact::Known(Window::Seconds(seconds)),
                (None, None) => Fact::Absent,
                (None, Some(_)) => {
                    Fact::Unknown("AWS names an earliest backtrack time, and no window".to_owned())
                }
            },
            replication: Fact::Known(self.replicates()),
            proven: self.proven(),
            ..Setup::bare()
        }
    }
}
