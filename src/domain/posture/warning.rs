//! What is to be known beside a verdict.

use serde::{Deserialize, Serialize};

/// One thing that does not change the verdict, and that somebody should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The binary log is on: a rewind needs `Force`, and consumers of the log part from the data.
    BinlogEnabled,
    /// What can be reached is less than what was asked for.
    ActualShorterThanTarget,
    /// What can be reached is next to nothing.
    ActualTiny,
    /// The cluster is younger than its window.
    WindowStillFilling,
    /// Its status, or a member's, refuses a rewind at this moment.
    NotAvailableNow,
    /// There is no instance to rewind with.
    NoInstances,
    /// A window below an hour: an incident is seldom seen so soon.
    WindowBelowHour,
    /// A clone cannot be rewound to before it was made, nor have what its source has not.
    CloneDependsOnSource,
    /// AWS names a window and no earliest time: how far one gets is not known.
    EarliestUnknown,
    /// No instance is the writer.
    NoWriter,
    /// The engine was upgraded in place within the window: nothing before that can be reached.
    UpgradedWithinWindow,
    /// The value comes from a parameter or variable: this verdict is of its default.
    Parameterised,
    /// The value, or the resource, depends on a condition.
    Conditional,
    /// Setting the window to 0 is for good.
    IrreversibleDisable,
    /// The change makes another cluster.
    ReplacesCluster,
    /// Changes of the window are ignored by the template's own word.
    IgnoreChanges,
    /// A rule of another tool is suppressed here.
    Suppressed,
}

impl Warning {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BinlogEnabled => "binlog_enabled",
            Self::ActualShorterThanTarget => "actual_shorter_than_target",
            Self::ActualTiny => "actual_tiny",
            Self::WindowStillFilling => "window_still_filling",
            Self::NotAvailableNow => "not_available_now",
            Self::NoInstances => "no_instances",
            Self::WindowBelowHour => "window_below_hour",
            Self::CloneDependsOnSource => "clone_depends_on_source",
            Self::EarliestUnknown => "earliest_unknown",
            Self::NoWriter => "no_writer",
            Self::UpgradedWithinWindow => "upgraded_within_window",
            Self::Parameterised => "parameterised",
            Self::Conditional => "conditional",
            Self::IrreversibleDisable => "irreversible_disable",
            Self::ReplacesCluster => "replaces_cluster",
            Self::IgnoreChanges => "ignore_changes",
            Self::Suppressed => "suppressed",
        }
    }
}
