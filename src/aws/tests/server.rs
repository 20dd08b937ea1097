//! A small HTTP server that answers as a test tells it to, and remembers what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The parameters of one request.
pub(super) type Form = BTreeMap<String, String>;

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) head: String,
    pub(super) form: Form,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// A whole reply; the connection stays open.
    Reply {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// A reply that stops in the middle.
    Cut { body: String },
    /// Nothing, for ever.
    Hang,
    /// The connection is closed without a word.
    Close,
    /// The connection is reset.
    Reset,
}

impl Answer {
    pub(super) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(super) fn status(status: u16, body: impl Into<String>) -> Self {
        Self::Reply {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// An error as AWS words it.
    pub(super) fn error(status: u16, code: &str, message: &str) -> Self {
        Self::status(
            status,
            format!(
                "<ErrorResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><Error><Type>Sender</Type>\
                 <Code>{code}</Code><Message>{message}</Message></Error><RequestId>req-body</RequestId></ErrorResponse>"
            ),
        )
    }

    pub(super) fn with_header(self, name: &'static str, value: &str) -> Self {
        match self {
            Self::Reply {
                status,
                mut headers,
                body,
            } => {
                headers.push((name, value.to_owned()));
                Self::Reply {
                    status,
                    headers,
                    body,
                }
            }
            Self::Cut { .. } | Self::Hang | Self::Close | Self::Reset => self,
        }
    }
}

/// Runs until the test's runtime ends.
pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers the nth request (from 0) as `answer` says.
    pub(super) async fn start(answer: impl Fn(usize, &Form) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&seen);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&remembered));
                tokio::spawn(async move { serve(stream, &*answer, &seen).await });
            }
        });
        Self { url, seen }
    }

    pub(super) async fn always(answer: Answer) -> Self {
        Self::start(move |_, _| answer.clone()).await
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many requests named this action.
    pub(super) fn count(&self, action: &str) -> usize {
        self.seen()
            .iter()
            .filter(|seen| seen.form.get("Action").is_some_and(|named| named == action))
            .count()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(usize, &Form) -> Answer + Send + Sync),
    seen: &Mutex<Vec<Seen>>,
) {
    while let Some(request) = receive(&mut stream).await {
        let nth = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        match answer(nth, &request.form) {
            Answer::Reply {
                status,
                headers,
                body,
            } => {
                let headers = headers
                    .iter()
                    .map(|(name, value)| [name, ": ", value, "\r\n"].concat());
                let headers = headers.collect::<String>();
                let reply = format!(
                    "HTTP/1.1 {status} As Told\r\ncontent-type: text/xml\r\n{headers}content-length: {}\r\n\r\n{body}",
                    body.len()
                );
                if stream.write_all(reply.as_bytes()).await.is_err() {
                    return;
                }
            }
            Answer::Cut { body } => {
                let half = &body[..body.len() / 2];
                let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{half}", body.len());
                let _ = stream.write_all(reply.as_bytes()).await;
                return;
            }
            Answer::Hang => std::future::pending::<()>().await,
            Answer::Close => return,
            Answer::Reset => {
                let _ = stream.set_zero_linger();
                return;
            }
        }
    }
}

/// One request with its body; none when the client closed the connection.
async fn receive(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next());
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= end + 4 + length {
                let form = form_urlencoded::parse(&bytes[end + 4..]).into_owned().collect();
                return Some(Seen { head, form });
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
