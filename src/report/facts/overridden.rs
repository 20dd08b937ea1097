//! Where a gate said no and a person went on.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::process::{name, taker};
use crate::domain::event::Event;
use crate::report::moment::Moment;

/// One override.
#[derive(Serialize)]
pub struct Override {
    /// When.
    pub at: DateTime<Utc>,
    /// Who had the run: `user@host`.
    pub by: String,
    /// What was overridden, with the reason that was given.
    pub what: String,
}

const FORCE: &str = "Force was allowed, to backtrack although binary logging is on: no binlog event tells replicas and \
                     change streams of the rewind, and a blue/green deployment breaks";

const WITHOUT_COPY: &str = "no safety copy was taken, by --no-clone: what the rewind discards is in no clone and in no snapshot of \
                            this run";

const WITHOUT_COPY_HOP: &str = "no safety copy was taken for a hop, by --no-clone: what that hop discards is in no clone and in no \
                                snapshot of this run";

/// Every override, oldest first.
pub fn overrides(moments: &[Moment<'_>]) -> Vec<Override> {
    let mut by = String::new();
    let mut overrides = Vec::new();
    for moment in moments {
        if let Some(person) = taker(moment.event) {
            by = name(person);
        }
        let mut note = |what: String| {
            overrides.push(Override {
                at: moment.at,
                by: by.clone(),
                what,
            });
        };
        if let Event::Opened(plan) = moment.event
            && plan.force
        {
            let reason = plan.reason.as_deref().unwrap_or("no reason is recorded");
            note(format!("{FORCE}: {reason}"));
        }
        if let Event::Opened(plan) = moment.event
            && plan.without_copy
        {
            let reason = plan.reason.as_deref().unwrap_or("no reason is recorded");
            note(format!("{WITHOUT_COPY}: {reason}"));
        }
        if let Event::HopOrdered {
            reason,
            without_copy: true,
            ..
        } = moment.event
        {
            let reason = reason.as_deref().unwrap_or("no reason is recorded");
            note(format!("{WITHOUT_COPY_HOP}: {reason}"));
        }
        for new in moment
            .after
            .overrides()
            .iter()
            .skip(moment.before.overrides().len())
        {
            note(new.clone());
        }
    }
    overrides
}
