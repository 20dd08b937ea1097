//! What is true in the lab, as JSON: for tests, and for whoever wants to know.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::super::backtrack::Backtrack;
use super::super::cluster::Cluster;
use super::super::moment::Moment;
use super::super::snapshot::Snapshot;
use super::super::table::{Presence, Table};
use super::super::world::World;

/// `GET /_lab/world`.
pub(crate) fn world(world: &World) -> Value {
    let now = world.now();
    let clusters: Vec<Value> = world.clusters.iter().map(|it| cluster(it, now)).collect();
    let snapshots: Vec<Value> = world.snapshots.iter().map(|it| snapshot(it, now)).collect();
    json!({
        "now": now.rfc3339_ms(),
        "clusters": clusters,
        "snapshots": snapshots,
        "shop": { "paused": world.shop.paused(), "changes": world.shop.changes() },
    })
}

fn cluster(cluster: &Cluster, now: Moment) -> Value {
    let table = cluster.data().shown();
    let backtracks: Vec<Value> = cluster.backtracks.iter().map(|it| backtrack(it, now)).collect();
    json!({
        "id": cluster.id(),
        "status": cluster.status(now),
        "earliest": cluster.earliest(now).map(Moment::rfc3339_ms),
        "head": cluster.head(now).rfc3339_ms(),
        "orders": table.rows(),
        "orders_digest": table.digest(),
        "table": table.presence().word(),
        "orders_refused": cluster.refused,
        "receipts": cluster.receipts,
        "storage_fault": cluster.data().fault(),
        "backtracks": backtracks,
        "clone_of": cluster.clone_of,
    })
}

fn snapshot(snapshot: &Snapshot, now: Moment) -> Value {
    json!({
        "id": snapshot.id,
        "source": snapshot.source,
        "status": snapshot.status(now),
        "orders": snapshot.table.rows(),
        "orders_digest": snapshot.table.digest(),
    })
}

fn backtrack(backtrack: &Backtrack, now: Moment) -> Value {
    json!({
        "id": backtrack.id.to_string(),
        "requested": backtrack.requested.rfc3339_ms(),
        "effective": backtrack.effective.rfc3339_ms(),
        "from": backtrack.moved_at().map(Moment::rfc3339_ms),
        "status": backtrack.status(now).word(),
        "created": backtrack.created.rfc3339_ms(),
        "foreign": backtrack.foreign,
    })
}

/// `GET /_lab/at`.
pub(crate) fn content(table: &Table) -> Value {
    json!({
        "orders": table.rows(),
        "orders_digest": table.digest(),
        "table": table.presence().word(),
    })
}

/// `GET /shop`.
pub(crate) fn shop(world: &World, cluster: &Cluster) -> Value {
    let table = cluster.data().shown();
    json!({
        "paused": world.shop.paused(),
        "database": if cluster.database_open(world.now()) { "open" } else { "closed" },
        "table": table.presence().word(),
        "orders": table.rows(),
        "last_order_at": table.last_order_at().map(Moment::rfc3339_ms),
        "receipts": cluster.receipts,
        "digest": table.digest(),
    })
}

/// `GET /shop/check`: 200 when the table agrees with the receipts of the present history, else 409.
pub(crate) fn check(world: &World, cluster: &Cluster) -> Response {
    let now = world.now();
    let table = cluster.data().shown();
    let found = table.compare_with_receipts();
    if !cluster.database_open(now) {
        let reason = format!(
            "the database takes no connections: the cluster is {}",
            cluster.status(now)
        );
        let unknown =
            json!({ "ok": false, "reason": reason, "missing": null, "changed": null, "extra": null });
        return (StatusCode::CONFLICT, Json(unknown)).into_response();
    }
    let reason = match (found.agrees, table.presence()) {
        (true, _) => None,
        (false, Presence::Dropped) => Some("the table orders is gone"),
        (false, Presence::Unreadable) => Some("the table orders could not be read"),
        (false, Presence::Standing) => Some("the table orders differs from the receipts"),
    };
    let status = if found.agrees {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    };
    let body = json!({
        "ok": found.agrees,
        "reason": reason,
        "upto": cluster.head(now).rfc3339_ms(),
        "orders": table.rows(),
        "receipts": table.receipts(),
        "missing": found.missing,
        "changed": found.changed,
        "extra": found.extra,
    });
    (status, Json(body)).into_response()
}
