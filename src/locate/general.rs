//! The general log: a header per statement, whose text may go on for many lines.

use super::record::Operation;
use super::stamp::{number, rfc3339_us};
use memchr::memchr;
use std::collections::HashMap;

/// The first line of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// The time of receipt.
    pub time_us: i64,
    /// The connection.
    pub connection: u64,
    /// Query, Connect, Quit and others.
    pub command: &'a [u8],
    /// What follows the command.
    pub argument: &'a [u8],
}

/// `2024-05-17T14:28:03.123456Z\t   42 Query\tDELETE FROM orders`
pub fn header(line: &[u8]) -> Option<Header<'_>> {
    if !line.first()?.is_ascii_digit() {
        return None;
    }
    let tab = memchr(b'\t', line.get(..line.len().min(40))?)?;
    let (stamp, rest) = line.split_at(tab);
    let time_us = rfc3339_us(stamp)?;
    let rest = rest.get(1..)?.trim_ascii_start();
    let digits = memchr(b' ', rest)?;
    let (id, rest) = rest.split_at(digits);
    let connection = number(id)?;
    let rest = rest.get(1..)?;
    let (command, argument) = match memchr(b'\t', rest) {
        Some(tab) => (rest.get(..tab)?, rest.get(tab + 1..)?),
        None => (rest, &b""[..]),
    };
    Some(Header {
        time_us,
        connection,
        command,
        argument,
    })
}

/// What a command means here.
pub fn operation(command: &[u8]) -> Operation {
    match command {
        b"Query" | b"Execute" => Operation::Query,
        b"Connect" => Operation::Connect,
        b"Quit" | b"Change user" | b"Reset Connection" | b"Reset connection" => Operation::Disconnect,
        _ => Operation::Other,
    }
}

/// Who is behind a connection, as its Connect line said.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The account.
    pub user: Vec<u8>,
    /// The client's host.
    pub host: Vec<u8>,
    /// The default schema.
    pub schema: Vec<u8>,
}

/// The sessions of a file. Kept to a number, so that a log without Quit lines costs no memory without end.
#[derive(Debug, Default)]
pub struct Sessions(HashMap<u64, Session>);

/// Connections known at a time.
const MOST: usize = 50_000;

impl Sessions {
    /// The session of a connection, empty where its Connect line was not seen.
    pub fn of(&self, connection: u64) -> Session {
        self.0.get(&connection).cloned().unwrap_or_default()
    }

    /// Learns from an entry.
    pub fn learn(&mut self, header: &Header<'_>) {
        match header.command {
            b"Connect" if self.0.len() < MOST => {
                // `app@10.0.0.1 on shop using TCP/IP`
                let mut words = header.argument.split(|byte| *byte == b' ');
                let account = words.next().unwrap_or_default();
                let at = account
                    .iter()
                    .rposition(|byte| *byte == b'@')
                    .unwrap_or(account.len());
                let schema = words.nth(1).filter(|word| *word != b"using").unwrap_or_default();
                self.0.insert(
                    header.connection,
                    Session {
                        user: account.get(..at).unwrap_or_default().to_vec(),
                        host: account.get(at + 1..).unwrap_or_default().to_vec(),
                        schema: schema.to_vec(),
                    },
                );
            }
            b"Init DB" => {
                if let Some(session) = self.0.get_mut(&header.connection) {
                    session.schema = header.argument.trim_ascii().to_vec();
                }
            }
            b"Quit" => {
                self.0.remove(&header.connection);
            }
            _ => {}
        }
    }
}

/// The lines that a server writes when it opens a general or slow log.
pub fn is_preamble(line: &[u8]) -> bool {
    line.ends_with(b"started with:")
        || (line.starts_with(b"Tcp port:") || line.starts_with(b"TCP Port:"))
        || (line.starts_with(b"Time ") && line.ends_with(b"Argument"))
}
