//! The application that is paused and resumed, as a runbook describes it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::event::Done;
use crate::domain::phase::Phase;
use crate::domain::runbook::{Check, Command};
use crate::domain::search::Said;

/// What a runbook's command may know of the run.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Where the run is.
    pub phase: Phase,
    /// The target, when it is known.
    pub target: Option<DateTime<Utc>>,
    /// The reported effective time, after a hop.
    pub effective: Option<DateTime<Utc>>,
}

/// Runs commands and machine-made checks of a runbook. Questions to a person are the operator's.
#[async_trait(?Send)]
pub trait Application {
    /// Waits until no command lives that an earlier process of this run started. Changes nothing, and may be dropped.
    ///
    /// # Errors
    /// What still lives, once it had all the time that it was given; or why that cannot be known.
    async fn alone(&self) -> Result<(), String>;
    /// Runs a step's command to its end or its timeout.
    async fn run(&self, command: &Command, moment: &Moment) -> Done;
    /// Runs the probe of a search to its end or its timeout: what its exit code means to `git bisect run`. One that hung, could
    /// not be started or was ended by a signal is a stop, and never bad.
    async fn ask(&self, command: &Command, moment: &Moment) -> Said;
    /// Runs a command or HTTP check once. A question is `Nobody`.
    async fn check(&self, check: &Check, moment: &Moment) -> Done;
}
