//! The engine with real servers: a machine without `mariadb-server-core` fails them, and says how to get it.

mod client;
mod ends;
mod moves;
mod rights;
mod storm;

use super::super::clock::Clock;
use super::super::data::{DataError, DataPlane, HurtKind};
use super::super::moment::Moment;
use super::super::orders::Order;
use super::super::scenario::AfterNewWrites;
use super::{Binary, Plane, Start};
use client::Client;

/// Storage with an empty shop.
fn plane() -> Plane {
    Plane::open(start(AfterNewWrites::OldHistory)).unwrap()
}

fn start(rule: AfterNewWrites) -> Start {
    Start {
        clock: Clock::start(),
        binary: Binary::find().unwrap(),
        rule,
    }
}

fn order(at: Moment, customer: u32) -> Order {
    Order {
        at,
        amount_cents: 500,
        customer,
    }
}

/// Takes an order of each customer.
fn take(plane: &mut Plane, customers: std::ops::RangeInclusive<u32>) {
    for customer in customers {
        let at = now(plane);
        plane.take(order(at, customer)).unwrap();
    }
}

fn now(plane: &Plane) -> Moment {
    plane.start.clock.now()
}

/// Keeps this very instant, and names it.
fn keep(plane: &Plane) -> Moment {
    plane
        .ask(|works| {
            works.freeze_now().unwrap();
            works.history().latest().unwrap().0
        })
        .unwrap()
}

fn rewind(plane: &mut Plane, to: Moment) {
    let at = now(plane);
    plane.rewind(to, at).unwrap();
}
