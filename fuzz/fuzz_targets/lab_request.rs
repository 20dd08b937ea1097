//! Any requests to a lab: it answers each with HTTP and its own time, is never the one that breaks, and its truth can
//! be read afterwards.
#![no_main]

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use backtrackctl::lab::{Lab, LabHandle, LabOptions};
use libfuzzer_sys::fuzz_target;

/// A lab remembers every request: now and then it is a new one.
const INPUTS_A_LAB: u32 = 500;

/// A delay that was ordered for a reply is not waited for.
const PATIENCE: Duration = Duration::from_millis(50);

/// `METHOD PATH`, a line with the key id of a signature, and the body: requests are parted by a blank line.
struct Request<'a> {
    line: String,
    key: String,
    body: &'a str,
}

impl<'a> Request<'a> {
    fn read(text: &'a str) -> Self {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (key, body) = rest.split_once('\n').unwrap_or((rest, ""));
        let plain = |letter: &char| letter.is_ascii_graphic();
        let (method, path) = line.split_once(' ').unwrap_or(("POST", line));
        let method = if method == "GET" { "GET" } else { "POST" };
        let path: String = path.trim_start_matches('/').chars().filter(plain).collect();
        Self {
            line: format!("{method} /{path} HTTP/1.1\r\n"),
            key: key.chars().filter(|letter| !letter.is_control()).collect(),
            body,
        }
    }
}

thread_local! {
    static LAB: RefCell<Option<(LabHandle, u32)>> = const { RefCell::new(None) };
}

fn endpoint() -> String {
    LAB.with_borrow_mut(|held| {
        if held.as_ref().is_none_or(|(_, inputs)| *inputs >= INPUTS_A_LAB) {
            *held = Some((Lab::start(LabOptions::default()).expect("a lab"), 0));
        }
        let (lab, inputs) = held.as_mut().expect("a lab");
        *inputs += 1;
        lab.endpoint()
    })
}

/// The reply; empty where the lab was told to cut the connection or to wait.
fn send(endpoint: &str, head: &str, body: &[u8]) -> String {
    let host = endpoint.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(host).expect("a lab that listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let length = body.len();
    let head = format!("{head}Host: lab\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    let sent = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
    let mut reply = Vec::new();
    if sent.is_ok() {
        let _ = stream.read_to_end(&mut reply);
    }
    String::from_utf8_lossy(&reply).into_owned()
}

fuzz_target!(|text: &str| {
    let endpoint = endpoint();
    for request in text.split("\n\n").take(8).map(Request::read) {
        let Request { line, key, body } = request;
        let head = format!("{line}Authorization: AWS4-HMAC-SHA256 Credential={key}\r\n");
        let reply = send(&endpoint, &head, body.as_bytes());
        assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 "), "{reply}");
    }
    send(&endpoint, "POST /_lab/faults HTTP/1.1\r\n", b"[]");
    let truth = send(&endpoint, "GET /_lab/world HTTP/1.1\r\n", b"");
    if let Some((head, body)) = truth.split_once("\r\n\r\n") {
        assert!(
            head.starts_with("HTTP/1.1 200") && head.contains("x-lab-now: "),
            "{truth}"
        );
        let world: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert!(world["clusters"].is_array(), "{world}");
    }
});
