//! How long the application was stopped: from the first pause intended to the last item open again.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::effect::{Effect, Way};
use crate::domain::event::Event;
use crate::report::moment::Moment;

/// One time during which something of the application was stopped by this run.
#[derive(Serialize)]
pub struct Outage {
    /// When the first pause was intended: from then on the item may have been stopped.
    pub from: DateTime<Utc>,
    /// When the last item was open again; none while one is not.
    pub to: Option<DateTime<Utc>>,
}

impl Outage {
    /// Its length in whole seconds; none while it lasts.
    pub fn seconds(&self) -> Option<i64> {
        self.to.map(|to| (to - self.from).num_seconds())
    }
}

/// Every outage, oldest first: a way forward from a finished run makes another.
pub fn outages(moments: &[Moment<'_>]) -> Vec<Outage> {
    let mut outages: Vec<Outage> = Vec::new();
    for moment in moments {
        let pauses = matches!(
            moment.event,
            Event::Intended(Effect::Step { way: Way::Pause, .. })
        );
        match outages.last_mut().filter(|outage| outage.to.is_none()) {
            Some(outage) => outage.to = Some(moment.at).filter(|_| moment.after.still_paused().is_empty()),
            None if pauses => outages.push(Outage {
                from: moment.at,
                to: None,
            }),
            None => {}
        }
    }
    outages
}

/// All of them together; none where there was none, or where one still lasts.
pub fn total(outages: &[Outage]) -> Option<i64> {
    let lengths: Option<Vec<i64>> = outages.iter().map(Outage::seconds).collect();
    lengths
        .filter(|lengths| !lengths.is_empty())
        .map(|lengths| lengths.iter().sum())
}
