//! The table `orders` at one instant, as counts and fingerprints: small enough to copy, exact enough to compare.
//!
//! The rows themselves lie in the timeline. Every statement changes these few numbers in constant time,
//! which is why an `UPDATE` of a million rows or a look at a state of last week costs nothing.

use sha2::{Digest, Sha256};

use super::moment::Moment;
use super::orders::Order;
use super::seed::mix;

/// A sum of 256-bit row hashes: equal rows give equal sums, in whatever order they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Fingerprint([u64; 4]);

impl Fingerprint {
    fn add(&mut self, row: [u64; 4]) {
        for (lane, part) in self.0.iter_mut().zip(row) {
            *lane = lane.wrapping_add(part);
        }
    }
}

/// Whether the table is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Standing,
    Dropped,
    /// Nobody can tell: the server does not answer, or a lock keeps readers out.
    Unreadable,
}

impl Presence {
    /// The word for it in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Standing => "present",
            Self::Dropped => "dropped",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The table at one instant, and what the shop's receipts say that it ought to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    presence: Presence,
    /// AUTO_INCREMENT: part of the storage, so it goes back with the data.
    next_id: u64,
    rows: u64,
    /// Rows whose amount is no longer the one ordered.
    spoiled: u64,
    rows_sum: Fingerprint,
    /// What `rows_sum` becomes when every amount is spoiled.
    spoiled_sum: Fingerprint,
    /// Receipts printed along this history, whatever became of the rows.
    receipts: u64,
    receipts_sum: Fingerprint,
    last_order_at: Option<Moment>,
    /// Where rows and receipts were really compared, one by one.
    compared: Option<Comparison>,
}

impl Table {
    /// A new table without rows.
    pub(crate) fn empty() -> Self {
        Self {
            presence: Presence::Standing,
            next_id: 1,
            rows: 0,
            spoiled: 0,
            rows_sum: Fingerprint::default(),
            spoiled_sum: Fingerprint::default(),
            receipts: 0,
            receipts_sum: Fingerprint::default(),
            last_order_at: None,
            compared: None,
        }
    }

    /// A real table, row for row: its number of rows and the sum of their hashes, the number of receipts and how they
    /// compare.
    pub(crate) fn read(
        presence: Presence,
        (rows, rows_sum): (u64, [u64; 4]),
        (receipts, compared): (u64, Comparison),
        last_order_at: Option<Moment>,
    ) -> Self {
        Self {
            presence,
            rows,
            rows_sum: Fingerprint(rows_sum),
            receipts,
            last_order_at,
            compared: Some(compared),
            ..Self::empty()
        }
    }

    /// A table of which nothing is known.
    pub(crate) fn unreadable() -> Self {
        Self {
            presence: Presence::Unreadable,
            ..Self::empty()
        }
    }

    /// `INSERT`, with the next number. The caller has made sure that the table is there.
    pub(crate) fn insert(&mut self, order: Order) {
        let (as_ordered, as_spoiled) = row_hashes(self.next_id, order);
        self.next_id += 1;
        self.rows += 1;
        self.receipts += 1;
        self.rows_sum.add(as_ordered);
        self.receipts_sum.add(as_ordered);
        self.spoiled_sum.add(as_spoiled);
        self.last_order_at = Some(order.at);
    }

    /// `DELETE` without `WHERE`: the numbering goes on.
    pub(crate) fn delete_all(&mut self) {
        self.rows = 0;
        self.spoiled = 0;
        self.rows_sum = Fingerprint::default();
        self.spoiled_sum = Fingerprint::default();
        self.last_order_at = None;
    }

    pub(crate) fn drop_table(&mut self) {
        self.delete_all();
        self.presence = Presence::Dropped;
    }

    /// Sets every amount to 0.
    pub(crate) fn spoil_amounts(&mut self) {
        self.spoiled = self.rows;
        self.rows_sum = self.spoiled_sum;
    }

