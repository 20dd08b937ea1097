//! One record, and its line: written in canonical form, read back only if nothing in it has changed.
//! It sees one line at a time; order is the ledger's matter.

use super::canon;
use super::fault::Fault;
use super::hash::Hash;
use super::payload::{Payload, name};
use super::stamp;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::io;

/// The version of the records that this program writes, and the only one it reads.
pub const VERSION: u64 = 1;

/// The longest line, its end included. Readers stop there, so writers do too.
pub const LONGEST: usize = 1 << 20;

/// One durable record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    seq: u64,
    at: DateTime<Utc>,
    payload: Payload,
    prev: Hash,
    hash: Hash,
}

impl Record {
    /// Its place in the journal, from 1.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// When it was recorded, by the caller's clock, in whole milliseconds.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Its type.
    pub fn kind(&self) -> &str {
        self.payload.kind()
    }

    /// Its type and data.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The hash of the record before it; [`Hash::ORIGIN`] for the first.
    pub fn prev(&self) -> Hash {
        self.prev
    }

    /// Its own hash, which the next record names.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

/// Why a payload did not become a line. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum EncodeError {
    #[error("expected a time of the years 0 to 9999, not within a leap second, got {0:?}")]
    Time(DateTime<Utc>),
    #[error("expected a record of at most {LONGEST} bytes, got {0}")]
    TooLong(usize),
    #[error("the record has no canonical form")]
    Form(#[from] io::Error),
}

/// Makes the record that follows `prev` as number `seq`, and its line with the line's end.
pub(super) fn encode(
    seq: u64,
    prev: Hash,
    at: DateTime<Utc>,
    payload: &Payload,
) -> Result<(Record, Vec<u8>), EncodeError> {
    let (at, stamp) = stamp::write(at).ok_or(EncodeError::Time(at))?;
    let mut object = payload.data().clone();
    object.insert("v".to_owned(), VERSION.into());
    object.insert("seq".to_owned(), seq.into());
    object.insert("at".to_owned(), stamp.into());
    object.insert("prev".to_owned(), prev.to_string().into());
    object.insert("type".to_owned(), payload.kind().into());
    let mut line = Vec::new();
    canon::append(&object, &mut line)?;
    let hash = Hash::of(&line);
    object.insert("hash".to_owned(), hash.to_string().into());
    line.clear();
    canon::append(&object, &mut line)?;
    line.push(b'\n');
    if line.len() > LONGEST {
        return Err(EncodeError::TooLong(line.len()));
    }
    Ok((
        Record {
            seq,
            at,
            payload: payload.clone(),
            prev,
            hash,
        },
        line,
    ))
}

/// Reads a line without its end. Accepts exactly the bytes that [`encode`] writes, and no other spelling:
/// a changed byte that changes no meaning (`\u001F` for `\u001f`) is a change all the same.
///
/// `scratch` is room that successive calls share.
pub(super) fn decode(line: &[u8], scratch: &mut Vec<u8>) -> Result<Record, Fault> {
    let mut object: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
        if line.contains(&0) {
            Fault::NulBytes
        } else {
            Fault::NotJson(error.to_string())
        }
    })?;
    match object.get("v").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(theirs) if theirs > VERSION => {
            return Err(Fault::Newer {
                ours: VERSION,
                theirs,
            });
        }
        Some(_) | None => {
            let value = take(&mut object, "v", "a record version")?;
            return Err(member("v", "a record version", &value));
        }
    }
    respell(&object, scratch)?;
    if scratch != line {
        return Err(Fault::NotCanonical);
    }
    let recorded = hash(&mut object, "hash")?;
    respell(&object, scratch)?;
    let computed = Hash::of(scratch);
    if computed != recorded {
        return Err(Fault::Altered { computed, recorded });
    }
    object.remove("v");
    let seq = whole(&mut object, "seq")?;
    let at = text(&mut object, "at")?;
    let at = stamp::read(&at)
        .ok_or_else(|| member("at", "a UTC time with milliseconds and Z", &Value::String(at)))?;
    let prev = hash(&mut object, "prev")?;
    let kind = text(&mut object, "type")?;
    Ok(Record {
        seq,
        at,
        payload: Payload::new(kind, object)?,
        prev,
        hash: recorded,
    })
}

fn respell(object: &Map<String, Value>, scratch: &mut Vec<u8>) -> Result<(), Fault> {
    scratch.clear();
    canon::append(object, scratch).map_err(|error| Fault::NotJson(error.to_string()))
}

fn whole(object: &mut Map<String, Value>, name: &'static str) -> Result<u64, Fault> {
    let value = take(object, name, "a whole number")?;
    value
        .as_u64()
        .ok_or_else(|| member(name, "a whole number", &value))
}

fn text(object: &mut Map<String, Value>, name: &'static str) -> Result<String, Fault> {
    match take(object, name, "a text")? {
        Value::String(text) => Ok(text),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Err(member(name, "a text", &other))
        }
    }
}

fn hash(object: &mut Map<String, Value>, name: &'static str) -> Result<Hash, Fault> {
    let text = text(object, name)?;
    Hash::parse(&text).ok_or_else(|| member(name, "64 lower-case hexadecimal digits", &Value::String(text)))
}

fn take(object: &mut Map<String, Value>, name: &'static str, expected: &'static str) -> Result<Value, Fault> {
    object.remove(name).ok_or_else(|| Fault::Member {
        name,
        expected,
        got: "nothing".to_owned(),
    })
}

fn member(name: &'static str, expected: &'static str, got: &Value) -> Fault {
    let got = match got {
        Value::Number(_) | Value::String(_) => got.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => self::name(got).to_owned(),
    };
    Fault::Member { name, expected, got }
}
