//! The machine: one run, changed by `apply` alone. Recovery is a fold of the journal through the same `apply`.
//!
//! Sans-IO: events in, the next thing to do out, `now` an argument. Nothing here sends, stores, waits or reads a clock.

mod abandon;
mod answers;
mod apply;
mod attach;
mod attempt;
mod call;
mod copies;
mod gate;
mod inventory;
mod look;
mod next;
mod queries;
mod reconcile;
mod seek;
mod sought;
mod state;

pub use apply::IllegalEvent;
pub use attempt::{Attempt, Footing, Goal};
pub use inventory::ItemState;
pub use next::Next;
pub use seek::{Asks, SEARCH, Seek};
pub use state::{Run, SettledHop, State, Trace};

#[cfg(test)]
mod tests;
