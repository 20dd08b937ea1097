//! What the checks found, each time that they were made.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::event::Event;
use crate::domain::finding::{Finding, Severity};
use crate::domain::run::{Run, State};
use crate::report::moment::Moment;

/// One complete look.
#[derive(Serialize)]
pub struct Look {
    /// When.
    pub at: DateTime<Utc>,
    /// For which hop, from 1.
    pub hop: u32,
    /// Where the run was: before the pause, after it, or right before the request.
    pub stage: &'static str,
    /// True when the run did not go on.
    pub blocked: bool,
    /// How many rules passed.
    pub passed: usize,
    /// Those that did not.
    pub findings: Vec<Finding>,
}

/// Every look, oldest first.
pub fn looks(moments: &[Moment<'_>]) -> Vec<Look> {
    moments.iter().filter_map(look).collect()
}

fn look(moment: &Moment<'_>) -> Option<Look> {
    let Event::Inspected { judgement, .. } = moment.event else {
        return None;
    };
    let (passed, findings): (Vec<&Finding>, Vec<&Finding>) = judgement
        .findings
        .iter()
        .partition(|finding| finding.severity == Severity::Pass);
    Some(Look {
        at: moment.at,
        hop: moment.before.attempt().number,
        stage: stage(&moment.before),
        blocked: judgement.blocks(),
        passed: passed.len(),
        findings: findings.into_iter().cloned().collect(),
    })
}

fn stage(run: &Run) -> &'static str {
    match run.state() {
        State::Paused => "after the pause",
        State::Approved { .. } => "right before the request",
        State::Preflight { .. }
        | State::Validated { .. }
        | State::Requested { .. }
        | State::Unresolved { .. }
        | State::Applying { .. }
        | State::Settled { .. }
        | State::Verified { .. }
        | State::Held
        | State::Failed { .. }
        | State::Resumed
        | State::Leaving { .. }
        | State::Closed { .. } => "before the pause",
    }
}
