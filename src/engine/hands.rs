//! What the engine may use, chosen at the composition root.

use super::outcome::Later;
use crate::domain::inspection::Surroundings;
use crate::domain::time_text::DisplayZone;
use crate::ports::{
    Application, Backtracker, Clock, ClusterReads, Copies, Database, Interrupts, Operator, Sessions, View,
};

/// What can change the world. A rehearsal is built without.
pub enum Hands<'a> {
    /// Nothing can be changed: there is no adapter that could.
    Tied,
    /// A live run, or a drill.
    Free {
        /// The one call.
        backtracker: &'a dyn Backtracker,
        /// The application's commands and checks.
        application: &'a dyn Application,
        /// Safety copies.
        copies: &'a dyn Copies,
        /// What ends sessions; none where the runbook does not say how to reach the database.
        sessions: Option<&'a dyn Sessions>,
    },
}

/// Every port of one run.
pub struct World<'a> {
    /// Reads of the service.
    pub reads: &'a dyn ClusterReads,
    /// What can change it.
    pub hands: Hands<'a>,
    /// Reads by SQL; none where the runbook does not say how to reach the database.
    pub database: Option<&'a dyn Database>,
    /// Who answers.
    pub operator: &'a dyn Operator,
    /// Time.
    pub clock: &'a dyn Clock,
    /// Who listens.
    pub view: &'a dyn View,
    /// Signals.
    pub interrupts: &'a dyn Interrupts,
    /// Facts of this machine.
    pub surroundings: Surroundings,
    /// What later commands can do with this run.
    pub later: Later,
    /// In which zone times are shown besides UTC.
    pub zone: DisplayZone,
    /// How long a backtrack took in recorded runs, in seconds.
    pub estimate_s: Option<i64>,
}
