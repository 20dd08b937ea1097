//! One Aurora cluster: what it is, its members, its backtracks and its storage.
//!
//! It is moved up to an instant by [`Cluster::advance`] and then asked. Whether a request is allowed is
//! not its business.

mod copy;

use std::collections::BTreeMap;

use super::audit::Trail;
use super::backtrack::{Backtrack, Fate, Role};
use super::data::{DataError, DataPlane, HurtKind};
use super::identity::{resource_id, secret_arn};
use super::moment::Moment;
use super::orders::OrderFlow;
use super::scenario::{ClusterPlan, Nearest, RewindPlan};
use super::timeline::Timeline;

pub(crate) use copy::{CloneOrder, Groups, Life};

/// Statuses in which nobody can connect.
const CLOSED: [&str; 9] = [
    "cloning-failed",
    "creating",
    "deleting",
    "inaccessible-encryption-credentials",
    "inaccessible-encryption-credentials-recoverable",
    "migrating",
    "starting",
    "stopped",
    "stopping",
];
/// Kept beyond the window, so that a look at its edge still finds something.
const SLACK_S: i64 = 3_600;

/// An instance of a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) role: Role,
    pub(crate) class: String,
    pub(crate) resource_id: String,
    pub(crate) life: Life,
    /// Its own tags; without any it has those of its cluster.
    pub(crate) tags: BTreeMap<String, String>,
    status: String,
}

impl Member {
    pub(crate) fn is_writer(&self) -> bool {
        self.role == Role::Writer
    }
}

/// A cluster and everything in it.
pub(crate) struct Cluster {
    pub(crate) plan: ClusterPlan,
    pub(crate) resource_id: String,
    pub(crate) created: Moment,
    pub(crate) members: Vec<Member>,
    pub(crate) backtracks: Vec<Backtrack>,
    /// What was run on it, for the audit log; no rewind takes it back.
    pub(crate) audit: Trail,
    /// Receipts printed since the beginning; no rewind takes them back.
    pub(crate) receipts: u64,
    /// Orders that the database did not take.
    pub(crate) refused: u64,
    pub(crate) groups: Groups,
    pub(crate) life: Life,
    /// The cluster whose clone it is; the shop writes to no clone.
    pub(crate) clone_of: Option<String>,
    /// A snapshot is taken of it until then.
    pub(crate) backing_up_until: Option<Moment>,
    rewind: RewindPlan,
    started: Moment,
    data: Box<dyn DataPlane>,
    flow: OrderFlow,
    /// The instant up to which orders were placed.
    reached: Moment,
}

impl Cluster {
    /// A cluster with its whole past, at the start of the lab.
    pub(crate) fn new(plan: ClusterPlan, rewind: RewindPlan, seed: u64, started: Moment) -> Self {
        let created = created(&plan, started);
        let genesis = started.floor_s().plus_s(-i64::from(plan.history_s)).max(created);
        let data = Box::new(Timeline::new(created, rewind.after_new_writes));
        let mut cluster = Self::on(data, plan, rewind, seed, started);
        cluster.flow.genesis = genesis;
        cluster.reached = genesis.plus_ms(-1);
        cluster.place_orders(started, true);
        cluster
    }

    /// A cluster on storage that has no past: its history starts with the lab.
    pub(crate) fn on(
        data: Box<dyn DataPlane>,
        plan: ClusterPlan,
        rewind: RewindPlan,
        seed: u64,
        started: Moment,
    ) -> Self {
        let [least, most] = plan.orders_per_second;
        let created = created(&plan, started);
        let members = plan.members().into_iter().map(|member| Member {
            id: member.id,
            role: if member.writer { Role::Writer } else { Role::Reader },
            class: member.class,
            resource_id: resource_id("db"),
            life: Life::since(created),
            tags: BTreeMap::new(),
            status: member.status,
        });
        Self {
            resource_id: resource_id("cluster"),
            created,
            members: members.collect(),
            backtracks: Vec::new(),
            audit: Trail::default(),
            receipts: 0,
            refused: 0,
            groups: Groups::of_a_scenario(plan.id.as_str()),
            life: Life::since(created),
            clone_of: None,
            backing_up_until: None,
            started,
            data,
            flow: OrderFlow {
                seed,
                genesis: started.floor_s(),
                least,
                most,
            },
            reached: started,
            rewind,
            plan,
        }
    }

