//! The table of orders as it really is, beside the receipts.

use std::collections::HashMap;

use mysql_async::{Row, Value};

use super::super::moment::Moment;
use super::super::seed::mix;
use super::super::table::{Comparison, Presence, Table};
use super::receipts::Receipts;
use super::sql::{Refused, Sql, placed_at};

/// Reads all of it. A table that nobody can read now is told as such.
pub(super) fn table(sql: &mut Sql, receipts: &Receipts) -> Table {
    let mut promised: HashMap<u64, [String; 3]> = HashMap::new();
    for receipt in receipts.along() {
        let order = receipt.order;
        let told = [
            placed_at(order.at),
            order.customer.to_string(),
            order.amount_cents.to_string(),
        ];
        promised.insert(receipt.id, told);
    }
    let count = u64::try_from(promised.len()).unwrap_or(u64::MAX);
    let mut seen = Seen::default();
    let asked = sql.orders(|row| seen.add(row, &promised));
    let (presence, seen) = match asked {
        Ok(()) => (Presence::Standing, seen),
        Err(Refused::NoTable) => (Presence::Dropped, Seen::default()),
        Err(Refused::Lost(why) | Refused::Other(why)) => {
            tracing::warn!(%why, "the table of orders could not be read");
            (Presence::Unreadable, Seen::default())
        }
    };
    let missing = count.saturating_sub(seen.same + seen.changed);
    let compared = Comparison {
        agrees: presence == Presence::Standing && missing + seen.changed + seen.extra == 0,
        missing,
        changed: seen.changed,
        extra: seen.extra,
    };
    let last = Moment::parse(&seen.last.replace(' ', "T"));
    Table::read(presence, (seen.rows, seen.sum), (count, compared), last)
}

/// What the rows so far come to.
#[derive(Default)]
struct Seen {
    rows: u64,
    sum: [u64; 4],
    same: u64,
    changed: u64,
    extra: u64,
    last: String,
}

impl Seen {
    fn add(&mut self, row: Row, promised: &HashMap<u64, [String; 3]>) {
        let columns = row.columns();
        let mut hash = Hash::new();
        let mut id = None;
        let mut told: [Option<String>; 3] = Default::default();
        for (column, value) in columns.iter().zip(row.unwrap()) {
            let name = column.name_str();
            let text = match value {
                Value::NULL => None,
                Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
                other @ (Value::Int(_)
                | Value::UInt(_)
                | Value::Float(_)
                | Value::Double(_)
                | Value::Date(..)
                | Value::Time(..)) => Some(other.as_sql(true)),
            };
            hash.feed(name.as_bytes());
            // NULL is not the empty text.
            hash.feed(text.as_ref().map_or(&[0xFF, 0][..], String::as_bytes));
            match name.as_ref() {
                "id" => id = text.and_then(|text| text.parse().ok()),
                "placed_at" => told[0] = text,
                "customer" => told[1] = text,
                "amount_cents" => told[2] = text,
                _ => {}
            }
        }
        self.rows += 1;
        for (lane, part) in self.sum.iter_mut().zip(hash.0) {
            *lane = lane.wrapping_add(part);
        }
        let receipt = id.and_then(|id: u64| promised.get(&id));
        match receipt {
            None => self.extra += 1,
            Some(wanted)
                if told
                    .iter()
                    .zip(wanted)
                    .all(|(is, wanted)| is.as_ref() == Some(wanted)) =>
            {
                self.same += 1;
            }
            Some(_) => self.changed += 1,
        }
        if let Some(placed) = told[0].take().filter(|placed| *placed > self.last) {
            self.last = placed;
        }
    }
}

/// A hash of 256 bits over the fields of one row. Not for secrets.
struct Hash([u64; 4]);

impl Hash {
    fn new() -> Self {
        Self([1, 2, 3, 4].map(mix))
    }

    fn feed(&mut self, field: &[u8]) {
        let length = u64::try_from(field.len()).unwrap_or(u64::MAX);
        self.mix_in(length);
        for chunk in field.chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            self.mix_in(u64::from_le_bytes(bytes));
        }
    }

    fn mix_in(&mut self, number: u64) {
        for lane in &mut self.0 {
            *lane = mix(*lane ^ number);
        }
    }
}
