//! A clone: a cluster whose storage begins as a copy of another's. The shop never writes to it, and nothing older than
//! itself can be reached in it.

use std::collections::BTreeMap;

use super::super::audit::Trail;
use super::super::backtrack::Role;
use super::super::data::DataError;
use super::super::identity::resource_id;
use super::super::moment::Moment;
use super::super::orders::OrderFlow;
use super::super::scenario::{ClusterName, ClusterPlan};
use super::{Cluster, Member};

/// The groups that a cluster belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Groups {
    pub(crate) parameters: String,
    pub(crate) subnets: String,
    pub(crate) security: Vec<String>,
}

impl Groups {
    /// What a cluster has of which nothing else was said when it was made.
    pub(crate) fn of_the_account() -> Self {
        Self {
            parameters: "default.aurora-mysql8.0".to_owned(),
            subnets: "default".to_owned(),
            security: vec!["sg-0default0default0".to_owned()],
        }
    }

    /// What a cluster of a scenario has.
    pub(super) fn of_a_scenario(id: &str) -> Self {
        Self {
            parameters: format!("{id}-parameters"),
            subnets: "drill".to_owned(),
            security: vec!["sg-0d2111d2111d2111d".to_owned()],
        }
    }
}

/// When a cluster or an instance came to be, and when it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// From then on it is what it is to be.
    pub(crate) ready: Moment,
    /// It comes to nothing.
    pub(crate) fails: bool,
    /// When it is gone.
    pub(crate) gone: Option<Moment>,
}

impl Life {
    /// There since before anybody looked.
    pub(super) fn since(ready: Moment) -> Self {
        Self {
            ready,
            fails: false,
            gone: None,
        }
    }

    /// What is said of it in the place of its own status.
    pub(super) fn status(self, now: Moment) -> Option<&'static str> {
        if self.gone.is_some() {
            Some("deleting")
        } else if now < self.ready {
            Some("creating")
        } else if self.fails {
            Some("cloning-failed")
        } else {
            None
        }
    }
}

/// What a clone is to be, as it was asked for.
#[derive(Debug)]
pub(crate) struct CloneOrder {
    pub(crate) id: ClusterName,
    pub(crate) groups: Groups,
    pub(crate) window_s: u32,
    pub(crate) deletion_protection: bool,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) life: Life,
}

impl Cluster {
    /// A cluster of its own with the content of this one at `now`. Both have the same clone group from then on.
    ///
    /// # Errors
    /// The engine's: it cannot copy what it holds.
    pub(crate) fn cloned(&mut self, order: CloneOrder, now: Moment) -> Result<Self, DataError> {
        let data = self.data.copied(now)?;
        let group = self
            .plan
            .clone_group
            .get_or_insert_with(|| resource_id("clone-group"))
            .clone();
        let plan = ClusterPlan {
            id: order.id,
            status: "available".to_owned(),
            window_s: order.window_s,
            deletion_protection: order.deletion_protection,
            tags: order.tags,
            clone_group: Some(group),
            global_cluster: None,
            replication_source: None,
            read_replicas: Vec::new(),
            secret_arn: None,
            member: Vec::new(),
            earliest_jumps: Vec::new(),
            ..self.plan.clone()
        };
        Ok(Self {
            resource_id: resource_id("cluster"),
            created: now,
            members: Vec::new(),
            backtracks: Vec::new(),
            audit: Trail::default(),
            receipts: self.receipts,
            refused: 0,
            groups: order.groups,
            life: order.life,
            clone_of: Some(self.id().to_owned()),
            backing_up_until: None,
            rewind: self.rewind.clone(),
            started: self.started,
            data,
            flow: OrderFlow {
                genesis: now,
                ..self.flow.clone()
            },
            reached: now,
            plan,
        })
    }

    /// Adds an instance: the writer where there is none.
    pub(crate) fn add_member(
        &mut self,
        id: &str,
        class: &str,
        tags: BTreeMap<String, String>,
        ready: Moment,
    ) {
        let role = if self.members.iter().any(Member::is_writer) {
            Role::Reader
        } else {
            Role::Writer
        };
        self.members.push(Member {
            id: id.to_ascii_lowercase(),
            role,
            class: class.to_owned(),
            resource_id: resource_id("db"),
            status: "available".to_owned(),
            life: Life::since(ready),
            tags,
        });
    }

    /// Whether the cluster is gone by `now`; members that are gone leave it.
    pub(crate) fn is_gone(&mut self, now: Moment) -> bool {
        let gone = |life: Life| life.gone.is_some_and(|gone| gone <= now);
        self.members.retain(|member| !gone(member.life));
        gone(self.life)
    }
}