    pub(crate) fn id(&self) -> &str {
        self.plan.id.as_str()
    }

    /// Lets everything happen that happens until `now`, in order.
    pub(crate) fn advance(&mut self, now: Moment, paused: bool) {
        let paused = paused || self.clone_of.is_some();
        while self.reached < now {
            self.move_data_until(self.reached);
            let next = self.next_turn(now);
            if !paused {
                self.place_orders(next, self.database_open(self.reached));
            }
            self.reached = next;
            self.move_data_until(next);
        }
        self.move_data_until(now);
        if self.backtracks.last().is_none_or(|last| last.settled(now)) {
            let window_s = i64::from(self.plan.window_s);
            self.data.forget_before(now.plus_s(-window_s - SLACK_S));
        }
        let kept = i64::from(self.plan.logs.keep_s) + i64::from(self.plan.logs.rotate_s);
        self.audit.forget_before(now.plus_s(-kept - SLACK_S));
    }

    /// The next instant at which the data moves or the database opens or closes; `now` when there is none.
    fn next_turn(&self, now: Moment) -> Moment {
        let turns = self.backtracks.iter().rev().take(2).flat_map(|backtrack| {
            let (stops, back) = backtrack.outage(Role::Writer);
            [Some(stops), back, backtrack.move_due()].into_iter().flatten()
        });
        turns.filter(|turn| *turn > self.reached).fold(now, Moment::min)
    }

    fn place_orders(&mut self, until: Moment, open: bool) {
        let Self {
            flow,
            data,
            receipts,
            refused,
            reached,
            audit,
            plan,
            started,
            ..
        } = self;
        let kept = started.plus_s(-i64::from(plan.logs.keep_s));
        flow.between(*reached, until, |order| {
            let taken = open && data.take(order).is_ok();
            if taken {
                *receipts += 1;
            } else {
                *refused += 1;
            }
            if plan.logs.audit && open && order.at >= kept {
                audit.order(order, taken);
            }
        });
        self.reached = until;
    }

    fn move_data_until(&mut self, now: Moment) {
        for backtrack in &mut self.backtracks {
            let Some(due) = backtrack.move_due().filter(|due| *due <= now) else {
                continue;
            };
            match self.data.rewind(backtrack.effective, due) {
                Ok(()) => backtrack.note_moved(),
                Err(
                    DataError::NoTable | DataError::NoServer | DataError::Forgotten | DataError::Engine(_),
                ) => {
                    backtrack.note_lost();
                }
            }
        }
    }

    /// Starts a backtrack at `now`. The caller has made sure that it is allowed.
    pub(crate) fn start_backtrack(&mut self, requested: Moment, fate: Fate, now: Moment) -> &mut Backtrack {
        let off_ms = i64::from(self.rewind.nearest_s) * 1_000;
        let nearest = match self.rewind.nearest {
            Nearest::Exact => requested,
            Nearest::Before => requested
                .plus_ms(-off_ms)
                .max(self.earliest(now).unwrap_or(requested)),
            Nearest::After => requested.plus_ms(off_ms).min(now),
        };
        self.backtracks.push(Backtrack::accepted(
            now,
            requested,
            self.data.nearest(nearest),
            fate,
            self.rewind.clone(),
        ));
        let last = self.backtracks.len() - 1;
        &mut self.backtracks[last]
    }

    /// The earliest instant that can be gone back to; none while backtrack is off.
    pub(crate) fn earliest(&self, now: Moment) -> Option<Moment> {
        if self.plan.window_s == 0 {
            return None;
        }
        let by_window = now.plus_s(-i64::from(self.plan.window_s)).max(self.created);
        let kept = self.data.earliest().into_iter();
        let jumps = self
            .earliest_jumps()
            .filter(|(at, _)| *at <= now)
            .map(|(_, earliest)| earliest);
        Some(jumps.chain(kept).fold(by_window, Moment::max))
    }

