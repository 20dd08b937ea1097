//! The world and its clock behind one lock: every request finds the world as of its own instant.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::clock::Clock;
use super::super::data::DataPlane;
use super::super::moment::Moment;
use super::super::scenario::Scenario;
use super::super::world::World;

/// What all requests share.
pub(crate) struct Station(Mutex<Held>);

struct Held {
    clock: Clock,
    world: World,
    /// The rows are a server's, which lives in the machine's time.
    real_time: bool,
}

impl Station {
    /// A world that begins at what `clock` shows.
    pub(crate) fn of(clock: Clock, scenario: Scenario, seed: u64) -> Self {
        let world = World::new(scenario, seed, clock.now());
        let real_time = false;
        Self(Mutex::new(Held {
            clock,
            world,
            real_time,
        }))
    }

    /// A world whose rows are real servers', one for each cluster; its history begins now.
    pub(crate) fn on(clock: Clock, storage: Vec<Box<dyn DataPlane>>, scenario: Scenario, seed: u64) -> Self {
        let world = World::on(storage, scenario, seed, clock.now());
        let real_time = true;
        Self(Mutex::new(Held {
            clock,
            world,
            real_time,
        }))
    }

    /// Whether its time can not be moved.
    pub(crate) fn in_real_time(&self) -> bool {
        self.hold().real_time
    }

    fn hold(&self) -> MutexGuard<'_, Held> {
        // No handler leaves the world half changed, so a lock that a panic poisoned is still good.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the world up to now and hands it to `ask`.
    pub(crate) fn with<T>(&self, ask: impl FnOnce(&mut World) -> T) -> T {
        let mut held = self.hold();
        let now = held.clock.now();
        held.world.advance(now);
        ask(&mut held.world)
    }

    /// Moves the lab's time forward, and sets the skew where one is given. Returns the new now, and the skew.
    pub(crate) fn set_clock(&self, advance_ms: i64, skew_s: Option<i64>) -> (Moment, i64) {
        let mut held = self.hold();
        held.clock.advance_ms(advance_ms);
        if let Some(skew_s) = skew_s {
            held.clock.set_skew_s(skew_s);
            held.world.set_skew_s(skew_s);
        }
        let now = held.clock.now();
        held.world.advance(now);
        (now, held.clock.skew_s())
    }

    /// The lab's time, and the service's: `X-Lab-Now` and `Date`.
    pub(crate) fn times(&self) -> (Moment, Moment) {
        let held = self.hold();
        (held.clock.now(), held.clock.service_now())
    }
}
