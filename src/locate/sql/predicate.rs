//! How far a WHERE condition reaches: from no row, over one key, to every row.
//!
//! Nothing is known of the data. What cannot be told from the text is taken as the wider of the two.

use super::cursor::Cursor;
use super::judge::judge;
use super::token::Kind;

/// How many rows a condition lets through, as far as its text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breadth {
    /// It can never be true.
    Nothing,
    /// It names one row by its key.
    Key,
    /// It names values, or a range with two ends.
    Limited,
    /// It only excludes some rows, or has one end open.
    Wide,
    /// It is always true, or names no column at all.
    Everything,
}

/// Brackets within brackets beyond this are not followed.
const DEEPEST: usize = 100;
/// A range of whole numbers longer than this bounds nothing in practice.
pub const LONGEST_RANGE: f64 = 100_000.0;

/// One end of an open range.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// Its column.
    pub column: &'a [u8],
    /// Whether it is the lower one.
    pub lower: bool,
    /// The number that it stands at, where it is one.
    pub at: Option<f64>,
}

/// The breadth of the condition in `cursor`, which holds nothing else; `tables` are the statement's.
pub fn breadth(mut cursor: Cursor<'_, '_>, tables: &[&[u8]]) -> Breadth {
    if cursor.done() {
        return Breadth::Everything;
    }
    either(&mut cursor, tables, 0)
}

fn either(cursor: &mut Cursor<'_, '_>, tables: &[&[u8]], depth: usize) -> Breadth {
    let mut widest = both(cursor, tables, depth);
    loop {
        if cursor.take("OR") || take_sign(cursor, "||") {
            widest = widest.max(both(cursor, tables, depth));
        } else if cursor.take("XOR") {
            both(cursor, tables, depth);
            widest = Breadth::Wide;
        } else {
            return widest;
        }
    }
}

fn both(cursor: &mut Cursor<'_, '_>, tables: &[&[u8]], depth: usize) -> Breadth {
    let mut ends: Vec<End<'_>> = Vec::new();
    let mut narrowest = Breadth::Everything;
    loop {
        let (breadth, end) = single(cursor, tables, depth);
        narrowest = narrowest.min(breadth);
        if let Some(end) = end {
            let closed = ends.iter().any(|other| closes(other, &end));
            if closed {
                narrowest = narrowest.min(Breadth::Limited);
            }
            ends.push(end);
        }
        if !(cursor.take("AND") || take_sign(cursor, "&&")) {
            return narrowest;
        }
    }
}

/// Whether two ends of the same column make a range short enough to be one.
fn closes(one: &End<'_>, other: &End<'_>) -> bool {
    one.lower != other.lower
        && one.column.eq_ignore_ascii_case(other.column)
        && match (one.at, other.at) {
            (Some(one), Some(other)) => (one - other).abs() <= LONGEST_RANGE,
            (Some(_) | None, None) | (None, Some(_)) => true,
        }
}

fn single<'a>(cursor: &mut Cursor<'a, '_>, tables: &[&[u8]], depth: usize) -> (Breadth, Option<End<'a>>) {
    if depth > DEEPEST {
        while cursor.step().is_some() {}
        return (Breadth::Wide, None);
    }
    if cursor.take("NOT") || take_sign(cursor, "!") {
        let inner = match single(cursor, tables, depth + 1).0 {
            Breadth::Nothing => Breadth::Everything,
            Breadth::Everything => Breadth::Nothing,
            Breadth::Key | Breadth::Limited | Breadth::Wide => Breadth::Wide,
        };
        return (inner, None);
    }
    let mut ahead = *cursor;
    if let Some(mut inner) = ahead.group()
        && !inner.any(&["SELECT", "WITH", "VALUES", "TABLE"])
        && ends_atom(&ahead)
    {
        *cursor = ahead;
        return (either(&mut inner, tables, depth + 1), None);
    }
    let atom = atom(cursor);
    judge(atom, tables)
}

fn take_sign(cursor: &mut Cursor<'_, '_>, sign: &str) -> bool {
    let found = cursor.sign(sign);
    if found {
        cursor.step();
    }
    found
}

fn ends_atom(cursor: &Cursor<'_, '_>) -> bool {
    cursor.done() || cursor.any(&["AND", "OR", "XOR"]) || cursor.sign("&&") || cursor.sign("||")
}

/// The tokens of one condition without AND, OR, XOR; the AND of BETWEEN and what CASE holds belong to it.
fn atom<'a, 't>(cursor: &mut Cursor<'a, 't>) -> Cursor<'a, 't> {
    let from = *cursor;
    let mut cases = 0_usize;
    let mut between = false;
    loop {
        if cursor.kind(0) == Some(Kind::Open) {
            cursor.group();
            continue;
        }
        if cursor.done() || (cases == 0 && ends_atom(cursor) && !(between && cursor.word(0, "AND"))) {
            break;
        }
        if cursor.word(0, "CASE") {
            cases += 1;
        } else if cursor.word(0, "END") {
            cases = cases.saturating_sub(1);
        } else if cases == 0 {
            between = (between || cursor.word(0, "BETWEEN")) && !cursor.word(0, "AND");
        }
        cursor.step();
    }
    let length = cursor.place() - from.place();
    let remainder = from.remainder();
    remainder.between(0, length)
}
