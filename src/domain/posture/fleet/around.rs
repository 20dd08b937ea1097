//! What lists of a Region tell beside its clusters.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::alarms::Alarm;
use super::live::LiveCluster;
use crate::domain::event::ReadFailure;
use crate::domain::known::Known;

/// Everything that was read of one Region through one profile.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The profile; none for the usual one.
    pub profile: Option<String>,
    /// Region.
    pub region: String,
    /// Its clusters, as far as they were read.
    pub clusters: Vec<LiveCluster>,
    /// Why the list of clusters is not whole.
    pub unread: Option<ReadFailure>,
    /// The rest.
    pub around: Around,
}

/// What each service said, or why it did not: a failure of one makes its own facts unknown and no others.
#[derive(Clone, Debug)]
pub struct Around {
    /// Global databases: a member's ARN in lower case, and the global database's id.
    pub globals: Known<BTreeMap<String, String>>,
    /// Alarms on the window's metrics.
    pub alarms: Known<Vec<Alarm>>,
    /// Upgrades in place in the past 14 days, by cluster id in lower case.
    pub upgrades: Known<BTreeMap<String, DateTime<Utc>>>,
    /// What persons set in custom parameter groups, by name.
    pub groups: BTreeMap<String, Known<Parameters>>,
    /// When AWS lists the last backtrack of a cluster, by id; only what was asked for.
    pub backtracks: BTreeMap<String, Known<Option<DateTime<Utc>>>>,
}

/// What decides, of a parameter group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// `binlog_format` is set, and not to OFF.
    pub binlog: bool,
    /// `aurora_enhanced_binlog` = 1.
    pub enhanced_binlog: bool,
}

impl Around {
    /// Nothing was asked.
    pub fn unasked(why: &str) -> Self {
        Self {
            globals: Known::Unknown(why.to_owned()),
            alarms: Known::Unknown(why.to_owned()),
            upgrades: Known::Unknown(why.to_owned()),
            groups: BTreeMap::new(),
            backtracks: BTreeMap::new(),
        }
    }

    /// Whether a group turns binlog on. AWS's own groups leave it off, and cannot be changed: they need no call.
    pub fn parameters(&self, cluster: &LiveCluster) -> Known<Parameters> {
        match &cluster.parameter_group {
            None => Known::Unknown("the cluster names no parameter group".to_owned()),
            Some(group) if is_default(group) => Known::Known(Parameters::default()),
            Some(group) => self
                .groups
                .get(group)
                .cloned()
                .unwrap_or_else(|| Known::Unknown(format!("parameter group {group} was not read"))),
        }
    }

    /// The global database that a cluster belongs to, by its own word or the list's, which goes by ARNs.
    pub fn global_of(&self, cluster: &LiveCluster) -> Known<Option<String>> {
        match (&cluster.global_cluster, &self.globals) {
            (Some(own), _) => Known::Known(Some(own.clone())),
            (None, Known::Unknown(why)) => Known::Unknown(why.clone()),
            (None, Known::Known(globals)) if cluster.arn.is_empty() && !globals.is_empty() => Known::Unknown(
                "AWS left DBClusterArn out, by which members of global databases are listed".to_owned(),
            ),
            (None, Known::Known(globals)) => {
                Known::Known(globals.get(&cluster.arn.to_ascii_lowercase()).cloned())
            }
        }
    }
}

/// True for a group that AWS made: `default.aurora-mysql8.0`.
pub fn is_default(group: &str) -> bool {
    group.to_ascii_lowercase().starts_with("default.")
}

/// The oldest cluster of each clone group: the others are clones, of it or of one another.
#[derive(Clone, Debug, Default)]
pub struct Neighbours<'a> {
    oldest: BTreeMap<&'a str, &'a LiveCluster>,
    sizes: BTreeMap<&'a str, usize>,
}

impl<'a> Neighbours<'a> {
    /// Of the clusters of one Region.
    pub fn of(clusters: &'a [LiveCluster]) -> Self {
        let mut neighbours = Self::default();
        for cluster in clusters {
            let Some(group) = cluster.clone_group.as_deref() else {
                continue;
            };
            *neighbours.sizes.entry(group).or_default() += 1;
            let oldest = neighbours.oldest.entry(group).or_insert(cluster);
            if cluster.created < oldest.created {
                *oldest = cluster;
            }
        }
        neighbours
    }

    /// True where it is the source of clones that are listed; a cluster alone in its group may be a clone of one that is not.
    pub fn is_source(&self, cluster: &LiveCluster) -> bool {
        let Some(group) = cluster.clone_group.as_deref() else {
            return false;
        };
        let several = self.sizes.get(group).is_some_and(|size| *size > 1);
        several
            && self
                .oldest
                .get(group)
                .is_some_and(|oldest| oldest.id == cluster.id)
    }
}
