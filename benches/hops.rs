//! How long a hop of the `mariadb` engine takes after 100,000 changes of rows: from the request to the answer of a
//! server that shows the other content. Figures, not tests: `cargo bench --bench hops` (needs `mariadb-server-core`).
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench ends where an expectation does, and its output is its purpose"
)]

use std::time::{Duration, Instant};

use backtrackctl::lab::{Engine, Lab, LabOptions, Scenario};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, OptsBuilder};
use serde_json::Value;

const CHANGES: usize = 100_000;
const A_TRANSACTION: usize = 100;
const HOPS: usize = 20;
/// The control plane adds nothing: the data moves with the request.
const AT_ONCE: &str = "
paused = true
[rewind]
visible_ms = 0
applying_ms = 0
backtracking_ms = 0
moves_ms = 0
completed_ms = 0
cluster_ms = 0
writer_ms = 0
readers_ms = 0
";

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure());
}

async fn measure() {
    let lab = Lab::start(LabOptions {
        scenario: Scenario::parse(AT_ONCE).unwrap(),
        engine: Engine::Mariadb,
        ..LabOptions::default()
    })
    .unwrap();
    let ready = lab.ready_line();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let world = async || -> Value {
        let url = format!("{}/_lab/world", lab.endpoint());
        client.get(url).send().await.unwrap().json().await.unwrap()
    };
    let early = settled(&world).await;

    let mysql = &ready["mysql"];
    let options = OptsBuilder::default()
        .ip_or_hostname("127.0.0.1")
        .tcp_port(mysql["port"].as_u64().unwrap().try_into().unwrap())
        .user(mysql["user"].as_str())
        .pass(mysql["password"].as_str())
        .prefer_socket(false);
    let mut conn = Conn::new(options).await.unwrap();
    let written = Instant::now();
    for _ in 0..CHANGES / A_TRANSACTION {
        conn.query_drop("BEGIN").await.unwrap();
        let row = "(NOW(3), 7, 500)";
        let rows = vec![row; A_TRANSACTION].join(", ");
        let insert = format!("INSERT INTO shop.orders (placed_at, customer, amount_cents) VALUES {rows}");
        conn.query_drop(insert).await.unwrap();
        conn.query_drop("COMMIT").await.unwrap();
    }
    println!(
        "{CHANGES} rows written in {:.1} s",
        written.elapsed().as_secs_f64()
    );
    drop(conn);
    let late = settled(&world).await;

    let mut took = Vec::new();
    for hop in 0..HOPS {
        let (target, rows) = if hop % 2 == 0 {
            (&early, 0)
        } else {
            (&late, CHANGES)
        };
        let body = format!(
            "Action=BacktrackDBCluster&DBClusterIdentifier={}&BacktrackTo={target}",
            lab.cluster()
        );
        let began = Instant::now();
        let request = client.post(lab.endpoint()).body(body);
        let reply = request.send().await.unwrap();
        assert!(reply.status().is_success(), "{}", reply.text().await.unwrap());
        // The next look at the world finds the data moved.
        let status = client
            .get(format!("{}/_lab/calls", lab.endpoint()))
            .send()
            .await
            .unwrap();
        assert!(status.status().is_success());
        took.push(began.elapsed());
        assert_eq!(world().await["clusters"][0]["orders"], rows);
    }
    took.sort_unstable();
    let ms = |of: Duration| of.as_millis();
    println!(
        "{HOPS} hops over {CHANGES} changes: median {} ms, least {} ms, greatest {} ms",
        ms(took[HOPS / 2]),
        ms(took[0]),
        ms(took[HOPS - 1])
    );
}

/// A whole second from whose start on nothing is written, when it is past.
async fn settled(world: &impl AsyncFn() -> Value) -> String {
    tokio::time::sleep(Duration::from_secs(2)).await;
    let now = world().await["now"].as_str().unwrap().to_owned();
    tokio::time::sleep(Duration::from_secs(1)).await;
    format!("{}Z", &now[..19])
}
