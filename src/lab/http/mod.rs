//! HTTP on loopback: the API at `/`, the lab's own questions under `/_lab`, the sample shop under `/shop`.
//!
//! Handlers translate; what they ask and do is in the world.

mod api;
mod connection;
mod control;
mod json;
mod router;
mod secret;
mod shop;
mod station;
pub(crate) mod truth;

pub(crate) use connection::LoopbackListener;
pub(crate) use router::service;
pub(crate) use station::Station;
