//! The orders that customers place: a function of the seed and the second, so a lab can be repeated.
//!
//! It knows nothing of tables, pauses or rewinds: whether an order is taken is not its business.

use super::moment::Moment;
use super::seed::{draw, within};

const MS_PER_S: i64 = 1_000;
/// What `draw` is asked for; any distinct numbers serve.
const HOW_MANY: u64 = 1;
const WHEN: u64 = 2;
const WHAT: u64 = 3;

/// One order as a customer places it. Its number is given by the table (AUTO_INCREMENT).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) at: Moment,
    /// In hundredths; never 0, so that a spoiled amount (0) always shows.
    pub(crate) amount_cents: u32,
    pub(crate) customer: u32,
}

/// The stream of orders of one cluster: `least..=most` in each second from `genesis` on.
#[derive(Clone, Debug)]
pub(crate) struct OrderFlow {
    pub(crate) seed: u64,
    /// A whole second: the first in which an order is placed.
    pub(crate) genesis: Moment,
    pub(crate) least: u32,
    pub(crate) most: u32,
}

impl OrderFlow {
    /// Hands every order placed after `from` and not after `to` to `take`, in order of time.
    pub(crate) fn between(&self, from: Moment, to: Moment, mut take: impl FnMut(Order)) {
        let after_genesis = from.since(self.genesis).max(-1);
        let first = (after_genesis + 1).div_euclid(MS_PER_S);
        let last = to.since(self.genesis).div_euclid(MS_PER_S);
        for second in first..=last {
            self.in_second(second, |order| {
                if order.at > from && order.at <= to {
                    take(order);
                }
            });
        }
    }

    fn in_second(&self, second: i64, mut place: impl FnMut(Order)) {
        let which = second.unsigned_abs();
        let count = within(draw(self.seed, HOW_MANY, which), self.least, self.most).max(1);
        let slot_ms = (1_000 / count).max(1);
        for k in 0..count.min(1_000) {
            let key = which.wrapping_mul(1_000).wrapping_add(u64::from(k));
            let offset_ms = k * slot_ms + within(draw(self.seed, WHEN, key), 0, slot_ms - 1);
            let what = draw(self.seed, WHAT, key);
            place(Order {
                at: self.genesis.plus_ms(second * MS_PER_S + i64::from(offset_ms)),
                amount_cents: within(what & 0xFFFF_FFFF, 250, 19_999),
                customer: within(what >> 32, 1, 5_000),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Order, OrderFlow};

    fn flow() -> OrderFlow {
        OrderFlow {
            seed: 7,
            genesis: Moment::from_ms(1_700_000_000_000),
            least: 1,
            most: 3,
        }
    }

    fn collect(from_ms: i64, to_ms: i64) -> Vec<Order> {
        let mut orders = Vec::new();
        let genesis = flow().genesis;
        flow().between(genesis.plus_ms(from_ms), genesis.plus_ms(to_ms), |order| {
            orders.push(order);
        });
        orders
    }

    #[test]
    fn every_second_has_an_order_and_none_is_out_of_order() {
        let orders = collect(-1, 599_999);
        let genesis = flow().genesis;
        for second in 0..600 {
            let count = orders
                .iter()
                .filter(|order| order.at.since(genesis).div_euclid(1_000) == second)
                .count();
            assert!((1..=3).contains(&count), "second {second} has {count}");
        }
        assert!(orders.windows(2).all(|pair| pair[0].at < pair[1].at));
    }

    #[test]
    fn the_stream_is_the_same_in_whatever_steps_it_is_read() {
        let mut stepped = Vec::new();
        for step in 0..100 {
            stepped.extend(collect(step * 137 - 1, (step + 1) * 137 - 1));
        }
        assert_eq!(stepped, collect(-1, 13_699));
    }

    #[test]
    fn nothing_is_placed_before_the_first_second() {
        assert!(collect(-90_000, -1).is_empty());
    }
}
