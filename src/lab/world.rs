//! Everything that exists in a lab at one instant.
//!
//! Nothing ticks: [`World::advance`] lets happen what happened since the last look. The world reads no clock
//! and knows nothing of HTTP.

use super::calls::Calls;
use super::cluster::{Cluster, Member};
use super::data::{DataError, DataPlane, HurtKind};
use super::faults::Faults;
use super::fleet::Fleet;
use super::moment::Moment;
use super::scenario::{ClusterPlan, Scenario, SkewReach, Stamps};
use super::seed::draw;
use super::shop::Shop;
use super::snapshot::Snapshot;

/// What `draw` is asked for, so that two clusters do not take the same orders.
const CLUSTER_SEED: u64 = 100;

/// The lab's world.
pub(crate) struct World {
    pub(crate) scenario: Scenario,
    pub(crate) seed: u64,
    pub(crate) started: Moment,
    /// The scenario's first, in its order; then clones, oldest first.
    pub(crate) clusters: Vec<Cluster>,
    /// Manual snapshots, oldest first.
    pub(crate) snapshots: Vec<Snapshot>,
    /// Clusters that are only described.
    pub(crate) fleet: Option<Fleet>,
    pub(crate) shop: Shop,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    now: Moment,
    skew_s: i64,
}

/// Why a statement was not committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StatementError {
    #[error("the database takes no connections: the cluster is {0:?}")]
    Closed(&'static str),
    #[error(transparent)]
    Data(#[from] DataError),
}

impl World {
    /// The world at the start of the lab.
    pub(crate) fn new(scenario: Scenario, seed: u64, started: Moment) -> Self {
        let clusters = (0_u64..).zip(&scenario.cluster).map(|(number, plan)| {
            let seed = draw(seed, CLUSTER_SEED, number);
            Cluster::new(plan.clone(), scenario.rewind.clone(), seed, started)
        });
        let clusters = clusters.collect();
        Self::of(clusters, scenario, seed, started)
    }

    /// The world on storage of another kind, one for each cluster of the scenario.
    pub(crate) fn on(
        storage: Vec<Box<dyn DataPlane>>,
        scenario: Scenario,
        seed: u64,
        started: Moment,
    ) -> Self {
        let planned = (0_u64..).zip(&scenario.cluster).zip(storage);
        let clusters = planned.map(|((number, plan), data)| {
            let seed = draw(seed, CLUSTER_SEED, number);
            // It has no past: it is as old as its history.
            let plan = ClusterPlan {
                age_s: 0,
                ..plan.clone()
            };
            Cluster::on(data, plan, scenario.rewind.clone(), seed, started)
        });
        let clusters = clusters.collect();
        Self::of(clusters, scenario, seed, started)
    }

    fn of(clusters: Vec<Cluster>, scenario: Scenario, seed: u64, started: Moment) -> Self {
        let mut faults = Faults::default();
        faults.replace(scenario.fault.clone());
        Self {
            clusters,
            snapshots: Vec::new(),
            fleet: scenario.fleet.clone().map(|plan| Fleet::new(plan, started)),
            shop: Shop::new(scenario.paused),
            faults,
            calls: Calls::default(),
            now: started,
            skew_s: 0,
            started,
            seed,
            scenario,
        }
    }

    /// Lets everything happen until `now`. An earlier instant than the last one changes nothing.
    pub(crate) fn advance(&mut self, now: Moment) {
        self.now = self.now.max(now);
        for cluster in &mut self.clusters {
            cluster.advance(self.now, self.shop.paused());
        }
        let now = self.now;
        self.clusters.retain_mut(|cluster| !cluster.is_gone(now));
    }

    pub(crate) fn now(&self) -> Moment {
        self.now
    }

    pub(crate) fn set_skew_s(&mut self, skew_s: i64) {
        self.skew_s = skew_s;
    }

    /// How far the control plane's own reckoning is from the lab's time, in seconds.
    fn service_skew_s(&self) -> i64 {
        match self.scenario.service.skew {
            SkewReach::Date => 0,
            SkewReach::Service => self.skew_s,
        }
    }

    /// The lab's instant that the service calls `told`.
    pub(crate) fn lab_time_of(&self, told: Moment) -> Moment {
        told.plus_s(-self.service_skew_s())
    }

    /// An instant as the API writes it.
    pub(crate) fn stamp(&self, at: Moment) -> String {
        let told = at.plus_s(self.service_skew_s());
        match self.scenario.service.stamps {
            Stamps::Seconds => told.rfc3339_s(),
            Stamps::Milliseconds => told.rfc3339_ms(),
        }
    }

    /// A target as a record echoes it: whole seconds without a fraction, as published records have it.
    pub(crate) fn target_stamp(&self, at: Moment) -> String {
        if at.is_whole_second() {
            at.plus_s(self.service_skew_s()).rfc3339_s()
        } else {
            self.stamp(at)
        }
    }

    /// The cluster of this name, in whatever letters.
    pub(crate) fn cluster(&self, id: &str) -> Option<&Cluster> {
        self.clusters
            .iter()
            .find(|cluster| cluster.id().eq_ignore_ascii_case(id))
    }

    pub(crate) fn cluster_mut(&mut self, id: &str) -> Option<&mut Cluster> {
        self.clusters
            .iter_mut()
            .find(|cluster| cluster.id().eq_ignore_ascii_case(id))
    }

    /// The cluster named, or the shop's own when none is.
    pub(crate) fn cluster_or_first(&self, id: Option<&str>) -> Option<&Cluster> {
        match id {
            Some(id) => self.cluster(id),
            None => self.clusters.first(),
        }
    }

    /// Every instance, with its cluster.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&Cluster, &Member)> {
        self.clusters
            .iter()
            .flat_map(|cluster| cluster.members.iter().map(move |member| (cluster, member)))
    }

    /// Opens or closes the shop now.
    pub(crate) fn set_paused(&mut self, paused: bool) {
        self.shop.set_paused(paused, self.now);
    }

    /// Runs a careless statement now, on the cluster named or the first. None: no such cluster.
    pub(crate) fn hurt(
        &mut self,
        id: Option<&str>,
        kind: HurtKind,
    ) -> Option<Result<Moment, StatementError>> {
        let now = self.now;
        let cluster = match id {
            Some(id) => self.cluster_mut(id)?,
            None => self.clusters.first_mut()?,
        };
        if !cluster.database_open(now) {
            let why = if cluster.status(now) == "backtracking" {
                "backtracking"
            } else {
                "not available"
            };
            return Some(Err(StatementError::Closed(why)));
        }
        Some(cluster.hurt(kind, now).map_err(StatementError::from))
    }
}

#[cfg(test)]
mod tests;
