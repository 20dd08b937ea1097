//! `drill`: starts its own lab, hurts it, walks the operator through the recovery, ends with a score card. With a cluster:
//! the same on real rows of that cluster, which allows it by a tag.

mod canary;
mod engine;
mod evening;
mod exercise;
mod field;
mod find;
mod permission;
mod play;
mod player;
mod scenario;
mod score;
mod story;
mod times;

pub use canary::name_what_is_left;
pub use evening::drill;
