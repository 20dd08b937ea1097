//! One HTTP request to a server on the loopback: no proxy, no retry, no connection kept.

use std::io::{Read, Write};
use std::net::TcpStream;

/// A reply: the status and the body.
pub struct Reply {
    pub status: u16,
    pub body: String,
}

/// Sends one request to `http://HOST:PORT` and reads the reply to its end.
pub fn send(endpoint: &str, method: &str, path: &str, body: &str) -> Reply {
    let host = endpoint
        .strip_prefix("http://")
        .expect("a lab's endpoint is plain HTTP");
    let mut stream = TcpStream::connect(host).unwrap_or_else(|error| panic!("{endpoint}: {error}"));
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").expect("a reply has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Reply {
        status: status.expect("a reply has a status"),
        body: body.to_owned(),
    }
}
