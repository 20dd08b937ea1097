//! Requests to the world, in the imperative. The machine says which; the engine carries them out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The one dangerous call, as intended: durable in the journal before it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Intent {
    /// Which confirmed hop it belongs to, from 1.
    pub hop: u32,
    /// `DBClusterIdentifier`.
    pub cluster: String,
    /// `BacktrackTo`, whole seconds.
    pub to: DateTime<Utc>,
    /// `Force`; with the reason that the operator gave, never by itself.
    pub force: bool,
    /// When it was written, by the service's clock.
    pub intended_at: DateTime<Utc>,
    /// After this instant it is never sent: a process that was frozen and wakes late sends nothing.
    pub send_by: DateTime<Utc>,
    /// Ids of every backtrack seen before it: whatever is not among them came later.
    pub seen: Vec<String>,
}

/// Which way an item of the application goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Stop it.
    Pause,
    /// Open it again.
    Resume,
}

/// One request to the world.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "effect")]
pub enum Effect {
    /// Read everything that decisions depend on.
    Inspect,
    /// Run the runbook's step for an item. Changes the application.
    Step {
        /// Index into the inventory.
        item: usize,
        /// Pause or resume.
        way: Way,
    },
    /// See whether the item is stopped, or open again.
    Check {
        /// Index into the inventory.
        item: usize,
        /// What is expected.
        way: Way,
    },
    /// Call BacktrackDBCluster once. Changes the cluster.
    Send(Intent),
    /// List every backtrack and the cluster's status, to learn what became of an intent.
    Reconcile,
    /// Read our own record.
    Watch {
        /// `BacktrackIdentifier`.
        id: String,
    },
    /// Read the cluster, its members and every record, once our record says completed.
    Glance,
    /// Ask the probe of a search about what the cluster shows, once the gate has passed.
    Probe,
    /// Compare the effective time and run the runbook's probes.
    Verify,
}

impl Effect {
    /// True for effects that change the world: a durable intent goes before them, and a rehearsal has no adapter for them.
    pub fn mutates(&self) -> bool {
        match self {
            Self::Step { .. } | Self::Send(_) => true,
            Self::Inspect
            | Self::Check { .. }
            | Self::Reconcile
            | Self::Watch { .. }
            | Self::Glance
            | Self::Probe
            | Self::Verify => false,
        }
    }
}
