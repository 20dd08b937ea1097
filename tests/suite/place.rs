//! A place to test in: a lab that serves, a journal of its own, and the program with nothing else around it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// The lab's cluster.
pub const CLUSTER: &str = "orders--drill";

/// A lab whose backtracks are done in a second, for tests that are not about waiting.
pub const QUICK: &str = "\
[rewind]
visible_ms = 100
applying_ms = 150
backtracking_ms = 200
moves_ms = 400
completed_ms = 600
cluster_ms = 700
writer_ms = 750
readers_ms = 800
";

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A lab and a folder; both are gone when it is dropped.
pub struct Place {
    lab: Child,
    endpoint: String,
    folder: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// Exit code.
    pub exit: i32,
    /// Data.
    pub out: String,
    /// Everything else.
    pub err: String,
}

impl Place {
    /// A lab that is ready, as the scenario says; empty for the usual one.
    pub fn new(scenario: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scenario.toml");
        std::fs::write(&file, scenario).unwrap();
        let mut lab = program(folder.path())
            .args(["lab", "serve", "--scenario"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut reader = BufReader::new(lab.stdout.take().unwrap());
        reader.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON when the lab is ready");
        let endpoint = ready["endpoint"].as_str().unwrap().to_owned();
        Self {
            lab,
            endpoint,
            folder,
        }
    }

    /// The lab's URL.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A folder that goes with it; the journal is in `journal`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program, not yet started.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = program(self.folder());
        command.args(args);
        command
    }

    /// `run` on this lab with the drill's runbook, to `to`, with more options.
    pub fn run_args<'a>(&'a self, to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let runbook = concat!(env!("CARGO_MANIFEST_DIR"), "/runbooks/drill.toml");
        let mut args = vec![
            "run",
            runbook,
            "--lab",
            &self.endpoint,
            "--cluster",
            CLUSTER,
            "--to",
            to,
        ];
        args.extend(more);
        args
    }

    /// Runs the program to its end, with no terminal and nobody at its input.
    pub fn say(&self, args: &[&str]) -> Said {
        finish(self.command(args))
    }

    /// The lab's truth, or its shop.
    pub fn get(&self, path: &str) -> Value {
        self.http("GET", path, "")
    }

    /// Changes the lab.
    pub fn post(&self, path: &str, body: &Value) -> Value {
        self.http("POST", path, &body.to_string())
    }

    /// How many BacktrackDBCluster the lab acted on.
    pub fn accepted(&self) -> usize {
        let calls = self.get("/_lab/calls");
        let accepted = |call: &&Value| call["action"] == "BacktrackDBCluster" && call["accepted"] == true;
        calls.as_array().unwrap().iter().filter(accepted).count()
    }

    /// Whether the shop is paused, and how often that changed.
    pub fn shop(&self) -> (bool, usize) {
        let world = self.get("/_lab/world");
        let changes = world["shop"]["changes"].as_array().unwrap().len();
        (world["shop"]["paused"].as_bool().unwrap(), changes)
    }

    /// The lab's time.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        let world = self.get("/_lab/world");
        world["now"].as_str().unwrap().parse().unwrap()
    }

    /// The only run in the journal.
    pub fn run_id(&self) -> String {
        let runs = self.runs("runs");
        assert_eq!(runs.len(), 1, "expected one run, got {runs:?}");
        runs[0].file_name().unwrap().to_str().unwrap().to_owned()
    }

    /// The folders of a shelf, `runs` or `rehearsals`.
    pub fn runs(&self, shelf: &str) -> Vec<PathBuf> {
        let shelf = self.folder().join("journal").join(shelf);
        let entries = std::fs::read_dir(shelf).map(Iterator::collect::<Vec<_>>);
        entries
            .unwrap_or_default()
            .into_iter()
            .map(|entry| entry.unwrap().path())
            .collect()
    }

    fn http(&self, method: &str, path: &str, body: &str) -> Value {
        let host = self.endpoint.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 200 "), "{method} {path}: {reply}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A lab that has ended already is as good.
        let _ = self.lab.kill();
        let _ = self.lab.wait();
    }
}

/// The program with an environment of its own: nothing of AWS, a locale, a zone without summer time.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backtrackctl"));
    command
        .env_clear()
        .env("HOME", folder)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("USER", "dba")
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .env("TERM", "xterm-256color")
        .env("BACKTRACKCTL_JOURNAL", folder.join("journal"))
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs a command to its end with nobody at its input.
pub fn finish(mut command: Command) -> Said {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Said {
        exit: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Waits until something is so; fails with `what` when it never is.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < PATIENCE, "expected {what} within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
