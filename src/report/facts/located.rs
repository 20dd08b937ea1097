//! The statement that was undone, and what shows it.

use serde::Serialize;

use crate::domain::located::Located;
use crate::domain::plan::Plan;

/// What the run was opened with, and what of it no look could tell.
#[derive(Serialize)]
pub struct Statement {
    /// The choice, frozen with the run.
    #[serde(flatten)]
    pub located: Located,
    /// Why nothing verified by itself that its damage is gone; none where something did.
    pub unchecked: Option<String>,
}

impl Statement {
    /// Of a plan; none where the target was typed.
    pub fn of(plan: &Plan) -> Option<Self> {
        let located = plan.located.as_deref()?.clone();
        Some(Self {
            unchecked: located.unchecked(plan.runbook.database.is_some()),
            located,
        })
    }
}
