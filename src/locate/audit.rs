//! A line of an audit log, in any of its three dialects.
//!
//! `timestamp,serverhost,username,host,connectionid,queryid,operation,database,object,retcode`. Commas within
//! the object are not escaped, so the first eight are taken from the left and the return code from the right.

use super::line::{Line, places};
use super::record::{Operation, Outline, Record, Text};
use super::stamp::{Epoch, Local, number, number_at};

/// Lengths at which plugins cut a statement; a text of exactly this length may have been longer.
const LIMITS: [usize; 8] = [1024, 2048, 4096, 8192, 16384, 32768, 65536, 131_072];

/// Which plugin wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plugin {
    /// Ten fields; an epoch in microseconds.
    Aurora,
    /// Ten fields; a local time in whole seconds.
    MariaDb,
    /// QUERY rows end with `retcode,,`, CONNECT rows have a field more.
    RdsMySql,
}

/// Why a line gave no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// It is not an audit line.
    Foreign,
    /// Its time is local and no zone was given.
    Zoneless,
}

/// A line whose fields are found, and its numbers read.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    bytes: &'a [u8],
    overlong: bool,
    single: bool,
    commas: [usize; 8],
    tail: Tail<'a>,
    form: Form,
    connection: u64,
    query_id: u64,
    /// Microseconds since the epoch, UTC.
    pub time_us: i64,
    /// What happened.
    pub operation: Operation,
    /// Which plugin wrote the line.
    pub plugin: Plugin,
    /// The line has its end.
    pub whole: bool,
}

/// Times as this file writes them.
#[derive(Debug, Default)]
pub struct Times {
    epoch: Epoch,
    local: Option<Local>,
}

/// Reads a line of Aurora's whose statement succeeded, and that is in no way unusual: nearly every line.
#[expect(
    clippy::inline_always,
    reason = "the fields stay in registers where it is inlined"
)]
#[inline(always)]
pub fn parse<'a>(line: &Line<'a>, times: &mut Times) -> Option<Fields<'a>> {
    let commas @ [_, _, _, c3, c4, c5, c6, c7] = near(line)?;
    let bytes = line.trimmed();
    let time_us = times.epoch.parse(bytes.first_chunk()?)?;
    let connection = number_at(bytes, c3 + 1, c4)?;
    let query_id = number_at(bytes, c4 + 1, c5)?;
    let (operation, form) = operation(line, c5 + 1, c6)?;
    let text = bytes.get(c7 + 1..)?.strip_suffix(b",0")?;
    let text = if form == Form::Query {
        text.strip_prefix(b"'")?.strip_suffix(b"'")?
    } else {
        (!text.contains(&b',')).then_some(text)?
    };
    Some(Fields {
        bytes,
        overlong: line.overlong,
        single: line.single,
        commas,
        tail: Tail {
            text,
            retcode: Some(0),
            more: false,
        },
        form,
        connection,
        query_id,
        time_us,
        operation,
        plugin: Plugin::Aurora,
        whole: true,
    })
}

/// Reads any line.
pub fn parse_any<'a>(line: &Line<'a>, times: &mut Times) -> Result<Fields<'a>, Miss> {
    let bytes = line.trimmed();
    let mut commas = [0; 8];
    let mut found = memchr::memchr_iter(b',', bytes);
    for place in &mut commas {
        *place = found.next().ok_or(Miss::Foreign)?;
    }
    let [c0, _, _, c3, c4, c5, c6, c7] = commas;
    let connection = number_at(bytes, c3 + 1, c4).ok_or(Miss::Foreign)?;
    let query_id = number_at(bytes, c4 + 1, c5).ok_or(Miss::Foreign)?;
    let (operation, form) = operation(line, c5 + 1, c6).ok_or(Miss::Foreign)?;
    let (time_us, local) = times.parse(bytes.get(..c0).unwrap_or_default())?;
    let rest = bytes.get(c7 + 1..).unwrap_or_default();
    let tail = match form {
        Form::Query => query(rest),
        Form::Table | Form::Session => Some(object(rest)),
    };
    let whole = tail.is_some();
    let tail = tail.unwrap_or(Tail {
        text: rest.strip_prefix(b"'").unwrap_or(rest),
        retcode: None,
        more: false,
    });
    let plugin = match (tail.more, local) {
        (true, _) => Plugin::RdsMySql,
        (false, true) => Plugin::MariaDb,
        (false, false) => Plugin::Aurora,
    };
    Ok(Fields {
        bytes,
        overlong: line.overlong,
        single: line.single,
        commas,
        tail,
        form,
        connection,
        query_id,
        time_us,
        operation,
        plugin,
        whole,
    })
}

impl Times {
    /// `zone` is for times that are local to the server.
    pub fn in_zone(zone: Option<chrono_tz::Tz>) -> Self {
        Self {
            epoch: Epoch::default(),
            local: zone.map(Local::new),
        }
    }

    /// A time, and whether it is local.
    fn parse(&mut self, stamp: &[u8]) -> Result<(i64, bool), Miss> {
        if let Some(time_us) = stamp.try_into().ok().and_then(|stamp| self.epoch.parse(stamp)) {
            return Ok((time_us, false));
        }
        if !is_local(stamp) {
            return Err(Miss::Foreign);
        }
        let local = self.local.as_mut().ok_or(Miss::Zoneless)?;
        Ok((local.parse(stamp).ok_or(Miss::Foreign)?, true))
    }
}

