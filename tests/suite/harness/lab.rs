//! The real `lab serve`, driven by its control surface as any other program would drive it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, SecondsFormat, Utc};
use rustix::process::{Pid, Signal};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::http::send;

/// A rewind that settles within a second, in the order in which AWS shows its steps.
pub const QUICK: &str = "
[rewind]
visible_ms = 150
applying_ms = 200
backtracking_ms = 250
moves_ms = 400
completed_ms = 700
cluster_ms = 800
writer_ms = 850
readers_ms = 900
";

/// A rewind that AWS is at work on until the lab's time is moved on by more than ten minutes: whatever is to be done
/// meanwhile is done meanwhile, however late it comes.
pub const SLOW: &str = "
[rewind]
visible_ms = 150
applying_ms = 200
backtracking_ms = 250
moves_ms = 600_000
completed_ms = 600_010
cluster_ms = 600_020
writer_ms = 600_030
readers_ms = 600_040
";

/// A lab in a process of its own; it ends with the value.
pub struct Lab {
    process: Child,
    pub endpoint: String,
    pub cluster: String,
    /// How a MySQL client reaches it; null where no server is.
    pub mysql: Value,
}

/// One request of the API, as the lab saw it.
#[derive(Clone, Debug, Deserialize)]
pub struct Call {
    pub seq: u64,
    pub at: DateTime<Utc>,
    pub action: String,
    pub params: BTreeMap<String, String>,
    pub accepted: bool,
}

/// The truth.
#[derive(Clone, Debug, Deserialize)]
pub struct World {
    pub now: DateTime<Utc>,
    pub clusters: Vec<Cluster>,
    pub snapshots: Vec<Snapshot>,
    pub shop: Shop,
}

/// A cluster as it is.
#[derive(Clone, Debug, Deserialize)]
pub struct Cluster {
    pub id: String,
    pub clone_of: Option<String>,
    pub status: String,
    pub earliest: Option<DateTime<Utc>>,
    pub orders_digest: String,
    pub backtracks: Vec<Backtrack>,
}

/// A manual snapshot as it is.
#[derive(Clone, Debug, Deserialize)]
pub struct Snapshot {
    pub id: String,
    pub orders_digest: String,
}

/// A backtrack as it is.
#[derive(Clone, Debug, Deserialize)]
pub struct Backtrack {
    pub id: String,
    pub effective: DateTime<Utc>,
    pub from: Option<DateTime<Utc>>,
    pub status: String,
    pub foreign: bool,
}

/// The sample application.
#[derive(Clone, Debug, Deserialize)]
pub struct Shop {
    pub paused: bool,
    pub changes: Vec<Change>,
}

/// The shop was closed or opened.
#[derive(Clone, Debug, Deserialize)]
pub struct Change {
    pub at: DateTime<Utc>,
    pub paused: bool,
}

impl Lab {
    /// A lab whose rewinds are quick.
    pub fn quick() -> Self {
        Self::with(QUICK)
    }

    /// A lab whose rewinds end once its time is moved on.
    pub fn slow() -> Self {
        Self::with(SLOW)
    }

    /// A lab with a real server, whose rewinds are quick.
    pub fn with_real_rows() -> Self {
        Self::with_real_rows_and("")
    }

    /// The same with more to its scenario.
    pub fn with_real_rows_and(scenario: &str) -> Self {
        Self::serve(&format!("{QUICK}{scenario}"), &["--engine", "mariadb"])
    }

    /// A lab that follows `scenario`, as TOML.
    pub fn with(scenario: &str) -> Self {
        Self::serve(scenario, &[])
    }

