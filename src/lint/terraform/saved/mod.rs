//! What Terraform saved and showed: plans and states as JSON.

mod address;
mod change;
mod configuration;
mod facts;
mod faults;
mod item;
mod named;
mod plan;
mod read;
mod references;
mod state;
mod stock;

pub use read::json;
