//! `/shop`: the sample application as an operator meets it. Pausing and resuming can be repeated.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};

use super::super::cluster::Cluster;
use super::super::world::World;
use super::json::{Answered, Refusal, parameter};
use super::station::Station;
use super::truth;

type Shared = State<Arc<Station>>;

pub(crate) async fn show(State(station): Shared, RawQuery(raw): RawQuery) -> Answered {
    station.with(|world| Ok(Json(truth::shop(world, chosen(world, raw.as_deref())?))))
}

pub(crate) async fn check(State(station): Shared, RawQuery(raw): RawQuery) -> Response {
    station.with(|world| match chosen(world, raw.as_deref()) {
        Ok(cluster) => truth::check(world, cluster),
        Err(refusal) => refusal.into_response(),
    })
}

pub(crate) async fn pause(State(station): Shared) -> Answered {
    set_paused(&station, true)
}

pub(crate) async fn resume(State(station): Shared) -> Answered {
    set_paused(&station, false)
}

fn set_paused(station: &Station, paused: bool) -> Answered {
    station.with(|world| {
        world.set_paused(paused);
        Ok(Json(truth::shop(world, chosen(world, None)?)))
    })
}

/// The cluster of `?cluster=ID`, or the shop's own.
fn chosen<'a>(world: &'a World, raw: Option<&str>) -> Result<&'a Cluster, Refusal> {
    let id = parameter(raw, "cluster");
    world
        .cluster_or_first(id.as_deref())
        .ok_or_else(|| Refusal::no_cluster(id.as_deref()))
}
