//! The commonest texts, known at a glance from the bytes of the log: nothing is unescaped, no token is made.
//!
//! Whatever is in any way unusual is `None` and is read in full: a test holds every answer against that reading.

use super::cursor::Table;
use super::part::Edge;
use super::row::{inserted, is_single, single_row};
use crate::locate::class::Kind;

/// What a text does, where a glance tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glance<'a> {
    /// It destroys nothing, and writes to no table that its text names.
    Reads,
    /// The transaction changes.
    Edge(Edge),
    /// Rows are written one by one, or a single row by its key.
    Write {
        /// The table.
        table: Table<'a>,
        /// The statement's kind.
        kind: Kind,
        /// It would destroy, were it not for its key.
        by_key: bool,
    },
}

/// Looks at a text with the log's escaping still on it, which was not cut; `single`: it holds no semicolon.
#[inline]
pub fn glance(raw: &[u8], single: bool) -> Option<Glance<'_>> {
    let mut first = [0; 8];
    if let Some(bytes) = raw.first_chunk() {
        first = *bytes;
    } else {
        first.iter_mut().zip(raw).for_each(|(to, from)| *to = *from);
    }
    // Of all bytes only a letter and its capital become that letter.
    let word = (u64::from_le_bytes(first) | 0x2020_2020_2020_2020).to_le_bytes();
    match &word {
        [b's', b'e', b'l', b'e', b'c', b't', ..] => (single || is_single(raw)).then_some(Glance::Reads),
        [b'i', b'n', b's', b'e', b'r', b't', ..] => inserts(raw, single),
        [b'u', b'p', b'd', b'a', b't', b'e', ..] => by_key(Kind::Update, raw),
        [b'd', b'e', b'l', b'e', b't', b'e', ..] => by_key(Kind::Delete, raw),
        [b'b', b'e', b'g', b'i', b'n', ..] if raw.len() == 5 => Some(Glance::Edge(Edge::Begin)),
        [b'c', b'o', b'm', b'm', b'i', b't', ..] if raw.len() == 6 => Some(Glance::Edge(Edge::Commit)),
        b"rollback" if raw.len() == 8 => Some(Glance::Edge(Edge::Rollback)),
        _ => None,
    }
}

fn inserts(raw: &[u8], single: bool) -> Option<Glance<'_>> {
    let table = inserted(raw)?;
    (single || is_single(raw)).then_some(Glance::Write {
        table,
        kind: Kind::Insert,
        by_key: false,
    })
}

fn by_key(kind: Kind, raw: &[u8]) -> Option<Glance<'_>> {
    Some(Glance::Write {
        table: single_row(kind, raw)?,
        kind,
        by_key: true,
    })
}
