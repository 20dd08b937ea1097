//! Adapters of the `Clock` port: the machine's own time and the lab's.
//!
//! The only place that may ask the operating system for the time. Knows nothing of AWS: what replies say of time
//! arrives through `Observations`, which the composition root feeds.

mod lab;
mod machine;
mod observations;

pub use lab::LabClock;
pub use machine::{MachineClock, now as machine_now};
pub use observations::Observations;
