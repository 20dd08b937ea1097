//! What a search asked about, and between what its answer lies.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::event::Event;
use crate::domain::run::Run;
use crate::domain::search::{Finding, Over, Verdict};
use crate::report::moment::Moment;

/// A search, as far as it came.
#[derive(Serialize)]
pub struct Search {
    /// Its two ends, as they were typed.
    pub asked: String,
    /// Statements among which it looked; none where it looked at time.
    pub candidates: Option<usize>,
    /// Every answer of the probe, oldest first.
    pub trials: Vec<Asked>,
    /// The last moment known to be good.
    pub good: DateTime<Utc>,
    /// The first moment known to be bad.
    pub bad: DateTime<Utc>,
    /// What it came to; none where it did not come to its end.
    pub finding: Option<Finding>,
}

/// One place, and what it was found to be.
#[derive(Serialize)]
pub struct Asked {
    /// When.
    pub at: DateTime<Utc>,
    /// The instant that was asked about; none: the present, before anything moved.
    pub place: Option<DateTime<Utc>>,
    /// What it was; none where the gate did not pass, and nothing was asked.
    pub verdict: Option<Verdict>,
    /// What was seen.
    pub how: String,
}

impl Search {
    /// Of a run; none where it was no search.
    pub fn of(run: &Run, moments: &[Moment<'_>]) -> Option<Self> {
        let (search, seek) = (run.plan().search.as_ref()?, run.seek()?);
        Some(Self {
            asked: search.typed(),
            candidates: match &search.over {
                Over::Time { .. } => None,
                Over::Suspects(suspects) => Some(suspects.len()),
            },
            trials: moments.iter().filter_map(asked).collect(),
            good: seek.hunt().good(),
            bad: seek.hunt().bad(),
            finding: run.finding(),
        })
    }
}

fn asked(moment: &Moment<'_>) -> Option<Asked> {
    let Event::Tried(trial) = moment.event else {
        return None;
    };
    let (verdict, how) = trial.told();
    Some(Asked {
        at: moment.at,
        place: moment.before.hops().last().map(|hop| hop.requested),
        verdict,
        how,
    })
}