    pub(crate) fn presence(&self) -> Presence {
        self.presence
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn receipts(&self) -> u64 {
        self.receipts
    }

    pub(crate) fn last_order_at(&self) -> Option<Moment> {
        self.last_order_at
    }

    /// Lower-case hex of SHA-256 over the table's presence, its number of rows and the sum of their hashes.
    /// Equal content gives an equal digest, whichever way it was reached.
    pub(crate) fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"orders/1\0");
        hasher.update(self.presence.word());
        hasher.update(self.rows.to_be_bytes());
        for lane in self.rows_sum.0 {
            hasher.update(lane.to_be_bytes());
        }
        hasher
            .finalize()
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// The table beside the receipts of the same history.
    pub(crate) fn compare_with_receipts(&self) -> Comparison {
        if let Some(compared) = self.compared {
            return compared;
        }
        let same = self.rows_sum == self.receipts_sum && self.rows == self.receipts;
        Comparison {
            agrees: self.presence == Presence::Standing && same,
            missing: self.receipts.saturating_sub(self.rows),
            changed: self.spoiled,
            extra: self.rows.saturating_sub(self.receipts),
        }
    }
}

/// What a look at each receipt and its row finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) agrees: bool,
    /// Receipts without a row.
    pub(crate) missing: u64,
    /// Rows whose amount differs from the receipt.
    pub(crate) changed: u64,
    /// Rows without a receipt.
    pub(crate) extra: u64,
}

/// The hashes of a row as it was ordered and with its amount spoiled.
fn row_hashes(id: u64, order: Order) -> ([u64; 4], [u64; 4]) {
    let at = order.at.ms().unsigned_abs();
    let mut as_ordered = [0; 4];
    let mut as_spoiled = [0; 4];
    for (lane, salt) in (1_u64..=4).enumerate() {
        let key = mix(mix(id ^ (salt << 56)) ^ at ^ (u64::from(order.customer) << 44));
        as_ordered[lane] = mix(key ^ u64::from(order.amount_cents));
        as_spoiled[lane] = mix(key);
    }
    (as_ordered, as_spoiled)
}

#[cfg(test)]
mod tests {
    use super::{Moment, Order, Table};

    fn order(at_ms: i64) -> Order {
        Order {
            at: Moment::from_ms(at_ms),
            amount_cents: 999,
            customer: 3,
        }
    }

    fn table_of(count: i64) -> Table {
        let mut table = Table::empty();
        for at in 0..count {
            table.insert(order(at));
        }
        table
    }

    #[test]
    fn equal_content_has_an_equal_digest_and_other_content_another() {
        assert_eq!(table_of(5).digest(), table_of(5).digest());
        assert_ne!(table_of(5).digest(), table_of(6).digest());
        assert_eq!(table_of(5).digest().len(), 64);
        let mut emptied = table_of(5);
        emptied.delete_all();
        assert_eq!(emptied.digest(), Table::empty().digest());
        let mut gone = table_of(5);
        gone.drop_table();
        assert_ne!(gone.digest(), emptied.digest());
    }

    #[test]
    fn receipts_tell_a_deleted_row_from_a_changed_one() {
        assert!(table_of(4).compare_with_receipts().agrees);
        let mut deleted = table_of(4);
        deleted.delete_all();
        deleted.insert(order(10));
        let found = deleted.compare_with_receipts();
        assert_eq!(
            (found.agrees, found.missing, found.changed, found.extra),
            (false, 4, 0, 0)
        );
        let mut spoiled = table_of(4);
        spoiled.spoil_amounts();
        spoiled.insert(order(10));
        let found = spoiled.compare_with_receipts();
        assert_eq!(
            (found.agrees, found.missing, found.changed, found.extra),
            (false, 0, 4, 0)
        );
    }

    #[test]
    fn spoiling_twice_changes_nothing_more() {
        let mut once = table_of(3);
        once.spoil_amounts();
        let digest = once.digest();
        once.spoil_amounts();
        assert_eq!(once.digest(), digest);
    }
}
