//! A client that visits a lab of its own.

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::super::{Lab, LabHandle, LabOptions, Scenario};

pub(super) struct Visitor {
    pub(super) lab: LabHandle,
    pub(super) client: Client,
}

pub(super) fn visit(scenario: &str) -> Visitor {
    let scenario = Scenario::parse(scenario).unwrap();
    let lab = Lab::start(LabOptions {
        scenario,
        ..LabOptions::default()
    })
    .unwrap();
    Visitor {
        lab,
        client: Client::builder().no_proxy().build().unwrap(),
    }
}

impl Visitor {
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.lab.endpoint())
    }

    pub(super) async fn api(&self, form: &str) -> reqwest::Result<Response> {
        let body = format!("Version=2014-10-31&DBClusterIdentifier=orders--drill&{form}");
        self.client.post(self.url("/")).body(body).send().await
    }

    pub(super) async fn get(&self, path: &str) -> (StatusCode, Value) {
        let reply = self.client.get(self.url(path)).send().await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let reply = self
            .client
            .post(self.url(path))
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    pub(super) async fn fault(&self, fault: Value) {
        let (status, body) = self.post("/_lab/faults", json!([fault])).await;
        assert_eq!(status, StatusCode::OK, "{body}");
    }

    /// The lab's now, as the truth has it, cut to the second.
    pub(super) async fn now(&self) -> String {
        let (_, world) = self.get("/_lab/world").await;
        format!("{}Z", &world["now"].as_str().unwrap()[..19])
    }

    pub(super) async fn cluster(&self) -> Value {
        self.get("/_lab/world").await.1["clusters"][0].clone()
    }

    pub(super) async fn advance(&self, seconds: i64) {
        self.post("/_lab/clock", json!({ "advance_s": seconds })).await;
    }
}

pub(super) const LIST: &str = "Action=DescribeDBClusters";

pub(super) async fn text(reply: reqwest::Result<Response>) -> (u16, String) {
    let reply = reply.unwrap();
    (reply.status().as_u16(), reply.text().await.unwrap())
}
