//! What the gate and the probes said of the data, each time that they were asked.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::event::Event;
use crate::domain::verification::Verified;
use crate::report::moment::Moment;

/// One verification.
#[derive(Serialize)]
pub struct Verdict {
    /// When.
    pub at: DateTime<Utc>,
    /// After which hop, from 1.
    pub hop: Option<u32>,
    /// True when every result passed.
    pub passed: bool,
    /// In the order in which they were made.
    pub results: Vec<Verified>,
}

/// Every verification, oldest first.
pub fn verdicts(moments: &[Moment<'_>]) -> Vec<Verdict> {
    let verdict = |moment: &Moment<'_>| {
        let Event::Verified(verification) = moment.event else {
            return None;
        };
        Some(Verdict {
            at: moment.at,
            hop: moment.before.hops().last().map(|hop| hop.number),
            passed: verification.passed(),
            results: verification.results.clone(),
        })
    };
    moments.iter().filter_map(verdict).collect()
}
