//! stub
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
/// s
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeText {
    /// t
    pub typed: String,
    /// r
    pub reading: Reading,
    /// n
    pub notes: Vec<String>,
}
/// r
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// i
    Instant(DateTime<Utc>),
    /// e
    Earliest,
}
/// b
#[derive(Clone, Copy, Debug)]
pub struct Bearings {
    /// n
    pub service_now: DateTime<Utc>,
    /// s
    pub skew: TimeDelta,
    /// e
    pub earliest: Option<DateTime<Utc>>,
    /// l
    pub latest: Option<DateTime<Utc>>,
}
/// r
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// i
    pub instant: DateTime<Utc>,
    /// e
    pub exact: DateTime<Utc>,
    /// n
    pub notes: Vec<String>,
}
/// e
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ResolveError(pub String);
impl TimeText {
    /// r
    pub fn resolve(&self, at: &Bearings) -> Result<Resolved, ResolveError> {
        match self.reading {
            Reading::Instant(i) => Ok(Resolved {
                instant: i,
                exact: i,
                notes: vec![],
            }),
            Reading::Earliest => Ok(Resolved {
                instant: at.earliest.unwrap_or_default(),
                exact: at.earliest.unwrap_or_default(),
                notes: vec![],
            }),
        }
    }
}
/// e
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    /// u
    pub utc: String,
    /// l
    pub local: String,
    /// a
    pub age: String,
    /// f
    pub from_earliest: String,
}
/// s
pub fn span(d: TimeDelta) -> String {
    format!("{} s", d.num_seconds())
}
/// z
#[derive(Clone, Copy, Debug)]
pub struct DisplayZone;
impl DisplayZone {
    /// f
    pub fn from_offset(_o: i32) -> Self {
        Self
    }
}
/// e
pub fn echo(i: DateTime<Utc>, _now: DateTime<Utc>, _e: Option<DateTime<Utc>>, _z: DisplayZone) -> Echo {
    Echo {
        utc: i.to_rfc3339(),
        local: String::new(),
        age: String::new(),
        from_earliest: String::new(),
    }
}
