//! The run's events, followed for what they leave behind.

use chrono::{DateTime, SecondsFormat, Utc};

use super::debt::{Debt, Topic};
use super::ids::Ids;
use super::interval::{Interval, move_to};
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event};
use crate::domain::known::Known;
use crate::domain::run::Run;
use crate::domain::runbook::Step;
use crate::domain::target::wire;

/// What the events of a run, so far, leave to be done.
#[derive(Clone, Debug, Default)]
pub struct Aftermath {
    intervals: Vec<Interval>,
    /// The application was opened since the last hop.
    opened: bool,
    ids: Ids,
    /// What was said of each ending of sessions.
    ended: Vec<String>,
    /// When AWS last rotated the master user's password.
    rotated: Option<DateTime<Utc>>,
}

impl Aftermath {
    /// Of a run as far as these events tell it. The first opens it; one that the machine refuses changes nothing.
    pub fn of(events: &[(DateTime<Utc>, Event)]) -> Self {
        let mut aftermath = Self::default();
        let Some(((opened, Event::Opened(plan)), rest)) = events.split_first() else {
            return aftermath;
        };
        let mut run = Run::open((**plan).clone(), *opened);
        for (at, event) in rest {
            let mut after = run.clone();
            if after.apply(event, *at).is_ok() {
                aftermath.note(&run, event, &after);
                run = after;
            }
        }
        aftermath
    }

    /// One more event, with the run on both sides of it.
    pub fn note(&mut self, before: &Run, event: &Event, after: &Run) {
        self.opened |= opens(event);
        let settled = after.hops();
        if settled.len() != before.hops().len()
            && let Some(hop) = settled.last()
        {
            let first = settled.len() == 1 || self.opened || before.reopened();
            move_to(&mut self.intervals, hop, first);
            self.opened = false;
        }
        match event {
            Event::Inspected { inspection, .. } => {
                if let Some(Known::Known(look)) = &inspection.database {
                    self.ids.before(&look.next_ids);
                }
                if let Some(Known::Known(rotated)) = inspection.secret_rotated {
                    self.rotated = Some(rotated);
                }
            }
            Event::Verified(verification) => self.ids.after(&verification.next_ids),
            Event::StepDone {
                item,
                way: Way::Pause,
                done: Done::Well { how } | Done::Badly { how },
            } if drains(after, *item) => self.ended.push(how.clone()),
            Event::StepDone { .. }
            | Event::Tried(_)
            | Event::Opened(_)
            | Event::Attached(_)
            | Event::Intended(_)
            | Event::ReadFailed(_)
            | Event::CopyNoted { .. }
            | Event::Checked { .. }
            | Event::Replied(_)
            | Event::Reconciled { .. }
            | Event::Watched { .. }
            | Event::Glanced { .. }
            | Event::Answered { .. }
            | Event::HopOrdered { .. }
            | Event::Interrupted { .. }
            | Event::Ended { .. } => {}
        }
    }

    /// What was discarded and was not brought back by a later hop, oldest first.
    ///
    /// After a hop to an instant, everything written after that instant is gone. While the application stays paused, that
    /// reaches to what the first of the hops left; once it was open, to what the next hop leaves.
    pub fn discarded(&self) -> Vec<Interval> {
        let gone = self.intervals.iter().filter(|interval| !interval.is_nothing());
        gone.cloned().collect()
    }

    /// The questions, with what is known of each; none where nothing was discarded.
    pub fn debts(&self) -> Vec<Debt> {
        let discarded = self.discarded();
        if discarded.is_empty() {
            return Vec::new();
        }
        let when = discarded.iter().map(between).collect::<Vec<_>>().join(", and ");
        Topic::ALL
            .into_iter()
            .map(|topic| Debt {
                topic,
                question: topic.question(&when),
                facts: self.facts(topic),
            })
            .collect()
    }

    fn facts(&self, topic: Topic) -> Vec<String> {
        match topic {
            Topic::Ids => self.ids.given_again(),
            Topic::Sessions => self.ended.clone(),
            Topic::Passwords => self.rotated_in_vain().into_iter().collect(),
            Topic::Cause | Topic::Caches | Topic::Indexes | Topic::Streams | Topic::Mails => Vec::new(),
        }
    }

    /// A rotation within what is gone: the secret holds a password that the database does not know.
    fn rotated_in_vain(&self) -> Option<String> {
        let rotated = self.rotated?;
        let gone = self.discarded();
        let within =
            |interval: &&Interval| interval.from < rotated && interval.to.is_none_or(|to| rotated <= to);
        gone.iter().find(within).map(|_| {
            format!(
                "AWS rotated the master password at {}, which is gone: rotate it again",
                wire(rotated)
            )
        })
    }
}

fn drains(run: &Run, item: usize) -> bool {
    let described = run.plan().runbook.pause.get(item);
    described.is_some_and(|described| described.pause == Step::Drain)
}

fn opens(event: &Event) -> bool {
    matches!(
        event,
        Event::StepDone {
            way: Way::Resume,
            done: Done::Well { .. },
            ..
        } | Event::Checked {
            way: Way::Resume,
            done: Done::Well { .. },
            ..
        }
    )
}

fn between(interval: &Interval) -> String {
    let to = interval
        .to
        .map_or_else(|| "an instant that AWS did not report".to_owned(), utc);
    format!("between {} and {to}", utc(interval.from))
}

/// RFC 3339 in UTC, with as many digits of the second as the value has.
fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