impl<'a> Fields<'a> {
    /// What a sink may ask before it wants the record.
    #[inline]
    pub fn outline(&self) -> Outline<'a> {
        Outline {
            operation: self.operation,
            raw: self.tail.text,
            succeeded: self.tail.retcode == Some(0),
            single: self.single,
        }
    }

    /// All fields.
    #[expect(
        clippy::inline_always,
        reason = "else all would be in memory for lines that are not handed on, too"
    )]
    #[inline(always)]
    pub fn record(self) -> Record<'a> {
        let [c0, c1, c2, c3, _, _, c6, c7] = self.commas;
        let field = |from: usize, to: usize| self.bytes.get(from + 1..to).unwrap_or_default();
        let cut = self.form == Form::Query && may_be_cut(self.tail.text);
        Record {
            time_us: self.time_us,
            server: field(c0, c1),
            user: field(c1, c2),
            host: field(c2, c3),
            connection: self.connection,
            query_id: self.query_id,
            operation: self.operation,
            schema: field(c6, c7),
            text: Text::Escaped(self.tail.text),
            retcode: self.tail.retcode,
            truncated: self.overlong || !self.whole || cut,
            single: self.single,
            sampled: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Query,
    Table,
    Session,
}

/// A short name as one number.
const fn word(name: &[u8]) -> u64 {
    let mut word = 0;
    let mut at = name.len();
    while at > 0 {
        at -= 1;
        word = word << 8 | name[at] as u64;
    }
    word
}

const QUERY: u64 = word(b"QUERY");
const READ: u64 = word(b"READ");
const WRITE: u64 = word(b"WRITE");
const CONNECT: u64 = word(b"CONNECT");

#[expect(clippy::inline_always, reason = "one comparison for nearly every line")]
#[inline(always)]
fn operation(line: &Line<'_>, from: usize, to: usize) -> Option<(Operation, Form)> {
    let length = to.wrapping_sub(from);
    if let 1..=8 = length
        && let Some(bytes) = line.ahead.get(from..).and_then(|ahead| ahead.first_chunk())
    {
        let other = 64 - 8 * length;
        match u64::from_le_bytes(*bytes) << other >> other {
            QUERY => return Some((Operation::Query, Form::Query)),
            READ => return Some((Operation::Other, Form::Table)),
            WRITE => return Some((Operation::Write, Form::Table)),
            CONNECT => return Some((Operation::Connect, Form::Session)),
            _ => {}
        }
    }
    spelled(line.bytes.get(from..to)?)
}

#[inline(never)]
fn spelled(name: &[u8]) -> Option<(Operation, Form)> {
    Some(match name {
        b"QUERY" => (Operation::Query, Form::Query),
        b"READ" | b"CREATE" | b"ALTER" | b"RENAME" | b"DROP" => (Operation::Other, Form::Table),
        b"WRITE" => (Operation::Write, Form::Table),
        b"CONNECT" => (Operation::Connect, Form::Session),
        // Another account on the same connection: what was open is rolled back, too.
        b"DISCONNECT" | b"CHANGEUSER" => (Operation::Disconnect, Form::Session),
        b"FAILED_CONNECT" | b"PROXY_CONNECT" => (Operation::Other, Form::Session),
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy)]
struct Tail<'a> {
    text: &'a [u8],
    retcode: Option<u32>,
    /// There are fields after the return code.
    more: bool,
}

/// `'text',retcode` or `'text',retcode,,`: the return code from the right, up to the closing quote.
fn query(rest: &[u8]) -> Option<Tail<'_>> {
    let inner = rest.strip_prefix(b"'")?;
    let tail = inner
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit() || **byte == b',')
        .count();
    let (text, tail) = inner.split_at(inner.len() - tail);
    let text = text.strip_suffix(b"'")?;
    let tail = tail.strip_prefix(b",")?;
    let (digits, more) = match tail.strip_suffix(b",,") {
        Some(digits) => (digits, true),
        None => (tail, false),
    };
    Some(Tail {
        text,
        retcode: Some(u32::try_from(number(digits)?).ok()?),
        more,
    })
}

/// `table,retcode`, `table,` and a session's `,retcode,TCP/IP`.
fn object(rest: &[u8]) -> Tail<'_> {
    let mut fields = rest.split(|byte| *byte == b',');
    let text = fields.next().unwrap_or_default();
    let retcode = fields
        .next()
        .and_then(number)
        .and_then(|code| u32::try_from(code).ok());
    Tail {
        text,
        retcode,
        more: fields.next().is_some_and(|kind| !kind.is_empty()),
    }
}

fn is_local(stamp: &[u8]) -> bool {
    stamp.len() == 17
        && stamp.iter().enumerate().all(|(at, byte)| match at {
            8 => *byte == b' ',
            11 | 14 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether the text has a length at which a plugin may have cut it.
fn may_be_cut(text: &[u8]) -> bool {
    if text.len() < 1024 {
        return false;
    }
    // Each escape is two bytes, one or both of them backslashes: most lengths are ruled out by their number.
    let backslashes = memchr::memchr_iter(b'\\', text).count();
    let possible = text.len() - backslashes..=text.len() - backslashes / 2;
    LIMITS.iter().any(|limit| possible.contains(limit)) && LIMITS.contains(&Text::Escaped(text).plain().len())
}

/// The places of the first eight commas.
///
/// Nearly every line has a time of sixteen bytes and the other commas within the next 64: there they are found
/// without a branch that depends on where they stand.
#[inline(always)]
fn near(line: &Line<'_>) -> Option<[usize; 8]> {
    const TIME: usize = 16;
    let head = line.ahead.get(TIME..)?.first_chunk()?;
    let mut bits = places(head, b',');
    let first = bits & 1 == 1;
    let mut next = || {
        let place = TIME + bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        place
    };
    let commas @ [.., last] = [next(), next(), next(), next(), next(), next(), next(), next()];
    // Without eight of them the last is beyond the block; it may also belong to the next line.
    (first && last < TIME + 64 && last < line.bytes.len()).then_some(commas)
}
