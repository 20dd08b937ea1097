//! A line of an audit log, in any of its three dialects.
//!
//! `timestamp,serverhost,username,host,connectionid,queryid,operation,database,object,retcode`. Commas within
//! the object are not escaped, so the first eight are taken from the left and the return code from the right.

use super::record::{Operation, Record, Text};
use super::stamp::{Local, epoch_us, number, number_at};

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

/// Reads one line without its line ending. `overlong` says that its middle is missing.
#[inline]
pub fn parse<'a>(
    line: &'a [u8],
    zone: Option<&mut Local>,
    overlong: bool,
) -> Result<(Record<'a>, Plugin, bool), Miss> {
    let commas = eight_commas(line).ok_or(Miss::Foreign)?;
    let [c0, c1, c2, c3, c4, c5, c6, c7] = commas;
    let field = |from: usize, to: usize| line.get(from + 1..to).unwrap_or_default();
    let stamp = line.get(..c0).unwrap_or_default();
    let connection = number_at(line, c3 + 1, c4).ok_or(Miss::Foreign)?;
    let query_id = number_at(line, c4 + 1, c5).ok_or(Miss::Foreign)?;
    let (operation, form) = operation(field(c5, c6)).ok_or(Miss::Foreign)?;
    let (time_us, local) = match epoch_us(stamp) {
        Some(time_us) => (time_us, false),
        None if is_local(stamp) => (
            zone.ok_or(Miss::Zoneless)?.parse(stamp).ok_or(Miss::Foreign)?,
            true,
        ),
        None => return Err(Miss::Foreign),
    };
    let rest = line.get(c7 + 1..).unwrap_or_default();
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
    let truncated = overlong || !whole || (form == Form::Query && may_be_cut(tail.text));
    let record = Record {
        time_us,
        server: field(c0, c1),
        user: field(c1, c2),
        host: field(c2, c3),
        connection,
        query_id,
        operation,
        schema: field(c6, c7),
        text: Text::Escaped(tail.text),
        retcode: tail.retcode,
        truncated,
        sampled: false,
    };
    Ok((record, plugin, whole))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Query,
    Table,
    Session,
}

fn operation(name: &[u8]) -> Option<(Operation, Form)> {
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
    text.len() >= 1024 && LIMITS.contains(&Text::Escaped(text).plain().len())
}

const COMMAS: u64 = 0x2c2c_2c2c_2c2c_2c2c;

/// A bit for each of eight bytes that is a comma.
#[inline]
fn comma_bits(word: [u8; 8]) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let bytes = u64::from_le_bytes(word) ^ COMMAS;
    let hits = !(((bytes & LOW) + LOW) | bytes | LOW);
    (hits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The places of the first eight commas.
///
/// Nearly every line has a stamp of sixteen bytes and the other seven within the next 64: there they are found
/// without a branch that depends on where they stand.
fn eight_commas(line: &[u8]) -> Option<[usize; 8]> {
    const STAMP: usize = 16;
    let Some(head) = line
        .get(STAMP + 1..STAMP + 65)
        .filter(|_| line.get(STAMP) == Some(&b','))
    else {
        return commas_anywhere(line);
    };
    let mut bits = 0;
    for (at, word) in head.chunks_exact(8).enumerate() {
        bits |= comma_bits(word.try_into().ok()?) << (8 * at);
    }
    if bits.count_ones() < 7 {
        return commas_anywhere(line);
    }
    let mut places = [STAMP; 8];
    for place in places.iter_mut().skip(1) {
        *place = STAMP + 1 + bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
    }
    Some(places)
}

fn commas_anywhere(line: &[u8]) -> Option<[usize; 8]> {
    let mut places = [0; 8];
    let mut found = memchr::memchr_iter(b',', line);
    for place in &mut places {
        *place = found.next()?;
    }
    Some(places)
}
