//! The receipts that the shop printed, outside of the database: along each history, whatever became of the rows.
//!
//! A receipt names the one before it. So a rewind is a step back to an older one, and later receipts branch.

use super::super::orders::Order;

/// Where in its receipts a history stands. None: no receipt yet.
pub(super) type Mark = Option<u32>;

/// One receipt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receipt {
    before: Mark,
    /// The number that the table gave.
    pub(super) id: u64,
    pub(super) order: Order,
}

/// All receipts of all branches.
#[derive(Clone, Debug, Default)]
pub(super) struct Receipts {
    printed: Vec<Receipt>,
    last: Mark,
}

impl Receipts {
    pub(super) fn print(&mut self, id: u64, order: Order) {
        let before = self.last;
        let Ok(place) = u32::try_from(self.printed.len()) else {
            return;
        };
        self.printed.push(Receipt { before, id, order });
        self.last = Some(place);
    }

    /// Where this history stands.
    pub(super) fn mark(&self) -> Mark {
        self.last
    }

    /// Goes to where a history stood.
    pub(super) fn go_to(&mut self, mark: Mark) {
        self.last = mark;
    }

    /// The receipts of this history, the newest first.
    pub(super) fn along(&self) -> impl Iterator<Item = &Receipt> {
        let at = |mark: Mark| mark.and_then(|place| self.printed.get(usize::try_from(place).ok()?));
        std::iter::successors(at(self.last), move |receipt| at(receipt.before))
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Receipts};
    use crate::lab::moment::Moment;

    #[test]
    fn each_branch_has_its_own_receipts() {
        let order = Order {
            at: Moment::from_ms(0),
            amount_cents: 1,
            customer: 1,
        };
        let mut receipts = Receipts::default();
        let ids = |receipts: &Receipts| -> Vec<u64> { receipts.along().map(|it| it.id).collect() };
        receipts.print(1, order);
        let early = receipts.mark();
        receipts.print(2, order);
        let late = receipts.mark();
        receipts.go_to(early);
        receipts.print(2, order);
        receipts.print(3, order);
        assert_eq!(ids(&receipts), [3, 2, 1]);
        receipts.go_to(late);
        assert_eq!(ids(&receipts), [2, 1]);
        receipts.go_to(None);
        assert!(ids(&receipts).is_empty());
    }
}