    /// A lab with a fleet beside its own cluster, as TOML.
    pub fn with_fleet(fleet: &str) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), fleet).unwrap();
        Self::serve("", &["--fleet", file.path().to_str().unwrap()])
    }

    fn serve(scenario: &str, more: &[&str]) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), scenario).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_backtrackctl"))
            .args(["lab", "serve", "--scenario"])
            .arg(file.path())
            .args(more)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert_eq!(ready["ready"], true, "{ready}");
        Self {
            process,
            endpoint: ready["endpoint"].as_str().unwrap().to_owned(),
            cluster: ready["cluster"].as_str().unwrap().to_owned(),
            mysql: ready["mysql"].clone(),
        }
    }

    /// Sends a signal: a lab that stands still answers nothing.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(Pid::from_child(&self.process), signal).unwrap();
    }

    /// Puts `faults` in the place of the last ones.
    pub fn faults(&self, faults: &Value) {
        self.order("faults", faults);
    }

    /// One fault on the `nth` request of `action` from now on.
    pub fn fault(&self, action: &str, nth: u64, fault: &str) {
        self.faults(&json!([{"action": action, "nth": nth, "fault": fault}]));
    }

    /// One fault on every request of `action` from now on.
    pub fn fault_always(&self, action: &str, fault: &str) {
        self.faults(&json!([{"action": action, "every": 1, "fault": fault}]));
    }

    /// From now on nothing goes wrong.
    pub fn heal(&self) {
        self.faults(&json!([]));
    }

    /// Moves the lab's time forward.
    pub fn advance(&self, seconds: u32) {
        self.order("clock", &json!({"advance_s": seconds}));
    }

    /// Makes the HTTP header `Date` differ from the lab's time.
    pub fn skew(&self, seconds: i32) {
        self.order("clock", &json!({"skew_s": seconds}));
    }

    /// Commits a careless statement and returns when.
    pub fn hurt(&self, kind: &str) -> DateTime<Utc> {
        let done = self.order("hurt", &json!({"kind": kind}));
        serde_json::from_value(done["at"].clone()).unwrap()
    }

    /// The truth now.
    pub fn world(&self) -> World {
        self.ask("world")
    }

    /// Every request of the API so far.
    pub fn calls(&self) -> Vec<Call> {
        self.ask("calls")
    }

    /// One request of the API, unsigned, as a form.
    pub fn api(&self, form: &str) -> String {
        let reply = send(&self.endpoint, "POST", "/", &format!("Version=2014-10-31&{form}"));
        assert_eq!(reply.status, 200, "{form}: {}", reply.body);
        reply.body
    }

    /// Every request of an action that the lab acted on.
    pub fn accepted_of(&self, action: &str) -> Vec<Call> {
        let mut calls = self.calls();
        calls.retain(|call| call.action == action && call.accepted);
        calls
    }

    /// Every BacktrackDBCluster that came in.
    pub fn requests(&self) -> Vec<Call> {
        let mut calls = self.calls();
        calls.retain(|call| call.action == "BacktrackDBCluster");
        calls
    }

    /// Every BacktrackDBCluster that the lab acted on.
    pub fn accepted(&self) -> Vec<Call> {
        let mut requests = self.requests();
        requests.retain(|call| call.accepted);
        requests
    }

    /// Digest of the orders that the cluster showed at an instant of its present history.
    pub fn digest_at(&self, at: DateTime<Utc>) -> String {
        let time = at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let shown: Value = self.ask(&format!("at?time={time}"));
        shown["orders_digest"].as_str().unwrap().to_owned()
    }

    /// How many orders that were.
    pub fn orders_at(&self, at: DateTime<Utc>) -> u64 {
        let time = at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let shown: Value = self.ask(&format!("at?time={time}"));
        shown["orders"].as_u64().unwrap()
    }

    fn ask<T: DeserializeOwned>(&self, what: &str) -> T {
        let reply = send(&self.endpoint, "GET", &format!("/_lab/{what}"), "");
        assert_eq!(reply.status, 200, "{what}: {}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    /// A refused order: its status and what it says.
    pub fn refusal(&self, what: &str, body: &Value) -> (u16, String) {
        let reply = send(
            &self.endpoint,
            "POST",
            &format!("/_lab/{what}"),
            &body.to_string(),
        );
        (reply.status, reply.body)
    }

    /// The reply to a request of the API, a refusal too.
    pub fn reply(&self, form: &str) -> String {
        send(&self.endpoint, "POST", "/", &format!("Version=2014-10-31&{form}")).body
    }

    fn order(&self, what: &str, body: &Value) -> Value {
        let reply = send(
            &self.endpoint,
            "POST",
            &format!("/_lab/{what}"),
            &body.to_string(),
        );
        assert_eq!(reply.status, 200, "{what}: {}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }
}

impl World {
    /// The shop's own cluster.
    pub fn cluster(&self) -> &Cluster {
        &self.clusters[0]
    }

    /// Every clone that there is.
    pub fn clones(&self) -> Vec<&Cluster> {
        let all = self.clusters.iter();
        all.filter(|cluster| cluster.clone_of.is_some()).collect()
    }

    /// Backtracks that the program asked for, oldest first.
    pub fn ours(&self) -> Vec<&Backtrack> {
        let all = self.cluster().backtracks.iter();
        all.filter(|backtrack| !backtrack.foreign).collect()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
