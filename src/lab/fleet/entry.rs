//! What the file says of one cluster. Only data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::scenario::ClusterName;
use super::instant::Instant;

const DAY_S: u32 = 86_400;

/// One `[[cluster]]`. A key that is not given is left out of the answer, where AWS leaves it out too.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Entry {
    pub(crate) region: String,
    pub(crate) id: ClusterName,
    pub(crate) engine: String,
    pub(crate) engine_version: String,
    pub(crate) engine_mode: String,
    pub(crate) status: String,
    pub(crate) created: Instant,
    /// `BacktrackWindow`, as sent.
    pub(crate) window_s: Option<i64>,
    /// `EarliestBacktrackTime`.
    pub(crate) earliest: Option<Instant>,
    /// `BacktrackConsumedChangeRecords`.
    pub(crate) change_records: Option<u64>,
    pub(crate) parameter_group: String,
    pub(crate) clone_group: Option<String>,
    /// `GlobalClusterIdentifier` of the cluster's own description; membership itself stands in `[[global]]`.
    pub(crate) global_cluster: Option<String>,
    pub(crate) replication_source: Option<String>,
    pub(crate) read_replicas: Vec<String>,
    pub(crate) security_groups: Vec<String>,
    /// `KmsKeyId`.
    pub(crate) kms_key: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    /// Instances, the writer first. Not given: a writer and a reader named after the cluster.
    pub(crate) members: Option<Vec<String>>,
    /// False: no member is the writer.
    pub(crate) writer: bool,
    /// When it was backtracked.
    pub(crate) backtracks: Vec<Instant>,
    /// Keys that are left out of its description, by AWS's names.
    pub(crate) omit: Vec<String>,
    /// It is gone once so many lists of its Region were answered.
    pub(crate) vanishes_after: Option<u32>,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            region: "us-east-1".to_owned(),
            id: ClusterName::drill(),
            engine: "aurora-mysql".to_owned(),
            engine_version: "8.0.mysql_aurora.3.08.0".to_owned(),
            engine_mode: "provisioned".to_owned(),
            status: "available".to_owned(),
            created: Instant::AgoS(30 * DAY_S),
            window_s: None,
            earliest: None,
            change_records: None,
            parameter_group: "default.aurora-mysql8.0".to_owned(),
            clone_group: None,
            global_cluster: None,
            replication_source: None,
            read_replicas: Vec::new(),
            security_groups: vec!["sg-0123456789abcdef0".to_owned()],
            kms_key: None,
            tags: BTreeMap::new(),
            members: None,
            writer: true,
            backtracks: Vec::new(),
            omit: Vec::new(),
            vanishes_after: None,
        }
    }
}

impl Entry {
    /// Its instances, the writer first.
    pub(crate) fn members(&self) -> Vec<String> {
        let id = self.id.as_str();
        self.members
            .clone()
            .unwrap_or_else(|| vec![format!("{id}-1"), format!("{id}-2")])
    }
}
