//! moto's server, a stand-in for services that the lab does not play: a free port, an account of its own, gone with the value.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use serde_json::Value;

use super::patience::DEADLINE;
use super::venv::{self, path};

/// The region in which all calls of this harness are made.
const REGION: &str = "us-east-1";

/// A server.
pub struct Moto {
    process: Child,
    /// `http://127.0.0.1:PORT`, for every service.
    pub endpoint: String,
}

impl Moto {
    /// An empty account. Waits until it answers.
    pub fn start() -> Self {
        venv::need("moto_server");
        // It dies with the thread of the test, whatever becomes of that. Its server chooses the port: nobody can take it first.
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "moto_server", "-H", "127.0.0.1", "-p", "0"])
            .env_clear()
            .env("PATH", path())
            .env("LANG", "C.UTF-8")
            .env("PYTHONUNBUFFERED", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (told, endpoint) = mpsc::channel();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        // Reads on until the end: a server whose pipe is full would stand still.
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if let Some((_, url)) = line.split_once("Running on ") {
                    let _ = told.send(url.trim().to_owned());
                }
            }
        });
        let endpoint = endpoint
            .recv_timeout(DEADLINE)
            .unwrap_or_else(|error| panic!("moto_server said no address: {error}"));
        Self { process, endpoint }
    }

    /// One request of a service that speaks JSON: `("logs", "Logs_20140328.CreateLogGroup", …)`. It must succeed.
    #[track_caller]
    pub fn json(&self, service: &str, target: &str, body: &Value) -> Value {
        let reply = self.send(
            service,
            &format!("Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: {target}\r\n"),
            &body.to_string(),
        );
        serde_json::from_str(&reply).unwrap_or(Value::Null)
    }

    /// One request of a service that speaks forms: `("iam", "Action=ListRoles&Version=2010-05-08")`. It must succeed.
    #[track_caller]
    pub fn form(&self, service: &str, body: &str) -> String {
        self.send(
            service,
            "Content-Type: application/x-www-form-urlencoded\r\n",
            body,
        )
    }

    /// What the program, or the AWS CLI, needs in its environment to speak to this server.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ACCESS_KEY_ID", "AKID".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "SECRET".to_owned()),
            ("AWS_REGION", REGION.to_owned()),
            // The AWS CLI knows this name alone.
            ("AWS_DEFAULT_REGION", REGION.to_owned()),
            ("AWS_ENDPOINT_URL", self.endpoint.clone()),
        ]
    }

    /// moto learns the service and the region from the signature's scope, and checks no signature.
    #[track_caller]
    fn send(&self, service: &str, headers: &str, body: &str) -> String {
        let host = self.endpoint.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let request = format!(
            "POST / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/{REGION}/{service}/aws4_request, \
             SignedHeaders=host, Signature=0\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").expect("a reply has a head");
        assert!(head.contains(" 200 "), "{service}: {head}\n{body}");
        body.to_owned()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
