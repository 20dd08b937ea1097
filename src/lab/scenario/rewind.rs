//! How a rewind goes: how long each step takes, and what AWS leaves open about its end.

use serde::Deserialize;

use super::error::ScenarioError;

/// The steps of a rewind in milliseconds from its acceptance, and the rules of its target. Table `[rewind]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RewindPlan {
    /// The record appears in the list.
    pub(crate) visible_ms: u32,
    /// `pending` becomes `applying`.
    pub(crate) applying_ms: u32,
    /// The cluster and its members say `backtracking`; from here on no order is taken.
    pub(crate) backtracking_ms: u32,
    /// The data moves: `BacktrackedFrom`.
    pub(crate) moves_ms: u32,
    /// How long after the move the record shows `BacktrackedFrom`.
    pub(crate) from_delay_ms: u32,
    /// The record says `completed` (or `failed`).
    pub(crate) completed_ms: u32,
    /// The cluster says `available`.
    pub(crate) cluster_ms: u32,
    /// The writer says `available`.
    pub(crate) writer_ms: u32,
    /// Every reader says `available`.
    pub(crate) readers_ms: u32,
    /// Which side of the target the "nearest consistent time" falls on.
    pub(crate) nearest: Nearest,
    /// By how much.
    pub(crate) nearest_s: u32,
    /// What `BacktrackTo` of the record shows.
    pub(crate) echo: Echo,
    /// What a target with a fraction of a second means.
    pub(crate) fractions: Fractions,
    /// What an instant of the undone stretch means once there are new writes.
    pub(crate) after_new_writes: AfterNewWrites,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Nearest {
    Exact,
    Before,
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Echo {
    Requested,
    Effective,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fractions {
    Honoured,
    Truncated,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AfterNewWrites {
    /// What the database showed at that instant, although it was undone later.
    OldHistory,
    /// The new branch, which has nothing there: the rewind's own target.
    KeptBranch,
}

impl Default for RewindPlan {
    fn default() -> Self {
        Self {
            visible_ms: 300,
            applying_ms: 450,
            backtracking_ms: 600,
            moves_ms: 1_200,
            from_delay_ms: 0,
            completed_ms: 2_500,
            cluster_ms: 3_000,
            writer_ms: 3_300,
            readers_ms: 3_800,
            nearest: Nearest::Exact,
            nearest_s: 0,
            echo: Echo::Requested,
            fractions: Fractions::Honoured,
            after_new_writes: AfterNewWrites::OldHistory,
        }
    }
}

impl RewindPlan {
    /// Refuses steps that could not follow each other.
    pub(super) fn check(&self) -> Result<(), ScenarioError> {
        let order = [
            ("applying_ms", self.applying_ms, "moves_ms", self.moves_ms),
            ("backtracking_ms", self.backtracking_ms, "moves_ms", self.moves_ms),
            ("moves_ms", self.moves_ms, "completed_ms", self.completed_ms),
            ("moves_ms", self.moves_ms, "cluster_ms", self.cluster_ms),
            ("moves_ms", self.moves_ms, "writer_ms", self.writer_ms),
            ("moves_ms", self.moves_ms, "readers_ms", self.readers_ms),
        ];
        for (early, early_ms, late, late_ms) in order {
            if early_ms > late_ms {
                return Err(ScenarioError::together(
                    format!("rewind.{early}"),
                    format!("expected at most {late} ({late_ms}), got {early_ms}"),
                ));
            }
        }
        Ok(())
    }
}
