//! `drill`: starts its own lab, hurts it, walks the operator through the recovery, ends with a score card.

mod engine;
mod evening;
mod field;
mod play;
mod player;
mod scenario;
mod score;
mod story;

pub use evening::drill;
