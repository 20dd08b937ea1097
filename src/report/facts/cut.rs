//! What SQL told of the hops: ids that will be given again, and sessions that were ended.

use std::collections::BTreeMap;

use crate::domain::database::NextId;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event};
use crate::domain::known::Known;
use crate::domain::run::Run;
use crate::domain::runbook::Step;
use crate::report::moment::Moment;

/// So many tables are named at most, the largest change first.
const NAMED: usize = 10;

/// Tables whose ids will be given again: each with the first and the last of them.
pub fn ids_given_again(moments: &[Moment<'_>]) -> Vec<String> {
    let mut before: BTreeMap<&str, u64> = BTreeMap::new();
    let mut after: &[NextId] = &[];
    for moment in moments {
        if let Event::Inspected { inspection, .. } = moment.event
            && let Some(Known::Known(look)) = &inspection.database
        {
            for id in &look.next_ids {
                let next = before.entry(&id.table).or_default();
                *next = id.next.max(*next);
            }
        }
        if let Event::Verified(verification) = moment.event
            && !verification.next_ids.is_empty()
        {
            after = &verification.next_ids;
        }
    }
    let mut again: Vec<(u64, &str, u64)> = after
        .iter()
        .filter_map(|id| {
            let count = before.get(id.table.as_str())?.checked_sub(id.next)?;
            (count > 0).then_some((count, id.table.as_str(), id.next))
        })
        .collect();
    again.sort_by_key(|(count, table, _)| (std::cmp::Reverse(*count), *table));
    let more = again.len().saturating_sub(NAMED);
    let mut lines: Vec<String> = again
        .into_iter()
        .take(NAMED)
        .map(|(count, table, next)| format!("{table}: {next} to {} ({count})", next + count - 1))
        .collect();
    if more > 0 {
        lines.push(format!("and {more} more tables"));
    }
    lines
}

/// What was said of each ending of sessions.
pub fn ended_sessions(run: &Run, moments: &[Moment<'_>]) -> Vec<String> {
    let drains = |item: usize| {
        let described = run.plan().runbook.pause.get(item);
        described.is_some_and(|described| described.pause == Step::Drain)
    };
    let said = |moment: &Moment<'_>| {
        if let Event::StepDone {
            item,
            way: Way::Pause,
            done: Done::Well { how } | Done::Badly { how },
        } = moment.event
            && drains(*item)
        {
            return Some(how.clone());
        }
        None
    };
    moments.iter().filter_map(said).collect()
}
