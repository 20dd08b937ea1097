//! One cluster of a scenario: what it is, who its members are, how long its past.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::ScenarioError;
use super::logs::LogsPlan;
use super::names::ClusterName;

/// AWS's greatest window, 72 h.
const MAX_WINDOW_S: u32 = 259_200;
/// The past that is written when the lab starts, at most: it is all kept in memory.
const MAX_HISTORY_S: u32 = 30 * 86_400;
const MAX_ORDERS_PER_SECOND: u32 = 100;

/// One `[[cluster]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ClusterPlan {
    pub(crate) id: ClusterName,
    pub(crate) engine: String,
    pub(crate) engine_version: String,
    pub(crate) engine_mode: String,
    /// The cluster's status while no rewind changes it.
    pub(crate) status: String,
    /// Age at the start of the lab, in seconds.
    pub(crate) age_s: u32,
    /// Target window in seconds; 0: backtrack is off.
    pub(crate) window_s: u32,
    /// `OFF`, `ROW`, `STATEMENT`, `MIXED`.
    pub(crate) binlog_format: String,
    pub(crate) global_cluster: Option<String>,
    pub(crate) replication_source: Option<String>,
    pub(crate) read_replicas: Vec<String>,
    pub(crate) clone_group: Option<String>,
    pub(crate) secret_arn: Option<String>,
    /// The secret was rotated so many seconds before the start of the lab.
    pub(crate) secret_rotated_ago_s: Option<u32>,
    pub(crate) deletion_protection: bool,
    pub(crate) tags: BTreeMap<String, String>,
    /// Empty: a writer and a reader, named after the cluster.
    pub(crate) member: Vec<MemberPlan>,
    /// For how long orders were taken before the start, in seconds.
    pub(crate) history_s: u32,
    /// Least and greatest number of orders in a second.
    pub(crate) orders_per_second: [u32; 2],
    /// Instants at which heavy writes cost part of the window.
    pub(crate) earliest_jumps: Vec<EarliestJump>,
    /// So many seconds after the start (before it: negative) the first reader stops being the writer; none: nobody fails over.
    pub(crate) failed_over_s: Option<i32>,
    pub(crate) logs: LogsPlan,
}

/// One `[[cluster.member]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPlan {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) writer: bool,
    #[serde(default = "MemberPlan::default_class")]
    pub(crate) class: String,
    #[serde(default = "MemberPlan::default_status")]
    pub(crate) status: String,
}

/// `after_s` from the start of the lab, nothing older than `keep_s` can be reached any more.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EarliestJump {
    pub(crate) after_s: u32,
    pub(crate) keep_s: u32,
}

impl MemberPlan {
    fn default_class() -> String {
        "db.r6g.large".to_owned()
    }

    fn default_status() -> String {
        "available".to_owned()
    }

    fn named(id: String, writer: bool) -> Self {
        Self {
            id,
            writer,
            class: Self::default_class(),
            status: Self::default_status(),
        }
    }
}

impl Default for ClusterPlan {
    fn default() -> Self {
        Self {
            id: ClusterName::drill(),
            engine: "aurora-mysql".to_owned(),
            engine_version: "8.0.mysql_aurora.3.10.0".to_owned(),
            engine_mode: "provisioned".to_owned(),
            status: "available".to_owned(),
            age_s: 30 * 86_400,
            window_s: 86_400,
            binlog_format: "OFF".to_owned(),
            global_cluster: None,
            replication_source: None,
            read_replicas: Vec::new(),
            clone_group: None,
            secret_rotated_ago_s: None,
            secret_arn: None,
            deletion_protection: true,
            tags: BTreeMap::from([("environment".to_owned(), "drill".to_owned())]),
            member: Vec::new(),
            history_s: 3 * 3_600 + 600,
            orders_per_second: [1, 3],
            earliest_jumps: Vec::new(),
            failed_over_s: None,
            logs: LogsPlan::default(),
        }
    }
}

impl ClusterPlan {
    /// The members, the writer and reader of the default when none is given.
    pub(crate) fn members(&self) -> Vec<MemberPlan> {
        if self.member.is_empty() {
            let id = self.id.as_str();
            return vec![
                MemberPlan::named(format!("{id}-1"), true),
                MemberPlan::named(format!("{id}-2"), false),
            ];
        }
        self.member.clone()
    }

    pub(super) fn check(&self) -> Result<(), ScenarioError> {
        let [least, most] = self.orders_per_second;
        let limits = [
            ("window_s", self.window_s, MAX_WINDOW_S),
            ("history_s", self.history_s, MAX_HISTORY_S),
            ("orders_per_second", most, MAX_ORDERS_PER_SECOND),
        ];
        for (key, value, limit) in limits {
            if value > limit {
                return Err(self.wrong(key, format!("expected at most {limit}, got {value}")));
            }
        }
        if least == 0 || least > most {
            let got = format!("expected [least, most] with 1 <= least <= most, got [{least}, {most}]");
            return Err(self.wrong("orders_per_second", got));
        }
        let writers = self.members().iter().filter(|member| member.writer).count();
        if writers > 1 {
            return Err(self.wrong("member", format!("expected at most one writer, got {writers}")));
        }
        Ok(())
    }

    fn wrong(&self, key: &str, message: String) -> ScenarioError {
        ScenarioError::together(format!("cluster {}: {key}", self.id.as_str()), message)
    }
}
