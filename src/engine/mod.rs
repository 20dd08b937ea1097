//! The only loop: what next → intent → journal → effect → journal → event → machine. It decides nothing that the machine
//! could decide, and knows no adapter by name.

mod advice;
mod copies;
mod copy_look;
mod copy_turn;
mod database;
mod drive;
mod effects;
mod hands;
mod narrate;
mod outcome;
mod polls;
mod probe;
mod steps;
mod waiting;

pub use drive::{Engine, EngineError, Finish};
pub use hands::{Hands, World};
pub use outcome::{Later, outcome_notice};
