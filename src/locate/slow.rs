//! The slow log: comments that describe a statement, then the statement over one or more lines.

use super::stamp::{number, rfc3339_us};
use memchr::memmem;

/// What the comments before a statement have said so far.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// `# Time:`, when the entry was written.
    pub logged_us: Option<i64>,
    /// `# User@Host:`
    pub user: Vec<u8>,
    /// The host, or its address in brackets.
    pub host: Vec<u8>,
    /// `Id:`
    pub connection: u64,
    /// `# Query_time:`
    pub took_us: i64,
    /// `use schema;`
    pub schema: Vec<u8>,
    /// `SET timestamp=...;`
    pub set_us: Option<i64>,
    /// A comment of this entry has been read.
    pub begun: bool,
}

impl Notes {
    /// When the statement began: the earlier of SET timestamp and the time logged less its duration.
    pub fn start_us(&self) -> Option<i64> {
        let reckoned = self.logged_us.map(|logged| logged - self.took_us);
        match (self.set_us, reckoned) {
            (Some(set), Some(reckoned)) => Some(set.min(reckoned)),
            // Without a time logged, SET timestamp may be the end of the statement, as it was before 8.0.14.
            (Some(set), None) => Some(set - self.took_us),
            (None, reckoned) => reckoned,
        }
    }

    /// Reads a comment; `false` if it is none of the slow log's.
    pub fn comment(&mut self, line: &[u8]) -> bool {
        if let Some(time) = line.strip_prefix(b"# Time: ") {
            self.logged_us = rfc3339_us(time.trim_ascii());
        } else if let Some(account) = line.strip_prefix(b"# User@Host: ") {
            self.account(account);
        } else if let Some(rest) = line.strip_prefix(b"# Query_time: ") {
            self.took_us = rest
                .split(|byte| *byte == b' ')
                .next()
                .and_then(seconds_us)
                .unwrap_or(0);
        } else if !(line.starts_with(b"# Schema:")
            || line.starts_with(b"# Thread_id:")
            || line.starts_with(b"# Bytes_sent:")
            || line.starts_with(b"# Rows_affected:")
            || line.starts_with(b"# administrator command:"))
        {
            return false;
        }
        self.begun = true;
        true
    }

    /// `app[app] @ host [10.0.1.5]  Id:    42`
    fn account(&mut self, text: &[u8]) {
        let (account, rest) = match memmem::find(text, b" @ ") {
            Some(at) => (
                text.get(..at).unwrap_or_default(),
                text.get(at + 3..).unwrap_or_default(),
            ),
            None => (text, &b""[..]),
        };
        self.user = between(account, b'[', b']').unwrap_or(account).to_vec();
        let host = rest
            .split(|byte| *byte == b'[')
            .next()
            .unwrap_or_default()
            .trim_ascii();
        let address = between(rest, b'[', b']').unwrap_or_default();
        self.host = if address.is_empty() { host } else { address }.to_vec();
        let id = memmem::rfind(rest, b"Id:")
            .and_then(|at| rest.get(at + 3..))
            .and_then(|id| number(id.trim_ascii()));
        self.connection = id.unwrap_or(0);
    }
}

/// Whether a line begins an entry.
pub fn begins(line: &[u8]) -> bool {
    line.starts_with(b"# Time: ") || line.starts_with(b"# User@Host: ")
}

/// `SET timestamp=1715956083;`
pub fn set_timestamp(line: &[u8]) -> Option<i64> {
    let value = line.strip_prefix(b"SET timestamp=")?;
    seconds_us(value.strip_suffix(b";").unwrap_or(value))
}

fn between(text: &[u8], open: u8, close: u8) -> Option<&[u8]> {
    let from = text.iter().position(|byte| *byte == open)? + 1;
    let rest = text.get(from..)?;
    rest.get(..rest.iter().position(|byte| *byte == close)?)
}

/// `6.012345`
fn seconds_us(text: &[u8]) -> Option<i64> {
    let mut parts = text.splitn(2, |byte| *byte == b'.');
    let whole = i64::try_from(number(parts.next()?)?).ok()?;
    let mut micros = parts.next().unwrap_or_default().to_vec();
    micros.resize(6, b'0');
    Some(whole.checked_mul(1_000_000)? + i64::try_from(number(&micros)?).ok()?)
}
