//! `/_lab`: questions about the truth, and the levers of the lab. No AWS service has these.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use serde::Deserialize;
use serde_json::json;

use super::super::data::{DataError, HurtKind};
use super::super::faults::FaultRule;
use super::super::moment::Moment;
use super::json::{Answered, Refusal, parameter, read};
use super::station::Station;
use super::truth;

/// More at once would keep a client waiting.
const MAX_ADVANCE: Duration = Duration::from_hours(31 * 24);
/// A pool of the lab is a small one.
const MOST_CONNECTIONS: u32 = 50;
const MAX_SKEW_S: i64 = 366 * 86_400;

type Shared = State<Arc<Station>>;

pub(crate) async fn calls(State(station): Shared) -> Answered {
    Ok(Json(station.with(|world| json!(world.calls.all()))))
}

pub(crate) async fn world(State(station): Shared) -> Answered {
    Ok(Json(station.with(|world| truth::world(world))))
}

/// The state at an instant on the present history: what a rewind to it would show.
pub(crate) async fn at(State(station): Shared, RawQuery(raw): RawQuery) -> Answered {
    let id = parameter(raw.as_deref(), "cluster");
    let text = parameter(raw.as_deref(), "time").unwrap_or_default();
    let wrong_time = || Refusal::bad(format!("expected time in RFC 3339, got {text:?}"));
    let time = Moment::parse(&text).ok_or_else(wrong_time)?;
    station.with(|world| {
        let now = world.now();
        let cluster = world
            .cluster_or_first(id.as_deref())
            .ok_or_else(|| Refusal::no_cluster(id.as_deref()))?;
        if time > now {
            return Err(Refusal::bad(format!(
                "expected a time until {}, got {text:?}",
                now.rfc3339_ms()
            )));
        }
        match cluster.data().shown_at(time) {
            Ok(table) => Ok(Json(truth::content(&table))),
            Err(
                error @ (DataError::Forgotten
                | DataError::NoTable
                | DataError::NoServer
                | DataError::Engine(_)),
            ) => Err(Refusal::bad(error.to_string())),
        }
    })
}

pub(crate) async fn faults(State(station): Shared, body: Bytes) -> Answered {
    let rules: Vec<FaultRule> = read(&body)?;
    let count = rules.len();
    station.with(|world| world.faults.replace(rules));
    Ok(Json(json!({ "faults": count })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockOrder {
    advance_s: Option<f64>,
    skew_s: Option<i64>,
}

pub(crate) async fn clock(State(station): Shared, body: Bytes) -> Answered {
    let order: ClockOrder = read(&body)?;
    if order.advance_s.is_none() && order.skew_s.is_none() {
        return Err(Refusal::bad("expected advance_s or skew_s, got neither"));
    }
    if order.advance_s.is_some() && station.in_real_time() {
        return Err(Refusal::bad(
            "expected no advance_s: the rows of this lab are a real server's, and its time is the machine's",
        ));
    }
    let seconds = order.advance_s.unwrap_or(0.0);
    let wrong_advance = || {
        Refusal::bad(format!(
            "expected advance_s of 0 to {}, got {seconds}",
            MAX_ADVANCE.as_secs()
        ))
    };
    let advance = Duration::try_from_secs_f64(seconds).map_err(|_| wrong_advance())?;
    if advance > MAX_ADVANCE {
        return Err(wrong_advance());
    }
    if let Some(skew_s) = order
        .skew_s
        .filter(|skew_s| !(-MAX_SKEW_S..=MAX_SKEW_S).contains(skew_s))
    {
        return Err(Refusal::bad(format!(
            "expected skew_s of -{MAX_SKEW_S} to {MAX_SKEW_S}, got {skew_s}"
        )));
    }
    let advance_ms = i64::try_from(advance.as_millis()).map_err(|_| wrong_advance())?;
    let (now, skew_s) = station.set_clock(advance_ms, order.skew_s);
    Ok(Json(json!({ "now": now.rfc3339_ms(), "skew_s": skew_s })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopOrder {
    paused: bool,
}

pub(crate) async fn shop(State(station): Shared, body: Bytes) -> Answered {
    let ShopOrder { paused } = read(&body)?;
    station.with(|world| world.set_paused(paused));
    Ok(Json(json!({ "paused": paused })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HurtOrder {
    kind: HurtKind,
    cluster: Option<String>,
}

/// Commits a careless statement: 409 when the database cannot take it now.
pub(crate) async fn hurt(State(station): Shared, body: Bytes) -> Answered {
    let HurtOrder { kind, cluster } = read(&body)?;
    let id = cluster.as_deref();
    let (rows, committed) = station.with(|world| {
        let rows = world
            .cluster_or_first(id)
            .map(|cluster| cluster.data().shown().rows());
        (rows, world.hurt(id, kind))
    });
    let committed = committed.ok_or_else(|| Refusal::no_cluster(id))?;
    let at = committed.map_err(|error| Refusal::conflict(error.to_string()))?;
    Ok(Json(
        json!({ "at": at.rfc3339_ms(), "statement": kind.statement(), "rows": rows }),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolOrder {
    connections: u32,
}

/// Lets a reporting service hold connections to the first cluster, which come back when they are ended: 409 without a
/// real server. 0 stops it.
pub(crate) async fn pool(State(station): Shared, body: Bytes) -> Answered {
    let PoolOrder { connections } = read(&body)?;
    if connections > MOST_CONNECTIONS {
        return Err(Refusal::bad(format!(
            "expected connections of 0 to {MOST_CONNECTIONS}, got {connections}"
        )));
    }
    let began = station.with(|world| {
        world
            .clusters
            .first_mut()
            .map(|cluster| cluster.pool(connections))
    });
    began
        .ok_or_else(|| Refusal::no_cluster(None))?
        .map_err(|error| Refusal::conflict(error.to_string()))?;
    Ok(Json(json!({ "connections": connections })))
}
