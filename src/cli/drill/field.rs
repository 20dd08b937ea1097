//! The lab's side door, as a drill uses it: hurt it, read the truth of it, look at what was asked of it.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::cli::failure::Failure;

/// A lab that a drill plays on.
pub struct Field {
    client: reqwest::Client,
    endpoint: String,
}

/// What hurt it.
#[derive(Debug, Deserialize)]
pub struct Hurt {
    /// The instant of its commit.
    pub at: DateTime<Utc>,
    /// The statement.
    pub statement: String,
    /// Rows that the table had; none where the lab does not tell.
    pub rows: Option<u64>,
}

/// The table at an instant.
#[derive(Debug, Deserialize)]
pub struct Rows {
    /// Whole number of orders.
    pub orders: u64,
}

/// One request that the lab received.
#[derive(Debug, Deserialize)]
struct Call {
    action: String,
    accepted: bool,
}

impl Field {
    /// Speaks to the lab at `endpoint`, on the loopback.
    pub fn new(endpoint: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .map_err(|error| Failure::bug(format!("no HTTP client: {error}")))?;
        Ok(Self {
            client,
            endpoint: endpoint.to_owned(),
        })
    }

    /// Hurts it now.
    pub async fn hurt(&self, kind: &str) -> Result<Hurt, Failure> {
        self.post("/_lab/hurt", serde_json::json!({ "kind": kind }).to_string())
            .await
    }

    /// Lets another service hold so many connections.
    pub async fn pool(&self, connections: u32) -> Result<(), Failure> {
        let body = serde_json::json!({ "connections": connections }).to_string();
        let _: serde_json::Value = self.post("/_lab/pool", body).await?;
        Ok(())
    }

    /// Sets the faults that wait.
    pub async fn faults(&self, list: &str) -> Result<(), Failure> {
        let _: serde_json::Value = self.post("/_lab/faults", list.to_owned()).await?;
        Ok(())
    }

    /// What the table showed at an instant.
    pub async fn rows_at(&self, at: DateTime<Utc>) -> Result<Rows, Failure> {
        let time = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        self.get(&format!("/_lab/at?time={time}")).await
    }

    /// How many BacktrackDBCluster the lab acted on.
    pub async fn accepted(&self) -> Result<usize, Failure> {
        let calls: Vec<Call> = self.get("/_lab/calls").await?;
        Ok(calls
            .iter()
            .filter(|call| call.action == "BacktrackDBCluster" && call.accepted)
            .count())
    }

    /// True when the shop takes orders and they agree with its receipts.
    pub async fn shop_is_well(&self) -> Result<bool, Failure> {
        let shop: serde_json::Value = self.get("/shop").await?;
        let open = shop.get("paused").and_then(serde_json::Value::as_bool) == Some(false);
        let reply = self
            .client
            .get(format!("{}/shop/check", self.endpoint))
            .send()
            .await
            .map_err(|error| lost(&error))?;
        Ok(open && reply.status().is_success())
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let reply = self
            .client
            .get(format!("{}{path}", self.endpoint))
            .send()
            .await
            .map_err(|error| lost(&error))?;
        reply
            .error_for_status()
            .map_err(|error| lost(&error))?
            .json()
            .await
            .map_err(|error| lost(&error))
    }

    async fn post<T: serde::de::DeserializeOwned>(&self, path: &str, body: String) -> Result<T, Failure> {
        let request = self
            .client
            .post(format!("{}{path}", self.endpoint))
            .header("content-type", "application/json");
        let reply = request.body(body).send().await.map_err(|error| lost(&error))?;
        reply
            .error_for_status()
            .map_err(|error| lost(&error))?
            .json()
            .await
            .map_err(|error| lost(&error))
    }
}

fn lost(error: &reqwest::Error) -> Failure {
    Failure::bug(format!(
        "the drill's own lab did not answer as it should: {error}"
    ))
}