    /// When heavy writes cost part of the window, and the earliest instant since.
    pub(crate) fn earliest_jumps(&self) -> impl Iterator<Item = (Moment, Moment)> {
        self.plan.earliest_jumps.iter().map(|jump| {
            let at = self.started.plus_s(i64::from(jump.after_s));
            (at, at.plus_s(-i64::from(jump.keep_s)))
        })
    }

    pub(crate) fn status(&self, now: Moment) -> &str {
        if self
            .backtracks
            .iter()
            .any(|backtrack| backtrack.closes_cluster(now))
        {
            return "backtracking";
        }
        if let Some(status) = self.life.status(now) {
            return status;
        }
        if self.backing_up_until.is_some_and(|until| now < until) {
            return "backing-up";
        }
        &self.plan.status
    }

    pub(crate) fn member_status<'a>(&'a self, member: &'a Member, now: Moment) -> &'a str {
        if self
            .backtracks
            .iter()
            .any(|backtrack| backtrack.closes_member(member.role, now))
        {
            return "backtracking";
        }
        member.life.status(now).unwrap_or(&member.status)
    }

    /// Whether another backtrack holds the cluster.
    pub(crate) fn backtrack_under_way(&self, now: Moment) -> bool {
        self.backtracks
            .iter()
            .any(|backtrack| backtrack.holds_cluster(now))
    }

    /// Whether an application can connect to the writer.
    pub(crate) fn database_open(&self, now: Moment) -> bool {
        let rewinding = self
            .backtracks
            .iter()
            .any(|backtrack| backtrack.closes_member(Role::Writer, now));
        let takes_part = |member: &Member| member.is_writer() && member.life.status(now).is_none();
        let clone_without_writer = self.clone_of.is_some() && !self.members.iter().any(takes_part);
        !rewinding && !clone_without_writer && !CLOSED.contains(&self.status(now))
    }

    pub(crate) fn data(&self) -> &dyn DataPlane {
        self.data.as_ref()
    }

    /// Commits a careless statement, and says when.
    /// Lets another service hold connections to it.
    pub(crate) fn pool(&mut self, connections: u32) -> Result<(), DataError> {
        self.data.pool(connections)
    }

    /// The secret in which the master user's password is: a scenario's, or that of a real server.
    pub(crate) fn secret_arn(&self, region: &str) -> Option<String> {
        let own = || secret_arn(region, &self.resource_id);
        let served = self.data.login().map(|_| own());
        self.plan.secret_arn.clone().or(served)
    }

    /// When that secret was last rotated; none: never.
    pub(crate) fn secret_rotated(&self) -> Option<Moment> {
        let ago = self.plan.secret_rotated_ago_s?;
        Some(self.started.plus_s(-i64::from(ago)))
    }

    pub(crate) fn hurt(&mut self, kind: HurtKind, at: Moment) -> Result<Moment, DataError> {
        let done = self.data.hurt(kind, at)?;
        if self.plan.logs.audit {
            self.audit.typed(kind.statement(), at, done);
        }
        Ok(done)
    }

    /// The first instant of which the lab knows anything.
    pub(crate) fn history_began(&self) -> Moment {
        self.flow.genesis.max(self.created)
    }

    pub(crate) fn seed(&self) -> u64 {
        self.flow.seed
    }

    /// When another instance became the writer, where the scenario has a failover.
    pub(crate) fn failed_over(&self) -> Option<Moment> {
        let after = self.plan.failed_over_s.filter(|_| self.clone_of.is_none())?;
        Some(self.started.plus_s(i64::from(after)))
    }

    /// The instance that was the writer at an instant: before a failover, the first of the others.
    pub(crate) fn writer_at(&self, at: Moment) -> Option<&str> {
        let before = self.failed_over().is_some_and(|failover| at < failover);
        let was = |member: &&Member| member.is_writer() != before;
        self.members.iter().find(was).map(|member| member.id.as_str())
    }

    /// The instant that the database shows: where a rewind put it, and now once there are new writes.
    pub(crate) fn head(&self, now: Moment) -> Moment {
        self.data.standing_at().unwrap_or(now)
    }
}

/// When a cluster of this plan was created, in a lab that starts at `started`.
fn created(plan: &ClusterPlan, started: Moment) -> Moment {
    started.floor_s().plus_s(-i64::from(plan.age_s))
}

#[cfg(test)]
mod tests;
