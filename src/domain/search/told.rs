//! What is told of a search: before it begins, after each answer, and at its end.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Cost, Suspect, Then, Verdict};

/// Told before anything is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// What it rests on, in a sentence.
    pub assumes: &'static str,
    /// What it comes to at most.
    #[serde(flatten)]
    pub cost: Cost,
    /// How long a hop took in recorded runs, in seconds; none: unknown.
    pub usual_s: Option<i64>,
}

/// Told after each answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The instant that was asked about; none: the present, before anything moved.
    pub place: Option<DateTime<Utc>>,
    /// What it was found to be; none where the gate did not pass, and nothing was asked.
    pub verdict: Option<Verdict>,
    /// What was seen.
    pub how: String,
    /// The last moment known to be good.
    pub good: DateTime<Utc>,
    /// The first moment known to be bad.
    pub bad: DateTime<Utc>,
    /// Places still to be asked about, at most.
    pub left: u32,
}

/// Told once nothing more is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// True when nothing else lies between the two moments.
    pub decided: bool,
    /// The last moment known to be good.
    pub good: DateTime<Utc>,
    /// The first moment known to be bad.
    pub bad: DateTime<Utc>,
    /// The statements between them; none where time was searched.
    pub suspects: Vec<Suspect>,
    /// Why it stopped without an answer.
    pub stopped: Option<String>,
    /// Where it ends.
    pub then: Then,
}

/// What every search rests on.
pub const ASSUMES: &str =
    "bad stays bad: once the damage is there, nothing between it and the known bad moment takes it away";
