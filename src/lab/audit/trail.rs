//! What was run on a cluster, in the order in which the lab heard of it.

use std::collections::VecDeque;

use super::super::moment::Moment;
use super::super::orders::Order;

/// One statement, or one that failed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Moment,
    pub(crate) what: What,
}

/// What was run.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// An order of the shop, and the code that its statement returned.
    Order {
        amount_cents: u32,
        customer: u32,
        code: u16,
    },
    /// A statement that somebody typed.
    Typed(&'static str),
}

/// Statements of one cluster.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    entries: VecDeque<Entry>,
    /// Instants at which the files were rotated out of turn.
    rotated: Vec<Moment>,
    downloads: u32,
}

/// MySQL's code for a table that does not exist.
const NO_SUCH_TABLE: u16 = 1146;

impl Trail {
    /// An order that the database took, or refused.
    pub(crate) fn order(&mut self, order: Order, taken: bool) {
        self.entries.push_back(Entry {
            at: order.at,
            what: What::Order {
                amount_cents: order.amount_cents,
                customer: order.customer,
                code: if taken { 0 } else { NO_SUCH_TABLE },
            },
        });
    }

    /// Statements of one session, begun at `began` and done at `done`.
    pub(crate) fn typed(&mut self, statements: &'static str, began: Moment, done: Moment) {
        let statements: Vec<&'static str> = statements.split("; ").collect();
        let last = statements.len().saturating_sub(1);
        for (number, statement) in statements.into_iter().enumerate() {
            self.entries.push_back(Entry {
                at: if number == last { done } else { began },
                what: What::Typed(statement),
            });
        }
    }

    /// Forgets what no file holds any more.
    pub(crate) fn forget_before(&mut self, at: Moment) {
        while self.entries.front().is_some_and(|entry| entry.at < at) {
            self.entries.pop_front();
        }
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Counts a download; the one of number `rotate_at` ends all files at `now`, and others begin.
    pub(crate) fn note_download(&mut self, rotate_at: Option<u32>, now: Moment) {
        self.downloads = self.downloads.saturating_add(1);
        if rotate_at == Some(self.downloads) {
            self.rotated.push(now);
        }
    }

    pub(crate) fn rotated(&self) -> &[Moment] {
        &self.rotated
    }
}
