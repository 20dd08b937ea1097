//! The figures that everybody asks for first.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::hop::{Hop, confirmation};
use super::outage::{Outage, outages, total};
use crate::domain::debts::Interval;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::Event;
use crate::domain::run::Run;
use crate::domain::target::Direction;
use crate::report::moment::Moment;

/// The summary. Where a run has several hops, AWS's values are those of the last one.
#[derive(Serialize)]
pub struct Summary {
    /// What was typed when the run was opened.
    pub typed: String,
    /// The instant that it meant, frozen at the first look.
    pub instant: Option<DateTime<Utc>>,
    /// The instant that the last hop asked for.
    pub requested: Option<DateTime<Utc>>,
    /// `BacktrackTo` of the last hop, as AWS reported it.
    pub effective: Option<DateTime<Utc>>,
    /// `BacktrackedFrom` of the last hop, as AWS reported it.
    pub backtracked_from: Option<DateTime<Utc>>,
    /// Direction of the last hop.
    pub direction: Option<Direction>,
    /// What is gone after all hops together.
    pub discarded: Vec<Interval>,
    /// How many hops were requested.
    pub hops: usize,
    /// When the run was opened.
    pub start: Option<DateTime<Utc>>,
    /// When the last process was done with it.
    pub end: Option<DateTime<Utc>>,
    /// Each time that the application was stopped.
    pub outages: Vec<Outage>,
    /// All of them together, in seconds.
    pub outage_s: Option<i64>,
    /// From the first look or pause to the first confirmation, in seconds.
    pub decide_s: Option<i64>,
    /// From the request to the cluster's return, all hops together, in seconds.
    pub aws_s: Option<i64>,
}

impl Summary {
    pub fn of(run: &Run, moments: &[Moment<'_>], hops: &[Hop], discarded: Vec<Interval>) -> Self {
        let first = moments.first();
        let last = hops.last();
        let ended = moments
            .iter()
            .rev()
            .find(|moment| matches!(moment.event, Event::Ended { .. }));
        let outages = outages(moments);
        Self {
            typed: first.map_or_else(|| run.typed(), |first| first.after.typed()),
            instant: moments
                .iter()
                .map(|moment| moment.after.attempt())
                .find_map(|attempt| attempt.instant.filter(|_| attempt.number == 1)),
            requested: last.map(|hop| hop.requested),
            effective: last.and_then(|hop| hop.effective),
            backtracked_from: last.and_then(|hop| hop.backtracked_from),
            direction: last.and_then(|hop| hop.direction),
            discarded,
            hops: hops.len(),
            start: first.map(|first| first.at),
            end: ended.filter(|_| run.ended().is_some()).map(|moment| moment.at),
            outage_s: total(&outages),
            outages,
            decide_s: time_to_decide(moments),
            aws_s: time_of_aws(hops),
        }
    }
}

fn time_to_decide(moments: &[Moment<'_>]) -> Option<i64> {
    let began = moments.iter().find(|moment| {
        matches!(
            moment.event,
            Event::Inspected { .. } | Event::Intended(Effect::Step { way: Way::Pause, .. })
        )
    })?;
    let confirmed = moments.iter().find_map(confirmation)?;
    Some((confirmed - began.at).num_seconds())
}

/// Not known where a hop's end was not seen, or where none was requested.
fn time_of_aws(hops: &[Hop]) -> Option<i64> {
    let accepted = hops.iter().filter(|hop| hop.record_id.is_some());
    let times: Option<Vec<i64>> = accepted.map(|hop| hop.aws_s).collect();
    times
        .filter(|times| !times.is_empty())
        .map(|times| times.iter().sum())
}
