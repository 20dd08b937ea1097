//! The safety copy of a hop: a clone or a snapshot of the present, taken before the data is moved.
//!
//! Its name follows from cluster, run and hop, so that a step that is taken twice finds its own copy and makes no second
//! one. Words and names only: nothing is asked here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::run_id::RunId;
use super::target::wire;

mod left;
mod noted;

pub use left::LeftBehind;
pub use noted::{Noted, Part};

/// The tag whose value says what it is.
pub const TAG_WHAT: &str = "backtrackctl:what";
/// The tag whose value is the run's id: what bears it is ours.
pub const TAG_RUN: &str = "backtrackctl:run";
/// The tag whose value is the cluster that it is a copy of.
pub const TAG_SOURCE: &str = "backtrackctl:source";
/// The tag whose value is when it was asked for, by the service's clock.
pub const TAG_MADE_AT: &str = "backtrackctl:made-at";

/// RDS takes 63 characters; the instance of a clone has two more than the clone.
const LONGEST: usize = 61;

/// What kind of copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// A copy-on-write clone: a cluster of its own.
    Clone,
    /// A manual cluster snapshot.
    Snapshot,
}

impl CopyKind {
    /// The item's name in the inventory.
    pub fn item(self) -> &'static str {
        match self {
            Self::Clone => "safety clone",
            Self::Snapshot => "safety snapshot",
        }
    }

    /// The action of the API that makes it.
    pub fn action(self) -> &'static str {
        match self {
            Self::Clone => "RestoreDBClusterToPointInTime",
            Self::Snapshot => "CreateDBClusterSnapshot",
        }
    }
}

/// What a runbook asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CopyPlan {
    /// Clone or snapshot.
    pub kind: CopyKind,
    /// Class of an instance, so that a clone can be asked; none: a clone without.
    pub instance: Option<String>,
}

/// One copy of one run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SafetyCopy {
    /// `DBClusterIdentifier` of the clone, or `DBClusterSnapshotIdentifier`.
    pub id: String,
    /// The cluster that it is a copy of.
    pub source: String,
    /// Whose it is.
    pub run: RunId,
    /// The hop before which it is taken.
    pub hop: u32,
    /// What was asked for.
    pub plan: CopyPlan,
    /// How often its step was begun: more than once, and an earlier process may have asked for it.
    pub begun: u32,
    /// What is known of it.
    pub stands: Stands,
    /// What was noted of its parts; none: nothing, or by a version of this program that noted nothing.
    pub noted: Option<Noted>,
}

/// What the journal knows of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stands {
    /// Its step was begun: it may exist.
    MayExist {
        /// Why its step ended badly; none while no end is recorded.
        why: Option<String>,
    },
    /// It was seen to be available.
    Exists,
}

impl SafetyCopy {
    /// The copy of `source` that `run` takes before its hop.
    pub fn of(source: &str, run: &RunId, hop: u32, plan: CopyPlan) -> Self {
        Self {
            id: name(source, run, hop),
            source: source.to_owned(),
            run: run.clone(),
            hop,
            plan,
            begun: 0,
            stands: Stands::MayExist { why: None },
            noted: None,
        }
    }

    /// Id of the clone's instance, where one is asked for.
    pub fn instance(&self) -> Option<String> {
        self.plan.instance.as_ref().map(|_| format!("{}-1", self.id))
    }

    /// What it is tagged with; `made` by the service's clock.
    pub fn tags(&self, made: DateTime<Utc>) -> [(&'static str, String); 4] {
        [
            (TAG_WHAT, self.plan.kind.item().to_owned()),
            (TAG_RUN, self.run.to_string()),
            (TAG_SOURCE, self.source.clone()),
            (TAG_MADE_AT, wire(made)),
        ]
    }

    /// Whether something with these tags is this very copy.
    pub fn is_marked_by<'t>(&self, tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> bool {
        let (mut run, mut source) = (false, false);
        for (key, value) in tags {
            run |= key == TAG_RUN && value == self.run.as_str();
            source |= key == TAG_SOURCE && value == self.source;
        }
        run && source
    }
}

/// `CLUSTER-before-RUN-HOP`, the cluster's name cut where RDS would not take the whole. A lab's mark, two hyphens in a
/// row, outlives the cut; no other name has them.
fn name(cluster: &str, run: &RunId, hop: u32) -> String {
    let cluster = cluster.to_ascii_lowercase();
    let ending = format!("-before-{run}-{hop}");
    let room = LONGEST.saturating_sub(ending.len());
    if cluster.len() <= room {
        return cluster + &ending;
    }
    let cut = |room: usize| {
        let kept = cluster.get(..cluster.floor_char_boundary(room));
        kept.unwrap_or_default().trim_end_matches('-').to_owned()
    };
    let mark = "--";
    if cluster.contains(mark) && !cut(room).contains(mark) {
        return cut(room.saturating_sub(1)) + "-" + &ending;
    }
    cut(room) + &ending
}

#[cfg(test)]
mod tests;
