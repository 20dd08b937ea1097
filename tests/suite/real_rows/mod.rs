//! A lab with a real server: rows that a MySQL client loses come back. Without `mariadb-server-core` these fail and say so.

mod bisect;
mod crash;
mod drill;
mod ends;
mod exercise;
mod lab;

use chrono::{DateTime, TimeDelta, Utc};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, OptsBuilder};

use crate::harness::{Lab, eventually};

/// What one connection of the ready line's user answers: the first field of the first row, if there is one.
fn sql(lab: &Lab, statement: &str) -> Option<String> {
    let login = &lab.mysql;
    let options = OptsBuilder::default()
        .ip_or_hostname(login["host"].as_str().unwrap())
        .tcp_port(login["port"].as_u64().unwrap().try_into().unwrap())
        .user(login["user"].as_str())
        .pass(login["password"].as_str())
        .prefer_socket(false);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut conn = Conn::new(options).await.unwrap();
        let answer = conn.query_first(statement).await;
        conn.disconnect().await.unwrap();
        answer.unwrap_or_else(|error| panic!("{statement}: {error}"))
    })
}

/// Waits until the lab has kept an instant at which there were more orders, which on a busy machine it does late, and tells
/// its time: a target from then on has what was there when the orders were counted.
fn kept_beyond(lab: &Lab, orders: u64) -> DateTime<Utc> {
    eventually("an instant with later orders", || {
        let now = lab.world().now;
        (lab.orders_at(now) > orders).then_some(now)
    })
}

/// Waits until the lab is so old, and tells its time.
fn at_age(lab: &Lab, seconds: i64) -> DateTime<Utc> {
    eventually("the lab to have a history", || {
        let world = lab.world();
        let earliest = world.cluster().earliest?;
        (world.now - earliest > TimeDelta::seconds(seconds)).then_some(world.now)
    })
}
