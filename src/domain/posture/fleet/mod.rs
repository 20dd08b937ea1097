//! Clusters that exist: could each be rewound now, how far, at what cost, and what to do.
//!
//! Facts of lists in, rows and figures out. What a list could not tell stays unknown: it is neither 0 nor no.

mod alarms;
mod around;
mod cost;
mod exposure;
mod kpi;
mod live;
mod past;
mod policy;
mod reach;
mod remedy;
mod row;
mod rules;
mod standing;

pub use alarms::{Alarm, AlarmMetric, AlarmState, Alarms};
pub use around::{Around, Neighbours, Parameters, Reading, is_default};
pub use cost::Money;
pub use exposure::{Exit, exit};
pub use kpi::{Kpi, Share};
pub use live::{LiveCluster, LiveMember};
pub use past::{Past, PastRun, Whose};
pub use policy::{Least, Policy};
pub use reach::Reach;
pub use remedy::{Cause, Remedy, Step, on_a_line};
pub use row::{Row, row};
pub use rules::{PolicyFinding, peer_rules};

#[cfg(test)]
mod tests;
