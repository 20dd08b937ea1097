//! Which ids will be given out again: what SQL told before the request, against what it told after it.

use std::collections::BTreeMap;

use crate::domain::database::NextId;

/// So many tables are named at most, the largest change first.
const NAMED: usize = 10;

/// The next ids of tables on both sides of the hops.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    /// The highest before any of them.
    before: BTreeMap<String, u64>,
    /// The last known behind them.
    after: Vec<NextId>,
}

impl Ids {
    pub(super) fn before(&mut self, ids: &[NextId]) {
        for id in ids {
            let next = self.before.entry(id.table.clone()).or_default();
            *next = id.next.max(*next);
        }
    }

    pub(super) fn after(&mut self, ids: &[NextId]) {
        if !ids.is_empty() {
            self.after = ids.to_vec();
        }
    }

    /// Tables whose ids will be given again: each with the first and the last of them.
    pub(super) fn given_again(&self) -> Vec<String> {
        let mut again: Vec<(u64, &str, u64)> = self
            .after
            .iter()
            .filter_map(|id| {
                let count = self.before.get(&id.table)?.checked_sub(id.next)?;
                (count > 0).then_some((count, id.table.as_str(), id.next))
            })
            .collect();
        again.sort_by_key(|(count, table, _)| (std::cmp::Reverse(*count), *table));
        let more = again.len().saturating_sub(NAMED);
        let mut lines: Vec<String> = again
            .into_iter()
            .take(NAMED)
            .map(|(count, table, next)| said(table, next, count))
            .collect();
        if more > 0 {
            lines.push(format!("and {more} more tables"));
        }
        lines
    }
}

fn said(table: &str, next: u64, count: u64) -> String {
    if count == 1 {
        return format!("{table}: id {next} is given out again");
    }
    let last = next + count - 1;
    format!("{table}: ids {next} to {last} are given out again ({count})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(table: &str, next: u64) -> NextId {
        NextId {
            table: table.to_owned(),
            next,
        }
    }

    #[test]
    fn what_was_given_since_is_given_again_the_largest_change_first() {
        let mut ids = Ids::default();
        ids.before(&[id("shop.a", 5), id("shop.b", 101), id("shop.same", 7)]);
        ids.after(&[
            id("shop.a", 4),
            id("shop.b", 1),
            id("shop.same", 7),
            id("shop.new", 3),
        ]);
        // A look that could not read them says nothing against those of before.
        ids.after(&[]);
        assert_eq!(
            ids.given_again(),
            [
                "shop.b: ids 1 to 100 are given out again (100)",
                "shop.a: id 4 is given out again"
            ]
        );
    }

    #[test]
    fn many_tables_are_counted_and_not_named() {
        let mut ids = Ids::default();
        let tables = |next| (0..13).map(move |number| id(&format!("shop.t{number:02}"), next));
        ids.before(&tables(9).collect::<Vec<_>>());
        ids.after(&tables(2).collect::<Vec<_>>());
        let lines = ids.given_again();
        assert_eq!((lines.len(), lines[10].as_str()), (11, "and 3 more tables"));
    }
}
