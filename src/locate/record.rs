//! One event of a log, whatever the log's form.

use super::escape;
use std::borrow::Cow;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A connection began.
    Connect,
    /// A connection ended.
    Disconnect,
    /// A statement ran.
    Query,
    /// A statement wrote to the table in `text`.
    Write,
    /// Anything that neither writes nor matters to transactions: reads, failed connects, prepares.
    Other,
}

/// One event, borrowed from the line that holds it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Microseconds since the epoch, UTC.
    pub time_us: i64,
    /// The server's own name; empty where the log has none.
    pub server: &'a [u8],
    /// The account's name; empty where unknown.
    pub user: &'a [u8],
    /// The client's host; empty where unknown.
    pub host: &'a [u8],
    /// The connection, unique per server until it restarts.
    pub connection: u64,
    /// The query, unique per server until it restarts; 0 where the log has none.
    pub query_id: u64,
    /// What happened.
    pub operation: Operation,
    /// The default schema, or the schema of the table.
    pub schema: &'a [u8],
    /// The statement or the table.
    pub text: Text<'a>,
    /// The server's error number; `None` where the log does not say.
    pub retcode: Option<u32>,
    /// The text is known to be shorter than what ran.
    pub truncated: bool,
    /// The text is known to hold no semicolon: it is one statement at most.
    pub single: bool,
    /// The log holds some statements only, as the slow log does.
    pub sampled: bool,
}

/// What is known of an event at once.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    /// What happened.
    pub operation: Operation,
    /// The text with the log's escaping still on it.
    pub raw: &'a [u8],
    /// The log says that it succeeded.
    pub succeeded: bool,
    /// The text is known to hold no semicolon.
    pub single: bool,
}

impl Outline<'_> {
    /// Whether it is plainly one SELECT or SHOW that succeeded: more than half of all lines.
    #[inline]
    pub fn reads(&self) -> bool {
        self.operation == Operation::Query && self.succeeded && self.single && begins_as_read(self.raw)
    }
}

/// Whether a text begins with SELECT or SHOW.
#[inline]
pub fn begins_as_read(raw: &[u8]) -> bool {
    // Of all bytes only a letter and its capital become that letter.
    let lower = |word: &[u8; 4]| u32::from_le_bytes(*word) | 0x2020_2020;
    let (Some(first), Some(last)) = (raw.first_chunk(), raw.get(2..).and_then(<[u8]>::first_chunk)) else {
        return false;
    };
    let (first, last) = (lower(first), lower(last));
    (first == u32::from_le_bytes(*b"sele") && last == u32::from_le_bytes(*b"lect"))
        || (first == u32::from_le_bytes(*b"show") && raw.get(4) == Some(&b' '))
}

/// A text with the log's escaping still on it, or without.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// As an audit plugin writes it.
    Escaped(&'a [u8]),
    /// As the client sent it.
    Plain(&'a [u8]),
}

impl<'a> Text<'a> {
    /// The bytes as they stand in the log.
    pub fn raw(self) -> &'a [u8] {
        match self {
            Text::Escaped(bytes) | Text::Plain(bytes) => bytes,
        }
    }

    /// The text as the server read it.
    pub fn plain(self) -> Cow<'a, [u8]> {
        match self {
            Text::Escaped(bytes) => escape::undone(bytes),
            Text::Plain(bytes) => Cow::Borrowed(bytes),
        }
    }
}
