//! The values of the variables that commands receive.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain::runbook::Variable;

/// What stays the same throughout a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variables {
    /// The path of this program.
    pub bin: String,
    /// The endpoint of the lab, for a run on one.
    pub lab: Option<String>,
    /// The run's id.
    pub run: String,
    /// The cluster's id.
    pub cluster: String,
    /// `live`, `rehearsal` or `drill`.
    pub mode: String,
}

/// What is known at the moment of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The phase of the run.
    pub phase: String,
    /// The instant that was asked for, once it is known.
    pub target: Option<DateTime<Utc>>,
    /// The instant that was reached, once it is known.
    pub effective: Option<DateTime<Utc>>,
}

impl Variables {
    /// The value of a variable; `None` when it is unset. Without a moment, only what stays the same.
    pub(super) fn value(&self, variable: Variable, moment: Option<&Moment>) -> Option<String> {
        let instant = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        match variable {
            Variable::Bin => Some(self.bin.clone()),
            Variable::Lab => self.lab.clone(),
            Variable::Run => Some(self.run.clone()),
            Variable::Cluster => Some(self.cluster.clone()),
            Variable::Mode => Some(self.mode.clone()),
            Variable::Phase => moment.map(|moment| moment.phase.clone()),
            Variable::Target => moment.and_then(|moment| moment.target).map(instant),
            Variable::Effective => moment.and_then(|moment| moment.effective).map(instant),
        }
    }
}
