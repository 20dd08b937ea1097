//! What Terraform saved and showed: plans and states as JSON.

mod change;
mod configuration;
mod item;
mod plan;
mod read;
mod state;
mod stock;

pub use read::json;
