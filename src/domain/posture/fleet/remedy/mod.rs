//! What AWS really accepts, step by step and by cause. Never "modify" for a cluster that was created without Backtrack: AWS
//! refuses that, and a clone of it can have no Backtrack either.

mod asked;
mod cli;
mod ends;
mod ready;
mod restore;
mod unblock;
mod warned;

use std::fmt;

use super::live::LiveCluster;
use crate::domain::posture::{Verdict, Warning};

/// What a remedy is for. Two clusters of one cause need the same steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It is being deleted.
    Deleting,
    /// Its key is gone.
    KeyLost,
    /// Its key is away, and can come back.
    KeyAway,
    /// Its making failed.
    Failed,
    /// Another engine.
    Engine,
    /// An engine mode without Backtrack.
    Mode,
    /// A member of a global database.
    Global,
    /// It follows another one.
    Follows,
    /// Others follow it.
    Followed,
    /// Enhanced binlog.
    EnhancedBinlog,
    /// A Region without Backtrack.
    Region,
    /// An engine version before its support.
    Version,
    /// It was made without a window.
    Without,
    /// A value that AWS refuses.
    Value,
    /// It is stopped.
    Stopped,
    /// It has no instance.
    NoInstances,
    /// Less than an hour is asked for.
    BelowHour,
    /// It keeps less than was asked for.
    Short,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do, as a fragment.
    pub words: String,
    /// By which command of the AWS CLI; what is in capitals is to be filled in.
    pub command: Option<String>,
}

/// What to do about a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What it is for; the first of several.
    pub cause: Cause,
    /// In order.
    pub steps: Vec<Step>,
}

/// What blocks a cluster that has a window, beside what it says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks<'a> {
    pub(super) global: Option<&'a str>,
    pub(super) enhanced_binlog: bool,
    /// Its Region is listed as without Backtrack.
    pub(super) listed: bool,
}

/// What to do; none where there is nothing to do.
pub(super) fn of(
    cluster: &LiveCluster,
    verdict: Verdict,
    warnings: &[Warning],
    blocks: &Blocks<'_>,
) -> Option<Remedy> {
    match verdict {
        Verdict::Disabled => ends::lost(cluster).or_else(|| Some(restore::without(cluster, blocks))),
        Verdict::Blocked => Some(unblock::blocked(cluster, blocks)),
        Verdict::Invalid => Some(Remedy {
            cause: Cause::Value,
            steps: {
                let widen = Step::run("give a window of 1 to 259200 s", cli::widen(cluster, 259_200));
                ready::ready(cluster).into_iter().chain([widen]).collect()
            },
        }),
        Verdict::Ok => warned::warned(cluster, warnings),
        Verdict::NotApplicable | Verdict::Unknown => None,
    }
}

pub(super) use asked::{alarm, hours, tag};

impl Step {
    fn run(words: impl Into<String>, command: String) -> Self {
        Self {
            words: words.into(),
            command: Some(command),
        }
    }

    fn say(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            command: None,
        }
    }
}

/// Steps on one line, for programs and sheets; nothing where there is none.
pub fn on_a_line(steps: &[Step]) -> String {
    let step = |step: &Step| match &step.command {
        Some(command) => format!("{}: {command}", step.words),
        None => step.words.clone(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Remedy {
    /// All on one line.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&on_a_line(&self.steps))
    }
}

#[cfg(test)]
mod tests;
